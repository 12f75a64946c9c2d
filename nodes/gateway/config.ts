import { MOST_SECONDS, numberFrom, oneOf, type Rules, wholeFrom } from '../../lib/properties/rules';
/** The saved properties of a `dinstar-gateway` node (contract, dinstar-gateway). */
export interface GatewayConfig {
  name: string;
  url: string;
  tls: string;
  /** For https: takes TLS 1.0 and 1.1, short keys and old ciphers, as old firmware has them. */
  oldTls: boolean;
  /** Reads answers that break the rules of HTTP, as far as Node can. */
  lenientHttp: boolean;
  auth: 'auto' | 'digest' | 'basic';
  timezone: string;
  /** ISO code of the country of its SIMs; empty = learned from them. */
  country: string;
  sn: string;
  /** Seconds. */
  timeout: number;
  concurrency: number;
  plus: 'keep' | 'strip' | '00';
  stkCancelWord: 'candle' | 'cancle' | 'cancel';
  combine: 'off' | 'same' | 'all';
  /** Bytes of one combined request. */
  combineBytes: number;
  /** Our own unsettled SMS per ready port that may lie in the gateway; 0 = no limit. */
  queueLimit: number;
  /** SMS an hour; 0 = any number. */
  maxPerHour: number;
  /** SMS an hour to one recipient; 0 = any number, as for saved nodes that don't say. */
  maxPerRecipient: number;
  /** What becomes of an SMS of which it can't be known whether the gateway took it. */
  unknownPolicy: 'hold' | 'resend' | 'fail';
  /** Seconds until then. */
  unknownHold: number;
  /** A store node's id; empty = the embedded store. */
  store: string;
  /** The rows of *SIM plans* as they are saved (`lib/plans`). */
  plans: unknown[];
}

export const defaults: GatewayConfig = {
  name: '',
  url: '',
  tls: '',
  oldTls: false,
  lenientHttp: false,
  auth: 'auto',
  timezone: '',
  country: '',
  sn: '',
  timeout: 15,
  concurrency: 1,
  plus: 'keep',
  stkCancelWord: 'candle',
  combine: 'same',
  combineBytes: 12000,
  queueLimit: 2,
  maxPerHour: 0,
  maxPerRecipient: 60,
  unknownPolicy: 'hold',
  unknownHold: 600,
  store: '',
  plans: [],
};

type Counted =
  | 'timeout'
  | 'concurrency'
  | 'combineBytes'
  | 'queueLimit'
  | 'maxPerHour'
  | 'maxPerRecipient'
  | 'unknownHold';

/** What they may be, where not all of their kind. */
export const rules: Rules<GatewayConfig> = {
  auth: oneOf('auto', 'digest', 'basic'),
  timeout: numberFrom(0.1, MOST_SECONDS),
  concurrency: wholeFrom(1),
  plus: oneOf('keep', 'strip', '00'),
  stkCancelWord: oneOf('candle', 'cancle', 'cancel'),
  combine: oneOf('off', 'same', 'all'),
  combineBytes: wholeFrom(1),
  queueLimit: wholeFrom(0),
  maxPerHour: wholeFrom(0),
  maxPerRecipient: wholeFrom(0),
  unknownPolicy: oneOf('hold', 'resend', 'fail'),
  unknownHold: numberFrom(0, MOST_SECONDS),
};

/** Saved properties as the editor, an older version or somebody's own flow file left them: whole, and of the right types. */
export function normalise(saved: Partial<Record<keyof GatewayConfig, unknown>>): GatewayConfig {
  const text = <Word extends string>(key: keyof GatewayConfig): Word => {
    // A serial number or a name of digits may be a number in somebody's own flow file.
    const value = typeof saved[key] === 'number' ? String(saved[key]) : saved[key];
    return (typeof value === 'string' && value !== '' ? value.trim() : defaults[key]) as Word;
  };
  const number = (key: Counted, least: number): number => {
    const value = saved[key];
    const read = value === '' || value === undefined || value === null ? Number.NaN : Number(value);
    return Number.isFinite(read) && read >= least ? read : defaults[key];
  };
  const isOn = (key: 'oldTls' | 'lenientHttp'): boolean => saved[key] === true || saved[key] === 'true';
  return {
    name: text('name'),
    url: text('url'),
    tls: text('tls'),
    oldTls: isOn('oldTls'),
    lenientHttp: isOn('lenientHttp'),
    auth: text('auth'),
    timezone: text('timezone'),
    country: text('country').toUpperCase(),
    sn: text('sn'),
    timeout: number('timeout', 0.1),
    concurrency: number('concurrency', 1),
    plus: text('plus'),
    stkCancelWord: text('stkCancelWord'),
    combine: text('combine'),
    combineBytes: number('combineBytes', 1),
    queueLimit: number('queueLimit', 0),
    maxPerHour: number('maxPerHour', 0),
    maxPerRecipient: (saved.maxPerRecipient ?? undefined) === undefined ? 0 : number('maxPerRecipient', 0),
    unknownPolicy: text('unknownPolicy'),
    unknownHold: number('unknownHold', 0),
    store: text('store'),
    plans: Array.isArray(saved.plans) ? saved.plans : defaults.plans,
  };
}
