import type https from 'node:https';
import type { Clock } from '../clock';
import { whenAborted } from '../concurrency';
import { Connections } from './Connections';
import { ExchangeFailure, type FailureKind, failureOf } from './ExchangeFailure';
import { isShut } from './Lockout';
import { ObservedTransport } from './ObservedTransport';
import type { RequestLease } from './RequestLease';
import { sendByAxios } from './sendByAxios';
import type { WireAnswer, WireRequest } from './wire';

export interface HttpTransportOptions {
  /** The gateway's address: which protocol. */
  base: URL;
  timeout: number;
  tls?: https.AgentOptions;
  /** Whether to read answers that break the rules of HTTP. */
  lenientHttp: boolean;
  maxSockets: number;
  clock: Clock;
  /** Absent = for ever. */
  lease?: RequestLease | undefined;
}

/**
 * By this HTTP status some servers end a connection that was idle for too long. When it crosses with the next request, it looks
 * like the answer (RFC 9110, 15.5.9).
 */
const IDLE_TOO_LONG = 408;

/** From this HTTP status on a server has trouble of its own. */
const ERROR = 500;

// One that says to stay away is obeyed.
const isPlainError = (answer: WireAnswer): boolean =>
  answer.status >= ERROR && isShut(answer) === undefined && answer.headers['retry-after'] === undefined;

/** Carries requests to a gateway and answers back. */
export interface Carrier {
  /** Rejects with an {@link ExchangeFailure}. */
  exchange(request: WireRequest, signal?: AbortSignal): Promise<WireAnswer>;
  close(): void;
}

/** Makes HTTP exchanges with one gateway. */
export class HttpTransport implements Carrier {
  readonly #options: HttpTransportOptions;
  readonly #secure: boolean;
  readonly #connections: Connections;

  constructor(options: HttpTransportOptions) {
    this.#options = options;
    this.#secure = options.base.protocol === 'https:';
    this.#connections = new Connections({ ...options, secure: this.#secure });
  }

  /**
   * Sends `request` and reads the answer, whatever its status: all of it, or the first 512 KB. One that breaks on a
   * connection that was used before, or is answered with an error there, is sent once more, on a new one, where that can't do
   * anything twice. Throws an {@link ExchangeFailure}.
   */
  async exchange(request: WireRequest, signal?: AbortSignal): Promise<WireAnswer> {
    const { lease } = this.#options;
    const timeout = Math.min(this.#options.timeout, lease?.timeout ?? Number.POSITIVE_INFINITY);
    if (lease && lease.left < timeout) await lease.untilLeft(timeout, signal);
    if (signal?.aborted) throw new ExchangeFailure('stopped', false, 'aborted');
    // Looked at once more where the first byte leaves: the machine may be paused anywhere between here and there.
    const mayLeave = (): boolean => lease === undefined || lease.left >= timeout;
    if (!mayLeave()) throw new ExchangeFailure('stopped', false, 'lease');
    const giveUp = new AbortController();
    let why: FailureKind | undefined;
    const end = (kind: FailureKind): void => {
      why ??= kind;
      giveUp.abort();
    };
    const timer = this.#options.clock.after(timeout, () => end('timeout'));
    const release = whenAborted(signal, () => end('stopped'));
    try {
      return await this.#sendTwiceAtMost(request, giveUp.signal, { given: () => why, mayLeave });
    } finally {
      timer.cancel();
      release();
    }
  }

  /** Ends every connection, those in use too. */
  close(): void {
    this.#connections.close();
  }

  async #sendTwiceAtMost(
    request: WireRequest,
    signal: AbortSignal,
    { given, mayLeave }: { given: () => FailureKind | undefined; mayLeave: () => boolean },
  ): Promise<WireAnswer> {
    const { pathname } = request.url;
    // The error that a used connection brought.
    let onUsed: WireAnswer | undefined;
    for (let anew = false; ; anew = true) {
      await this.#connections.prepare({ changes: request.changes, anew });
      // Given up meanwhile; a request that has begun by then is seen to its end.
      const isOver = given() !== undefined || !mayLeave();
      if (isOver && onUsed) return onUsed;
      if (isOver) throw new ExchangeFailure(given() ?? 'stopped', false, 'aborted');
      const passage = new ObservedTransport(this.#connections, this.#secure, mayLeave);
      try {
        const answer = await sendByAxios(request, passage, {
          signal,
          lenientHttp: this.#options.lenientHttp,
          isKept: this.#connections.kept,
        });
        await passage.over();
        if (passage.used === undefined) {
          this.#connections.answeredAnew(pathname);
          if (onUsed) this.#connections.compared(answer.status >= ERROR);
          return answer;
        }
        if (!anew && !request.changes && this.#connections.mayBlame && isPlainError(answer)) {
          onUsed = answer;
          continue;
        }
        if (answer.status !== IDLE_TOO_LONG) this.#connections.answeredOn(passage.used);
        else this.#connections.brokeOnUsed();
        if (answer.status !== IDLE_TOO_LONG || request.changes) return answer;
      } catch (error) {
        await passage.over();
        const failure = failureOf(error, given(), passage.sent);
        const rescued = rescuedFrom(failure, passage);
        if (rescued !== undefined) return rescued;
        if (failure.kind === 'timeout' && passage.sent && !passage.heard) {
          this.#connections.silent(pathname, passage.used !== undefined);
        }
        if (onUsed) return onUsed;
        if (failure.kind !== 'broken' || !passage.used || passage.heard) throw failure;
        if (passage.sent) this.#connections.brokeOnUsed();
        if (anew || (passage.sent && request.changes)) throw failure;
      }
    }
  }
}

// What had come by then may be the whole answer all the same.
function rescuedFrom({ kind }: ExchangeFailure, passage: ObservedTransport): WireAnswer | undefined {
  if (kind === 'oversize') return passage.beginning();
  return kind === 'stopped' || kind === 'tls' ? undefined : passage.wholeAnswer();
}
