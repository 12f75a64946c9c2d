import { httpPath } from '../../lib/properties/httpPath';
import { type Rules, wholeFrom } from '../../lib/properties/rules';
import type { Saved } from '../../lib/properties/saved';

/** The saved properties of a `dinstar-push-receiver` node (contract, dinstar-push-receiver). */
export interface PushReceiverConfig {
  name: string;
  /** Under the HTTP node root. */
  path: string;
  /** A gateway node's id; empty = any configured gateway. */
  gateway: string;
  /** A TCP port of its own; 0 = Node-RED's HTTP server. */
  listen: number;
  /** Addresses or CIDR blocks; empty = any. */
  allow: string;
  /** Addresses of proxies whose X-Forwarded-For counts. */
  trustProxy: string;
  /** An output for each kind of event. */
  split: boolean;
  /** Largest body in kilobytes. */
  limit: number;
}

export const defaults: PushReceiverConfig = {
  name: '',
  path: '/dinstar/push',
  gateway: '',
  listen: 0,
  allow: '',
  trustProxy: '',
  split: false,
  limit: 256,
};

/** The outputs of a receiver that splits, in their order; everything else leaves by the last, `other`. */
export const SPLIT_TOPICS = [
  'sms',
  'sms_result',
  'sms_deliver_status',
  'ussd',
  'register',
  'missed_call',
  'other',
] as const;

/** What they may be, where not all of their kind. */
export const rules: Rules<PushReceiverConfig> = {
  path: httpPath,
  listen: wholeFrom(0, 65_535),
  limit: wholeFrom(1),
};

/** Saved properties with the defaults for those that are missing, and of the right types. */
export function normalise(saved: Saved<PushReceiverConfig>): PushReceiverConfig {
  const text = (key: 'name' | 'path' | 'gateway' | 'allow' | 'trustProxy'): string => {
    const value = saved[key];
    return typeof value === 'string' ? value.trim() : defaults[key];
  };
  const number = (key: 'listen' | 'limit'): number => {
    const value = saved[key] === '' ? defaults[key] : Number(saved[key] ?? defaults[key]);
    return Number.isFinite(value) && value >= 0 ? value : defaults[key];
  };
  return {
    name: text('name'),
    path: `/${text('path') || defaults.path}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1'),
    gateway: text('gateway'),
    listen: number('listen'),
    allow: text('allow'),
    trustProxy: text('trustProxy'),
    split: saved.split === true || saved.split === 'true',
    limit: number('limit') || defaults.limit,
  };
}
