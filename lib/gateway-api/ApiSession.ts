import { Semaphore } from '../concurrency';
import { AnswerMask } from './AnswerMask';
import { ExchangeFailure } from './ExchangeFailure';
import type { Endpoint } from './endpoints';
import { GatewayError, invalidInput } from './errors';
import { errorOfFailure } from './failure';
import { type Carrier, HttpTransport } from './HttpTransport';
import { clockAhead } from './httpDate';
import { Login } from './Login';
import type { ListReading } from './lists';
import type { OddityListener } from './oddities';
import type { Settings } from './options';
import { errorOfCode, unclear } from './outcome';
import { queryString } from './query';
import type { ClockFace } from './records';
import { isRecord } from './records';
import { loginRefused } from './refusal';
import { type Reply, readBody } from './reply';
import type { WireAnswer, WireRequest } from './wire';

/** The last parameter of every method. */
export interface CallOptions {
  /** Gives the request up: `STOPPED`. */
  signal?: AbortSignal;
}

/** When a gateway was last heard (ms since 1970). */
export interface Contact {
  /** The last whole answer that could be read. */
  answered?: number;
  /** The first of the requests since then that got none. */
  silent?: number;
}

/** Asks one gateway: from an endpoint and its parameters to a checked reply. */
export class ApiSession {
  readonly #settings: Settings;
  readonly #carrier: Carrier;
  readonly #places: Semaphore;
  readonly #login: Login | undefined;
  readonly #mask: AnswerMask;
  readonly #odd: OddityListener;
  #sn: string | undefined;
  /** Milliseconds by which the gateway's clock, as it told it last, is ahead of our monotonic one. */
  #gatewayAhead: number | undefined;
  /** When the gateway was heard, by the monotonic clock. */
  #contact: Contact = {};

