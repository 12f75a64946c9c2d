import { fictionalNetwork, startBalance } from '../network/simCard';
import type { DigestOptions, SimulatorOptions } from './options';
import { machineSchedule } from './Timers';

type Always =
  | 'port'
  | 'ports'
  | 'sn'
  | 'login'
  | 'username'
  | 'password'
  | 'speed'
  | 'latency'
  | 'untidy'
  | 'snInReplies'
  | 'laterKeys'
  | 'pushBatch'
  | 'incomingEvery'
  | 'deviceAhead'
  | 'networkAhead'
  | 'statusInResult'
  | 'queuedInResults'
  | 'expandsBareParam'
  | 'queueLimit'
  | 'replyLimit'
  | 'capAllReplies'
  | 'slots'
  | 'network'
  | 'operator'
  | 'balance'
  | 'balanceText'
  | 'tellsCredit'
  | 'refusesInfo'
  | 'ussdClears'
  | 'stkCancel'
  | 'dropsEmptyPost'
  | 'refusesCdrPort'
  | 'refusesRawComma'
  | 'datesAnswers'
  | 'remembers'
  | 'random'
  | 'now'
  | 'schedule';

/** The options with every default filled in. */
export type Settings = Required<Pick<SimulatorOptions, Always>> &
  Pick<SimulatorOptions, 'tls' | 'paces' | 'timezone' | 'pushUrl' | 'onPush' | 'pushFaults'> & {
    digest: Required<DigestOptions>;
  };

/** The serial number of a gateway that has none of its own. */
export const defaultSn = 'da00-0030-1901-2817';

const defaults = {
  port: 0,
  ports: 8,
  sn: defaultSn,
  login: 'none',
  username: 'admin',
  password: 'admin',
  speed: 'real',
  latency: 0,
  untidy: false,
  snInReplies: true,
  pushBatch: 1,
  incomingEvery: 0,
  deviceAhead: 0,
  networkAhead: 0,
  statusInResult: true,
  queuedInResults: true,
  expandsBareParam: true,
  queueLimit: Number.POSITIVE_INFINITY,
  replyLimit: 8192,
  capAllReplies: false,
  slots: 1,
  network: fictionalNetwork,
  operator: {},
  balance: startBalance,
  balanceText: 'Your balance is %balance% EUR. Valid until 2031-12-31.',
  tellsCredit: false,
  refusesInfo: [],
  ussdClears: false,
  stkCancel: 'any',
  dropsEmptyPost: false,
  refusesCdrPort: false,
  refusesRawComma: false,
  datesAnswers: true,
  remembers: 100_000,
  random: Math.random,
  now: Date.now,
  schedule: machineSchedule,
} as const;

const digestDefaults = { algorithm: 'MD5', qop: true, nonceUses: Number.POSITIVE_INFINITY, stale: false } as const;

/**
 * Fills in the defaults.
 * @throws RangeError when `ports` or `slots` is out of the manual's range (10.3), or `network` isn't 5 or 6 digits
 */
export function settle(options: SimulatorOptions): Settings {
  const given = withoutUndefined(options);
  const settings = {
    ...defaults,
    laterKeys: given.snInReplies ?? defaults.snInReplies,
    ...given,
    digest: { ...digestDefaults, ...withoutUndefined(options.digest ?? {}) },
  };
  checkRange('ports', settings.ports, 1, 32);
  checkRange('slots', settings.slots, 1, 4);
  if (!/^\d{5,6}$/.test(settings.network))
    throw new RangeError(`network must be 5 or 6 digits, not ${settings.network}`);
  return settings;
}

function checkRange(name: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`${name} must be a whole number from ${least} to ${most}, not ${value}`);
  }
}

function withoutUndefined<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}
