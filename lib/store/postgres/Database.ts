import { randomUUID } from 'node:crypto';
import type { Clock, Random, Timer } from '../../clock';
import { noteKeys } from '../noteKeys';
import { quoted } from '../rows';
import { StoreUnavailable } from '../store';
import { Connection, type DatabaseOptions } from './Connection';
import { asStoreError, beingMoved } from './failures';
import { migrate } from './migrate';
import { loadPg } from './pg';

/** How soon a server that can't be reached is tried again by calls, and by what has to be found out, in ms. */
const RETRY_MS = 1000;

// By what was kept itself: a server that takes over from another one, or comes up after a crash, may give the id of a transaction
// that it lost to the next one. The lock waits for the end of the former connection, which the server may not have noticed.
const LAST = 'SELECT last FROM %.writing WHERE id = $1 FOR UPDATE';
const FORGET = `DELETE FROM %.writing WHERE at < now() - interval '30 days'`;
const LOOK = `SELECT current_setting('synchronous_commit') AS now, EXISTS (SELECT FROM %.notes WHERE key = $1) AS moving`;

/** A transaction whose end wasn't seen. */
interface Unsettled {
  number: number;
  onSettled: (isKept: boolean) => void;
}

/** The database of a store, and the connection to it. What can't be reached now is tried again with the next call. */
export class Database {
  /** What `synchronous_commit` is for what must be safe. */
  safeCommit = 'on';
  /** Who writes over this connection, and over those that follow it. */
  readonly writer = randomUUID();
  private wanted = false;
  private connection: Connection | undefined;
  private connecting: Promise<Connection> | undefined;
  private unsettled: Unsettled[] = [];
  private failure: { error: Error; at: number } | undefined;
  private retry: Timer | undefined;

  constructor(
    private readonly options: DatabaseOptions & {
      clock: Clock;
      random: Random;
      getPackage?: (name: string) => unknown;
    },
  ) {}

  async open(): Promise<void> {
    this.wanted = true;
    this.failure = undefined;
    await this.connected();
  }

  close(): void {
    this.wanted = false;
    this.retry?.cancel();
    this.connection?.close();
    this.connection = undefined;
    for (const { onSettled } of this.unsettled.splice(0)) onSettled(false);
  }

  /** The connection; a new one where there is none. */
  async connected(): Promise<Connection> {
    if (!this.wanted) throw new StoreUnavailable('the store is closed');
    if (this.connection && !this.connection.isLost) return this.connection;
    const { failure } = this;
    // While it is away nobody waits for it anew with each call.
    if (failure && this.options.clock.monotonic() - failure.at < RETRY_MS) throw failure.error;
    this.connecting ??= this.connect().finally(() => {
      this.connecting = undefined;
    });
    return this.connecting;
  }

  get isThere(): boolean {
    return this.connection !== undefined && !this.connection.isLost;
  }

  drop(connection: Connection): void {
    connection.close();
    if (this.connection === connection) this.connection = undefined;
  }

  /** Finds out, as soon as the database is there again, whether the transaction of that number was kept. */
  settle(number: number, onSettled: (isKept: boolean) => void): void {
    this.unsettled.push({ number, onSettled });
    this.tryAgain();
  }

  private async connect(): Promise<Connection> {
    try {
      const connection = await Connection.open(loadPg(this.options.getPackage), this.options);
      try {
        await migrate(connection, this.options);
        const { rows } = await connection.query(LOOK, [quoted(noteKeys.moving)]);
        if (rows[0]?.moving) throw beingMoved();
        // Whoever set it off for the whole server didn't mean an SMS that was taken.
        this.safeCommit = rows[0]?.now === 'off' ? 'on' : String(rows[0]?.now);
        await this.settleAll(connection);
      } catch (error) {
        connection.close();
        throw error;
      }
      this.connection = connection;
      this.failure = undefined;
      return connection;
    } catch (cause) {
      const error: Error = asStoreError(cause);
      const failure = error instanceof StoreUnavailable ? error : unusable(error);
      this.failure = { error: failure, at: this.options.clock.monotonic() };
      throw failure;
    }
  }

  private async settleAll(connection: Connection): Promise<void> {
    await connection.query(FORGET);
    for (const one of [...this.unsettled]) {
      const { rows } = await connection.query(LAST, [this.writer]);
      this.unsettled = this.unsettled.filter((other) => other !== one);
      one.onSettled(Number(rows[0]?.last ?? 0) >= one.number);
    }
  }

  private tryAgain(): void {
    this.retry?.cancel();
    this.retry = this.options.clock.after(RETRY_MS, () => {
      this.connected().catch(() => undefined);
      if (this.wanted && this.unsettled.length > 0) this.tryAgain();
    });
  }
}

const unusable = (cause: Error): StoreUnavailable => new StoreUnavailable(cause.message, { cause });
