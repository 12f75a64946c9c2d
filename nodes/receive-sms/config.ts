import { MOST_SECONDS, numberFrom, oneOf, type Rules } from '../../lib/properties/rules';
import type { Saved } from '../../lib/properties/saved';

/** The saved properties of a `dinstar-receive-sms` node (contract, dinstar-receive-sms). */
export interface ReceiveSmsConfig {
  name: string;
  gateway: string;
  gatewayFrom: 'node' | 'msg';
  /** `poll`: emits by itself; `input`: reads when a message comes. */
  mode: 'poll' | 'input';
  /** Seconds between two polls. */
  interval: number;
  /** Such as `0,2,5-7`; empty = all. */
  ports: string;
  /** Whether the first start begins with what the gateway has already. */
  backlog: boolean;
  output: 'array' | 'each';
  /** Hours after an SMS of ours in which one from its number is taken for an answer; 0 = never. */
  replyWindow: number;
}

export const defaults: ReceiveSmsConfig = {
  name: '',
  gateway: '',
  gatewayFrom: 'node',
  mode: 'poll',
  interval: 10,
  ports: '',
  backlog: false,
  output: 'each',
  replyWindow: 24,
};

/** The gateway is polled at most once a second. */
export const LEAST_INTERVAL = 1;

/** A year: what we sent is forgotten before. */
export const MOST_REPLY_HOURS = 8784;

/** What they may be, where not all of their kind. */
export const rules: Rules<ReceiveSmsConfig> = {
  gatewayFrom: oneOf('node', 'msg'),
  mode: oneOf('poll', 'input'),
  interval: numberFrom(0.1, MOST_SECONDS),
  output: oneOf('array', 'each'),
  replyWindow: numberFrom(0, MOST_REPLY_HOURS),
};

/** Saved properties with the defaults for those that are missing, and of the right types. */
export function normalise(saved: Saved<ReceiveSmsConfig>): ReceiveSmsConfig {
  const text = (key: 'name' | 'gateway' | 'ports'): string => String(saved[key] ?? defaults[key]).trim();
  const interval = Number(saved.interval ?? defaults.interval);
  const hours = String(saved.replyWindow ?? '').trim() === '' ? Number.NaN : Number(saved.replyWindow);
  return {
    name: text('name'),
    gateway: text('gateway'),
    gatewayFrom: saved.gatewayFrom === 'msg' ? 'msg' : 'node',
    mode: saved.mode === 'input' ? 'input' : 'poll',
    interval: interval > 0 ? Math.max(interval, LEAST_INTERVAL) : defaults.interval,
    ports: text('ports'),
    backlog: saved.backlog === true || saved.backlog === 'true',
    output: saved.output === 'array' ? 'array' : 'each',
    replyWindow: hours >= 0 ? Math.min(hours, MOST_REPLY_HOURS) : defaults.replyWindow,
  };
}
