import { Semaphore } from '../../concurrency';
import type { StoredSms } from '../records';
import { smsOf } from '../rows';
import type { Connection } from './Connection';
import type { Fences } from './Fences';
import { LeaseLost, StatementFailed } from './failures';
import type { KnownSms } from './KnownSms';

export type Rows = Record<string, unknown>[];

/** What a call does in the database: statements, in the order of asking, whether their answers are awaited or not. */
export class Transaction {
  private failure: StatementFailed | undefined;
  private held: Promise<ReadonlySet<string>> | undefined;
  private readonly inOrder = new Semaphore({ places: 1, createAbortError: () => new Error('nobody gives it up') });

  constructor(
    private readonly connection: Connection,
    private readonly fences: Fences,
    /** The first of the ids that were reserved for SMS that are taken. */
    private firstId: Promise<number> | undefined = undefined,
    /** Whether the session may know its statements by names. */
    private readonly isNamed = false,
  ) {}

  /** Runs a statement and resolves with its rows. */
  async ask(sql: string, ...values: unknown[]): Promise<Rows> {
    try {
      return (await this.connection.query(sql, values, this.isNamed)).rows;
    } catch (error) {
      throw this.failed(error);
    }
  }

  /** SMS as they were last seen over this connection. */
  get known(): KnownSms {
    return this.connection.known;
  }

  /** Runs a statement that reads SMS; they are known from now on. */
  async sms(sql: string, ...values: unknown[]): Promise<StoredSms[]> {
    return this.read(await this.ask(sql, ...values));
  }

  /** SMS as rows say it; they are known from now on. */
  read(rows: Rows): StoredSms[] {
    return rows.map((row) => {
      const sms = smsOf(row);
      this.known.note(sms, Number(row.mark), String(row.text).length + String(row.sms).length);
      return sms;
    });
  }

  /** Runs a statement of which no answer is wanted; where it fails, so does the end of the transaction. */
  tell(sql: string, ...values: unknown[]): void {
    this.ask(sql, ...values).catch(() => undefined);
  }

  /** Does something while nobody else does something that is to be alone. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    return this.inOrder.run(work);
  }

  /** Ends the transaction; rejects where it wasn't kept. */
  async commit(): Promise<void> {
    // The server knows nothing of a statement that couldn't be made up.
    if (this.failure) throw this.failure;
    const { command } = await this.connection.query('COMMIT').catch((error) => {
      throw this.failed(error);
    });
    if (command !== 'COMMIT') throw this.failed(new Error('The transaction was undone'));
  }

  /** The first of so many ids for SMS, which have no gap. */
  async takeIds(count: number): Promise<number> {
    const first = this.firstId ?? Promise.reject(new Error('no ids were reserved'));
    this.firstId = first.then((id) => id + count);
    this.firstId.catch(() => undefined);
    return first.catch((error) => {
      throw this.failed(error);
    });
  }

  /** Asks, without waiting for the answer, whether the leases are still there that changes of SMS rely on. */
  lookAtLeases(): void {
    if (this.fences.isEmpty) return;
    this.held ??= this.fences.held(this);
    this.held.catch(() => undefined);
  }

  /** @throws LeaseLost where a gateway's SMS are no longer this machine's to change */
  async checkLeases(gateways: Iterable<string>): Promise<void> {
    if (this.fences.isEmpty) return;
    this.lookAtLeases();
    const held = await this.held;
    for (const gateway of gateways) if (this.fences.has(gateway) && !held?.has(gateway)) throw new LeaseLost(gateway);
  }

  // What fails after the first failure fails because of it.
  private failed(error: unknown): StatementFailed {
    this.failure ??= error instanceof StatementFailed ? error : new StatementFailed(error);
    return this.failure;
  }
}
