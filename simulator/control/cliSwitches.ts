import { parseArgs } from 'node:util';
import type { SimulatorOptions } from '../device/options';
import { type OperatorTerms, readTerms } from '../network/operator/terms';

const switches = {
  port: { type: 'string' },
  ports: { type: 'string' },
  slots: { type: 'string' },
  operator: { type: 'string' },
  balance: { type: 'string' },
  'tells-credit': { type: 'boolean' },
  sn: { type: 'string' },
  login: { type: 'string' },
  username: { type: 'string' },
  password: { type: 'string' },
  algorithm: { type: 'string' },
  'nonce-uses': { type: 'string' },
  'tls-key': { type: 'string' },
  'tls-cert': { type: 'string' },
  fast: { type: 'boolean' },
  latency: { type: 'string' },
  untidy: { type: 'boolean' },
  plain: { type: 'boolean' },
  timezone: { type: 'string' },
  'device-ahead': { type: 'string' },
  'network-ahead': { type: 'string' },
  'push-url': { type: 'string' },
  'incoming-every': { type: 'string' },
  help: { type: 'boolean' },
} as const;

/** What the command line asks for. */
export type Asked = { help: true } | { mistake: string } | { options: SimulatorOptions };

/** Reads the switches; `readFile` fetches the key and the certificate. */
export function readSwitches(args: readonly string[], readFile: (path: string) => string): Asked {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: switches, allowPositionals: true });
    if (values.help || args.length === 0) return { help: true };
    if (positionals[0] !== 'simulator' || positionals.length > 1) {
      throw new TypeError(`The commands are "simulator" and "move-store", not "${positionals.join(' ')}".`);
    }
    return { options: toOptions(values, readFile) };
  } catch (error) {
    // Node adds advice about positional arguments that doesn't apply here.
    return { mistake: (error instanceof Error ? error.message : String(error)).replace(/\. To specify .*$/s, '.') };
  }
}

type Values = { [Name in keyof typeof switches]?: (typeof switches)[Name]['type'] extends 'string' ? string : boolean };

function toOptions(values: Values, readFile: (path: string) => string): SimulatorOptions {
  const count = (name: keyof typeof switches, least: number, most: number) =>
    values[name] === undefined ? undefined : wholeNumber(name, String(values[name]), least, most);
  const key = values['tls-key'];
  const cert = values['tls-cert'];
  if ((key === undefined) !== (cert === undefined)) throw new TypeError('--tls-key and --tls-cert go together.');
  return {
    port: count('port', 0, 65_535) ?? 8090,
    ports: count('ports', 1, 32),
    slots: count('slots', 1, 4),
    operator: values.operator === undefined ? undefined : termsIn(values.operator, readFile),
    balance: count('balance', 0, 1_000_000),
    tellsCredit: values['tells-credit'],
    sn: values.sn,
    login: oneOf('login', values.login, ['none', 'basic', 'digest']),
    username: values.username,
    password: values.password,
    digest: {
      algorithm: oneOf('algorithm', values.algorithm, ['MD5', 'MD5-sess', 'SHA-256', 'SHA-256-sess']),
      nonceUses: count('nonce-uses', 1, 1_000_000),
    },
    ...(key !== undefined && cert !== undefined ? { tls: { key: readFile(key), cert: readFile(cert) } } : {}),
    speed: values.fast ? 'fast' : 'real',
    latency: count('latency', 0, 600_000),
    untidy: values.untidy,
    snInReplies: !values.plain,
    timezone: values.timezone,
    deviceAhead: secondsAhead('device-ahead', values['device-ahead']),
    networkAhead: secondsAhead('network-ahead', values['network-ahead']),
    pushUrl: values['push-url'],
    incomingEvery: count('incoming-every', 0, 86_400),
  };
}

function termsIn(path: string, readFile: (path: string) => string): OperatorTerms {
  try {
    return readTerms(JSON.parse(readFile(path)));
  } catch (error) {
    throw new TypeError(`--operator: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A clock may be years off, either way. */
function secondsAhead(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (/^[+-]?\d{1,10}$/.test(value)) return Number(value);
  throw new TypeError(`--${name} must be a whole number of seconds, not "${value}".`);
}

function wholeNumber(name: string, value: string, least: number, most: number): number {
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new TypeError(`--${name} must be a whole number from ${least} to ${most}, not "${value}".`);
}

function oneOf<T extends string>(name: string, value: string | undefined, known: readonly T[]): T | undefined {
  if (value === undefined) return undefined;
  const found = known.find((one) => one === value);
  if (found) return found;
  throw new TypeError(`--${name} must be one of ${known.join(', ')}, not "${value}".`);
}
