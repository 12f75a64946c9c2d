import { constants, randomBytes } from 'node:crypto';
import type https from 'node:https';
import { type Clock, type Random, systemClock } from '../clock';
import { isTimezone } from '../times';
import type { AuthMode } from './access';
import type { Credentials } from './digest';
import { GatewayError, invalidInput } from './errors';
import type { OddityListener } from './oddities';
import type { RequestLease } from './RequestLease';
import { ShownAddress } from './ShownAddress';

/** The words by which firmwares know the STK's "cancel": the manual prints `candle` (14.2), newer ones take `cancle`. */
export type StkCancelWord = 'candle' | 'cancle' | 'cancel';

/** How to reach one gateway. */
export interface GatewayClientOptions {
  /** `http://` or `https://` with host and port, without user name and password; a path before the API's is kept. */
  url: string;
  /** How texts call the address where it isn't to be shown, such as the name of the variable that holds it. */
  shownAs?: string;
  username?: string;
  password?: string;
  /**
   * `auto` (default): as the gateway asks, and never Basic once it asked for Digest. `digest` refuses to send Basic;
   * `basic` takes Basic where the gateway offers both.
   */
  auth?: AuthMode;
  /** Whether a former client was asked for Digest by this gateway: `auto` sends it no Basic then. */
  sawDigest?: boolean;
  /** Told when the gateway asks for Digest for the first time. */
  onDigest?: () => void;
  /** Milliseconds for a whole exchange, connecting included; default 15000. */
  timeout?: number;
  /** For HTTPS; what Node-RED's tls-config fills in. */
  tls?: https.AgentOptions;
  /** For HTTPS: takes TLS 1.0 and 1.1, short keys and old ciphers, as old firmware has them; default false. */
  oldTls?: boolean;
  /** Reads answers that break the rules of HTTP as far as Node can (`insecureHTTPParser`); default false. */
  lenientHttp?: boolean;
  /** Where the gateway's clock is: an IANA name with a slash, `UTC`, or an offset as `+02:00`; empty = this machine's zone. */
  timezone?: string;
  /** Default `candle`. */
  stkCancelWord?: StkCancelWord;
  /** Requests at a time, and connections; default 4. */
  maxSockets?: number;
  /** For how long requests may be sent at all, where several machines take turns; absent = for ever. */
  lease?: RequestLease | undefined;
  clock?: Clock;
  /** Further secrets, such as the token of an address to push to: taken out of answers as the login is. */
  getSecrets?: () => readonly string[];
  /** Told of what isn't as the manual has it and was taken or passed over all the same; each time that it comes. */
  onOddity?: OddityListener;
  /** Where cnonces come from; default: node:crypto. */
  random?: Random;
}

/** The options, checked and filled in. */
export interface Settings {
  /** Ends without a slash. */
  base: URL;
  shown: ShownAddress;
  credentials?: Credentials;
  auth: AuthMode;
  sawDigest: boolean;
  onDigest: () => void;
  timeout: number;
  tls?: https.AgentOptions;
  lenientHttp: boolean;
  timezone: string;
  stkCancelWord: StkCancelWord;
  maxSockets: number;
  lease: RequestLease | undefined;
  clock: Clock;
  getSecrets: () => readonly string[];
  onOddity: OddityListener;
  createCnonce: () => string;
}

const TIMEZONE_RULE = 'use a name such as Europe/Vienna, UTC, or an offset such as +02:00';

/** Checks `options`. Throws `NOT_CONFIGURED` without an address, `INVALID_INPUT` naming the option that is wrong. */
export function settle(options: GatewayClientOptions): Settings {
  const { timeout = 15_000, maxSockets = 4, timezone = '', auth = 'auto', stkCancelWord = 'candle', random } = options;
  if (!(timeout > 0)) throw invalidInput('timeout', 'must be a number of milliseconds above 0');
  if (!Number.isInteger(maxSockets) || maxSockets < 1)
    throw invalidInput('maxSockets', 'must be a whole number above 0');
  if (!isTimezone(timezone)) throw invalidInput('timezone', `${timezone} is no time zone: ${TIMEZONE_RULE}`);
  if (!['auto', 'digest', 'basic'].includes(auth)) throw invalidInput('auth', 'must be auto, digest or basic');
  if (!['candle', 'cancle', 'cancel'].includes(stkCancelWord)) {
    throw invalidInput('stkCancelWord', 'must be candle, cancle or cancel');
  }
  const base = checkedUrl(options.url);
  return {
    base,
    shown: new ShownAddress(base, options.shownAs),
    credentials: checkedCredentials(options),
    auth,
    sawDigest: options.sawDigest === true,
    onDigest: options.onDigest ?? (() => undefined),
    timeout,
    tls: options.oldTls === true ? { ...options.tls, ...OLD_TLS } : options.tls,
    lenientHttp: options.lenientHttp === true,
    timezone,
    stkCancelWord,
    maxSockets,
    lease: options.lease,
    clock: options.clock ?? systemClock,
    getSecrets: options.getSecrets ?? (() => []),
    onOddity: options.onOddity ?? (() => undefined),
    createCnonce: () => (random === undefined ? randomBytes(16).toString('hex') : randomHex(random)),
  };
}

// Without the last of these, servers that can't renegotiate safely are refused, too.
const OLD_TLS: https.AgentOptions = {
  minVersion: 'TLSv1',
  ciphers: 'DEFAULT@SECLEVEL=0',
  secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
};

// None of these texts repeats the address: it may hold a password.
function checkedUrl(url: unknown): URL {
  if (url === undefined || url === null || (typeof url === 'string' && url.trim() === '')) {
    throw new GatewayError('NOT_CONFIGURED', 'The gateway has no address.', 'no', { field: 'url' });
  }
  const trimmed = typeof url === 'string' ? url.trim() : '';
  if (!/^https?:\/\/[^/]/i.test(trimmed) || !URL.canParse(trimmed)) {
    throw invalidInput('url', 'must be http:// or https:// with a host, for example http://192.168.1.20');
  }
  const base = new URL(trimmed);
  if (base.username !== '' || base.password !== '') {
    throw invalidInput('url', 'must not hold a user name and password; enter them in their own fields');
  }
  if (base.search !== '' || base.hash !== '') throw invalidInput('url', 'must end before any ? or #');
  base.pathname = base.pathname.replace(/(?<!\/)\/+$/, '');
  return base;
}

function checkedCredentials({ username, password = '' }: GatewayClientOptions): Credentials | undefined {
  if (username === undefined || username === '') return undefined;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these would end a header line
  const control = /[\u0000-\u001f\u007f]/;
  if (control.test(username)) throw invalidInput('username', 'must not contain control characters');
  if (username.includes(':')) throw invalidInput('username', 'must not contain a colon');
  // RFC 7616, 4 and RFC 7617, 2.1: what looks the same must be the same bytes, however it was typed (a Mac's "u" + dots).
  return { username: username.normalize('NFC'), password: password.normalize('NFC') };
}

function randomHex(random: Random): string {
  return Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('');
}
