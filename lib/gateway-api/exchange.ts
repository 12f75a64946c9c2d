import http from 'node:http';
import https from 'node:https';
import axios from 'axios';
import type { Clock } from '../clock';
import { watchedTransport } from './transport';

/** An HTTP request as it goes on the wire. */
export interface WireRequest {
  method: 'GET' | 'POST';
  url: URL;
  /** JSON; none for a GET. */
  body?: string;
  authorization?: string;
}

/** A whole HTTP answer. */
export interface WireAnswer {
  status: number;
  /** By lower-case name; fields that came several times are joined by commas. */
  headers: Readonly<Record<string, string>>;
  text: string;
}

/** Why there is no whole answer. */
export type FailureKind = 'timeout' | 'stopped' | 'oversize' | 'broken';

/** An exchange without a whole answer. Holds nothing of the request: that would hold its Authorization header. */
export class ExchangeFailure extends Error {
  constructor(
    readonly kind: FailureKind,
    /** Whether a byte of the request may have left this machine. */
    readonly sent: boolean,
    /** Node's code, for example ECONNREFUSED. */
    readonly reason: string,
  ) {
    super(`${kind} ${reason}`);
  }
}

export interface ExchangeOptions {
  timeout: number;
  tls?: https.AgentOptions;
  maxSockets: number;
  clock: Clock;
}

// Below the 5 s after which many small web servers drop an idle connection: a request that goes out on a connection the
// gateway is about to drop has an unknown outcome. A shorter Keep-Alive hint of the gateway is heeded by Node's agent itself.
const IDLE_SOCKET_MS = 4000;
// A reply is capped at about 8 KB on some models (field notes); whatever has megabytes isn't one.
const LARGEST_ANSWER = 4 * 1024 * 1024;

/** Makes HTTP exchanges with one gateway over connections that are kept alive. */
export class Exchanger {
  readonly #options: ExchangeOptions;
  readonly #httpAgent: http.Agent;
  readonly #httpsAgent: https.Agent;

  constructor(options: ExchangeOptions) {
    const pool = { keepAlive: true, timeout: IDLE_SOCKET_MS, maxSockets: options.maxSockets };
    this.#options = options;
    this.#httpAgent = new http.Agent(pool);
    this.#httpsAgent = new https.Agent({ ...options.tls, ...pool });
  }

  /** Sends `request` once and reads the whole answer, whatever its status. Throws an {@link ExchangeFailure}. */
  async exchange(request: WireRequest, signal?: AbortSignal): Promise<WireAnswer> {
    if (signal?.aborted) throw new ExchangeFailure('stopped', false, 'aborted');
    const giveUp = new AbortController();
    let sent = false;
    let why: FailureKind | undefined;
    const end = (kind: FailureKind): void => {
      why ??= kind;
      giveUp.abort();
    };
    const timer = this.#options.clock.after(this.#options.timeout, () => end('timeout'));
    const onAbort = (): void => end('stopped');
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      return await this.#send(request, giveUp.signal, () => {
        sent = true;
      });
    } catch (error) {
      const reason = reasonOf(error);
      throw new ExchangeFailure(why ?? kindOf(error), sent, reason);
    } finally {
      timer.cancel();
      signal?.removeEventListener('abort', onAbort);
    }
  }

  /** Ends every connection, those in use too. */
  close(): void {
    this.#httpAgent.destroy();
    this.#httpsAgent.destroy();
  }

  async #send(request: WireRequest, signal: AbortSignal, onSent: () => void): Promise<WireAnswer> {
    const { status, headers, data } = await axios.request<string>({
      method: request.method,
      url: request.url.href,
      data: request.body,
      headers: headersOf(request),
      signal,
      httpAgent: this.#httpAgent,
      httpsAgent: this.#httpsAgent,
      transport: watchedTransport(request.url.protocol === 'https:', onSent),
      // The proxy of the environment is not meant for a box in the local network.
      proxy: false,
      maxRedirects: 0,
      maxContentLength: LARGEST_ANSWER,
      responseType: 'text',
      transformRequest: [],
      transformResponse: [],
      validateStatus: () => true,
    });
    return { status, headers: plainHeaders(headers), text: data };
  }
}

function headersOf(request: WireRequest): Record<string, string> {
  return {
    Accept: 'application/json',
    'Accept-Encoding': 'identity',
    ...(request.body === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...(request.authorization === undefined ? {} : { Authorization: request.authorization }),
  };
}

function plainHeaders(headers: object): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

function reasonOf(error: unknown): string {
  return axios.isAxiosError(error) && error.code !== undefined ? error.code : 'no answer';
}

function kindOf(error: unknown): FailureKind {
  return axios.isAxiosError(error) && error.message.startsWith('maxContentLength') ? 'oversize' : 'broken';
}