  constructor(settings: Settings, carrier: Carrier = new HttpTransport(settings)) {
    this.#settings = settings;
    this.#carrier = carrier;
    this.#places = new Semaphore({ places: settings.maxSockets, createAbortError: stoppedBeforehand });
    const { credentials, getSecrets, onOddity } = settings;
    const mask = new AnswerMask(credentials, getSecrets);
    this.#mask = mask;
    this.#odd = (oddity) => onOddity(mask.ofOddity(oddity));
    if (credentials === undefined) return;
    this.#login = new Login({
      ...settings,
      mode: settings.auth,
      credentials,
      challengeUrl: this.#urlOf('/api/query_sms_in_queue'),
      places: this.#places,
      carrier: this.#carrier,
      onSigned: (header) => mask.sent(header),
    });
  }

  /** How lists are read. */
  get reading(): ListReading {
    return { face: this.clockFace, odd: this.#odd };
  }

  /** By what the times of its records are read. */
  get clockFace(): ClockFace {
    const { timezone, clock } = this.#settings;
    return { timezone, now: clock.now() + (this.clockAhead ?? 0) };
  }

  get stkCancelWord(): string {
    return this.#settings.stkCancelWord;
  }

  /** The serial number of the last reply that had one. */
  get sn(): string | undefined {
    return this.#sn;
  }

  /** How the gateway lets requests in; undefined before the first answer. */
  get login(): 'open' | 'basic' | 'digest' | undefined {
    return this.#login === undefined ? 'open' : this.#login.kind;
  }

  /** Milliseconds that the gateway's clock is ahead of this machine's, by its last answer's Date header. */
  get clockAhead(): number | undefined {
    const { clock } = this.#settings;
    return this.#gatewayAhead === undefined ? undefined : this.#gatewayAhead + clock.monotonic() - clock.now();
  }

  get contact(): Contact {
    const { answered, silent } = this.#contact;
    return {
      ...(answered !== undefined && { answered: this.#wallTimeOf(answered) }),
      ...(silent !== undefined && { silent: this.#wallTimeOf(silent) }),
    };
  }

  /**
   * Sends `params` (query of a GET, JSON body of a POST) and has `read` make what it can of the reply. Throws a GatewayError by
   * the contract's table; a reply that `read` can't make sense of leaves open whether a changing request was acted upon.
   */
  async ask<T>(
    endpoint: Endpoint,
    params: object | undefined,
    read: (reply: Reply) => T,
    options: CallOptions = {},
  ): Promise<T> {
    const body = await this.askRaw(endpoint, params, options);
    try {
      if (!isRecord(body)) throw new GatewayError('BAD_REPLY', 'The gateway sent no object.', 'unknown');
      return read(withCode(body, endpoint));
    } catch (error) {
      throw endpoint.changes && error instanceof GatewayError ? unclear(endpoint, 'BAD_REPLY', error.message) : error;
    }
  }

  /** As {@link ask}, but with the reply as the gateway sent it, its `error_code` checked. */
  async askRaw(endpoint: Endpoint, params: object | undefined, options: CallOptions = {}): Promise<unknown> {
    const request = this.#requestFor(endpoint, params);
    const { clock } = this.#settings;
    const from = clock.monotonic();
    const answer = this.#mask.of(await this.#exchange(request, endpoint, options.signal));
    this.#gatewayAhead = clockAhead(answer.headers.date, { from, to: clock.monotonic() });
    const body = readBody(answer, endpoint, { url: request.url, shown: this.#settings.shown, odd: this.#odd });
    this.#contact = { answered: clock.monotonic() };
    if (!isRecord(body)) return body;
    if (typeof body.sn === 'number') this.#sn = String(body.sn);
    else if (typeof body.sn === 'string' && body.sn.trim() !== '') this.#sn = body.sn.trim();
    if (typeof body.error_code === 'number' && (body.error_code < 200 || body.error_code > 299)) {
      throw errorOfCode(body.error_code, endpoint);
    }
    return body;
  }

  close(): void {
    this.#carrier.close();
  }

  /** What the wall clock would have shown then if it had been as right as it is now. */
  #wallTimeOf(moment: number): number {
    const { clock } = this.#settings;
    return Math.round(clock.now() - (clock.monotonic() - moment));
  }

  #requestFor(endpoint: Endpoint, params: object | undefined): WireRequest {
    const { method, path, changes } = endpoint;
    if (method === 'POST') return { method, url: this.#urlOf(path), changes, body: jsonBody(params) };
    return { method, url: this.#urlOf(path, queryString(params)), changes };
  }

  #urlOf(path: string, query = ''): URL {
    const { base } = this.#settings;
    const url = new URL(base.origin);
    const [pathname = '', ownQuery] = path.split('?', 2);
    url.pathname = (base.pathname === '/' ? '' : base.pathname) + pathname;
    url.search = ownQuery === undefined ? query : `?${ownQuery}${query.replace('?', '&')}`;
    return url;
  }

  async #exchange(request: WireRequest, endpoint: Endpoint, signal?: AbortSignal): Promise<WireAnswer> {
    try {
      if (this.#login !== undefined) return await this.#login.send(request, signal);
      return await this.#sendOpenly(request, signal);
    } catch (error) {
      if (!(error instanceof ExchangeFailure)) throw error;
      if (error.kind !== 'stopped') this.#contact = { silent: this.#settings.clock.monotonic(), ...this.#contact };
      throw errorOfFailure(error, endpoint, this.#settings);
    }
  }

  async #sendOpenly(request: WireRequest, signal?: AbortSignal): Promise<WireAnswer> {
    const leave = await this.#places.enter(1, signal);
    try {
      const answer = await this.#carrier.exchange(request, signal);
      if (answer.status === 401) throw loginRefused('missing');
      return answer;
    } finally {
      leave();
    }
  }
}

// The STK's answers and get_status document no error_code, and some firmware has it in the HTTP status only. Of an SMS or a
// USSD only the gateway's own 202 counts: by HTTP 200 an SMS would count as accepted that nobody has.
function withCode(body: Record<string, unknown>, endpoint: Endpoint): Reply {
  const saysItself = endpoint.changes && endpoint.answersNothing !== true && endpoint.isDoneBy200 !== true;
  return (saysItself ? body : { error_code: 200, ...body }) as Reply;
}

function jsonBody(params: object = {}): string {
  try {
    return JSON.stringify(params);
  } catch {
    throw invalidInput('params', "can't be written as JSON");
  }
}

/** Checks the path of a raw call: it must stay on the gateway. */
export function checkedPath(path: unknown): string {
  if (typeof path !== 'string' || !/^\/(?![/\\])[^#\s]*$/.test(path)) {
    throw invalidInput('path', 'must begin with one slash, for example /api/get_port_info');
  }
  return path;
}

function stoppedBeforehand(): GatewayError {
  return new GatewayError('STOPPED', 'The request was given up before it was sent.', 'no');
}
