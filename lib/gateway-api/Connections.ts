import http from 'node:http';
import type https from 'node:https';
import type { Socket } from 'node:net';
import type { Clock } from '../clock';
import { ResettableAgent } from './ResettableAgent';

export interface ConnectionOptions {
  /** Whether the gateway's address is https. */
  secure: boolean;
  tls?: https.AgentOptions;
  maxSockets: number;
  clock: Clock;
}

/**
 * Milliseconds that a connection may have been idle for a request that changes something. Small web servers drop an idle
 * connection after some seconds, without a hint, and what was sent into one that is being dropped has an unknown outcome.
 */
const FRESH_MS = 1000;
/** For a request that only reads, and so can be asked again: below the 5 s after which many of them drop it. */
const IDLE_MS = 4000;
/** A gateway that ends idle connections sooner than this doesn't keep them. */
const SHORTEST_LIFE_MS = 200;
/** For how long keep-alive is left off. Trying it again costs one repeated reading request at worst. */
const OFF_MS = 60 * 60_000;

/**
 * The connections to one gateway: which are kept, and which a request may go over, by what the gateway was seen to do with
 * them. Connections are used again by reading requests first. Once one of them was answered on a used connection, requests
 * that change something may go over one that was used within the last second. When a request breaks on a used connection,
 * or has no answer or an error on it and a good answer on a new one, each request gets a connection of its own for an hour, and one that changes something from then on always.
 */
export class Connections {
  readonly agent: http.Agent;
  readonly #clock: Clock;
  /** Of each idle connection: since when. One that is ended from here is taken out first. */
  readonly #idleSince = new Map<Socket, number>();
  readonly #watched = new WeakSet<Socket>();
  /** When each connection had its first answer. */
  readonly #keptSince = new WeakMap<Socket, number>();
  /** Whether the gateway answered on a connection that it had kept for a while. */
  #proven = false;
  /** Whether a used connection ever broke: what that gateway does once it does again, after so many requests or so long. */
  #everBroke = false;
  /** The shortest time after which it ended an idle one. */
  #life = Number.POSITIVE_INFINITY;
  #offSince: number | undefined;
  /** The path of a request that a used connection gave no answer to, until it is known whether a new one does. */
  #silentTo: string | undefined;
  /** When an error on a used connection was the same on a new one. */
  #alikeSince: number | undefined;

  constructor({ secure, tls, maxSockets, clock }: ConnectionOptions) {
    const pool = { keepAlive: true, timeout: IDLE_MS, maxSockets };
    // An https agent resumes TLS sessions, so that a new connection spares the gateway the slow half of the handshake.
    this.agent = secure ? new ResettableAgent({ ...tls, ...pool }) : new http.Agent(pool);
    this.#clock = clock;
    this.agent.on('free', (socket: Socket) => this.#becomesIdle(socket));
  }

  /** Whether a connection may be used again after the next request. */
  get kept(): boolean {
    if (this.#silentTo !== undefined) return false;
    if (this.#offSince === undefined) return true;
    return this.#clock.monotonic() - this.#offSince >= OFF_MS;
  }

  /**
   * Ends the idle connections that the next request must not go over: all of them where `anew` wants a new one. Ends that
   * have come meanwhile are heard first.
   */
  async prepare({ changes, anew }: { changes: boolean; anew: boolean }): Promise<void> {
    await new Promise(setImmediate);
    for (;;) {
      const most = anew ? 0 : this.#longestIdle(changes);
      const now = this.#clock.monotonic();
      const unfit = [...this.#idleSince].filter(([socket, since]) => !(isOpen(socket) && now - since < most));
      if (unfit.length === 0) return;
      await Promise.all(unfit.map(([socket]) => this.#end(socket)));
    }
  }

  /** A request goes over `socket`. */
  takes(socket: Socket): void {
    this.#idleSince.delete(socket);
  }

  /** A request was answered on `used`, a connection that had answered before. That it is used in haste proves nothing. */
  answeredOn(used: Socket): void {
    const age = this.#clock.monotonic() - (this.#keptSince.get(used) ?? Number.POSITIVE_INFINITY);
    this.#proven ||= !this.#everBroke && this.kept && age >= SHORTEST_LIFE_MS;
  }

  /** A request broke on a used connection before anything was answered. */
  brokeOnUsed(): void {
    this.#proven = false;
    this.#everBroke = true;
    this.#offSince = this.#clock.monotonic();
  }

  /**
   * A request for `path` was given no answer in time. On a used connection that may be its fault: until the same is asked again
   * each request gets a new one, and when it is answered there, used connections are found out. Not when it isn't there either.
   */
  silent(path: string, isUsed: boolean): void {
    if (isUsed && this.kept) this.#silentTo = path;
    else if (!isUsed && this.#silentTo === path) this.#silentTo = undefined;
  }

  /** A request for `path` was answered on a new connection. */
  answeredAnew(path: string): void {
    if (this.#silentTo !== path) return;
    this.#silentTo = undefined;
    this.brokeOnUsed();
  }

  /** Whether it isn't known yet if errors on used connections are theirs; asked of a new one for each, that would double them. */
  get mayBlame(): boolean {
    return this.#alikeSince === undefined || this.#clock.monotonic() - this.#alikeSince >= OFF_MS;
  }

  /** An error that came on a used connection came on a new one too, or didn't. */
  compared(isAlike: boolean): void {
    if (isAlike) this.#alikeSince = this.#clock.monotonic();
    else this.brokeOnUsed();
  }

  /**
   * Ends a connection with all that it was given and the other side hasn't confirmed: when it is only closed the system goes
   * on sending that, for minutes.
   */
  reset(socket: Socket): void {
    const connection = this.agent instanceof ResettableAgent ? this.agent.below(socket) : socket;
    if (connection?.destroyed === false) connection.resetAndDestroy();
  }

  /** Ends every connection, those in use too. */
  close(): void {
    this.#idleSince.clear();
    this.agent.destroy();
  }

  #longestIdle(changes: boolean): number {
    if (!this.kept || (changes && !this.#proven)) return 0;
    return Math.min(changes ? FRESH_MS : IDLE_MS, this.#life / 2);
  }

  #becomesIdle(socket: Socket): void {
    if (socket.destroyed) return;
    this.#idleSince.set(socket, this.#clock.monotonic());
    if (this.#watched.has(socket)) return;
    this.#watched.add(socket);
    this.#keptSince.set(socket, this.#clock.monotonic());
    socket.once('close', () => this.#ended(socket));
  }

  #ended(socket: Socket): void {
    const since = this.#idleSince.get(socket);
    if (since === undefined) return;
    this.#idleSince.delete(socket);
    const life = this.#clock.monotonic() - since;
    // From then on it may have been the agent's own doing.
    if (life >= IDLE_MS) return;
    this.#life = Math.min(this.#life, life);
    if (life < SHORTEST_LIFE_MS) this.brokeOnUsed();
  }

  #end(socket: Socket): Promise<void> {
    this.#idleSince.delete(socket);
    if (socket.closed) return Promise.resolve();
    return new Promise((resolve) => {
      socket.once('close', () => resolve());
      socket.destroy();
    });
  }
}

/** Whether nothing has come over an idle connection: neither its end nor bytes that would be taken for the next answer. */
export function isOpen(socket: Socket): boolean {
  return !socket.destroyed && socket.writable && !socket.readableEnded && socket.readableLength === 0;
}
