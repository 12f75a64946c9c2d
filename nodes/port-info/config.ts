import { MOST_SECONDS, numberFrom, oneOf, type Rules } from '../../lib/properties/rules';
import type { Typed } from '../../lib/properties/typed';

/** The saved properties of a `dinstar-port-info` node (contract, dinstar-port-info); no `ports` = all. */
export interface PortInfoConfig extends Typed<'ports'> {
  name: string;
  gateway: string;
  gatewayFrom: 'node' | 'msg';
  /** Info types (manual 10.2, field notes). */
  info: string[];
  mode: 'input' | 'watch';
  /** Seconds between two looks. */
  interval: number;
  /** The smallest change of signal that counts. */
  signalStep: number;
  output: 'array' | 'each';
}

/** The manual's ten (10.2). */
export const MANUAL_INFO = [
  'type',
  'imei',
  'imsi',
  'iccid',
  'number',
  'reg',
  'slot',
  'callstate',
  'signal',
  'gprs',
] as const;

/** What the manual's example (10.4) and later firmware have beside them. */
export const LATER_INFO = [
  'smsc',
  'remain_credit',
  'remain_monthly_credit',
  'remain_daily_credit',
  'remain_daily_calltime',
  'remain_hourly_calltime',
  'remain_daily_connect',
  'CallForward',
] as const;

export const defaults: PortInfoConfig = {
  name: '',
  gateway: '',
  gatewayFrom: 'node',
  ports: '',
  portsType: 'str',
  info: [...MANUAL_INFO],
  mode: 'input',
  interval: 30,
  signalStep: 3,
  output: 'array',
};

/** Shorter would be nothing but a burden on the gateway. */
export const SHORTEST_INTERVAL = 0.1;

/**
 * Under this name the editor saves `info`: in the editor a node's `info` is its description, a text. The array `info` of a
 * flow written by hand or by a program counts, and wins; so does a text that names nothing but info types.
 */
export type SavedName = keyof PortInfoConfig | 'infoTypes';

/** What they may be, where not all of their kind. */
export const rules: Rules<PortInfoConfig> = {
  gatewayFrom: oneOf('node', 'msg'),
  mode: oneOf('input', 'watch'),
  interval: numberFrom(SHORTEST_INTERVAL, MOST_SECONDS),
  signalStep: numberFrom(0, 31),
  output: oneOf('array', 'each'),
};

/** Saved properties with the defaults for those that are missing or cleared, and of the right types. */
export function normalise(saved: Partial<Record<SavedName, unknown>>): PortInfoConfig {
  const text = <Key extends 'name' | 'gateway' | 'gatewayFrom' | 'ports' | 'portsType' | 'mode' | 'output'>(key: Key) =>
    String(saved[key] ?? defaults[key]) as PortInfoConfig[Key];
  return {
    name: text('name'),
    gateway: text('gateway'),
    gatewayFrom: text('gatewayFrom'),
    ports: text('ports'),
    portsType: text('portsType'),
    info: words(listOf(saved.info) ?? saved.infoTypes),
    mode: text('mode'),
    interval: number(saved.interval, SHORTEST_INTERVAL, defaults.interval),
    signalStep: number(saved.signalStep, 0, defaults.signalStep),
    output: text('output'),
  };
}

/** What isn't a description: an array, or a text of nothing but info types. */
function listOf(info: unknown): string[] | undefined {
  if (Array.isArray(info)) return info.map(String);
  const parts = typeof info === 'string' ? split(info) : [];
  const known: readonly string[] = [...MANUAL_INFO, ...LATER_INFO];
  return parts.length > 0 && parts.every((part) => known.includes(part)) ? parts : undefined;
}

const split = (text: string): string[] => text.split(/[,;\s]+/).filter((part) => part !== '');

function words(given: unknown): string[] {
  const list = Array.isArray(given) ? given.map(String) : typeof given === 'string' ? split(given) : [];
  const named = list.map((word) => word.trim()).filter((word) => word !== '');
  return named.length > 0 ? named : [...defaults.info];
}

function number(given: unknown, least: number, instead: number): number {
  const value = given === '' || given === null ? Number.NaN : Number(given);
  return Number.isFinite(value) && value >= least ? value : instead;
}
