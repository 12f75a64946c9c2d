import { setImmediate } from 'node:timers/promises';
import type { Safety } from '../store';
import type { Connection } from './Connection';
import type { Database } from './Database';
import { Fences } from './Fences';
import { asCallError, asStoreError, isCollision, isConnectionFailure, isOfNames, StatementFailed } from './failures';
import { lockGateways } from './locks';
import { overlapping } from './overlapping';
import { Transaction } from './Transaction';

/** What is known of a call before it is done. */
export interface Manner {
  /** Changes something, and how safe that is when it is answered; absent = it only reads. */
  safety?: Safety;
  /** Gateways that nobody else takes something for, or commands jobs of, meanwhile. */
  gateways?: readonly string[];
  /** How many ids for SMS it needs. */
  ids?: number;
  /** SMS that it changes, where it touches nothing else that another call may ask for. */
  sms?: readonly number[];
  /** All that it looks up has an index and is asked for by single values, always in the same statements. */
  isByIndex?: boolean;
}

interface Call extends Manner {
  work: (tx: Transaction) => Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

/** Calls in one transaction: their answers wait for its end. */
const MOST_TOGETHER = 64;
const MOST_TRIES = 5;

// Its number tells later what became of a transaction whose end wasn't seen. A machine that is paused in the midst of one mustn't
// hold up the others.
const BEGIN = `WITH begun AS (INSERT INTO %.writing AS own (id, last) VALUES ($2, $3)
    ON CONFLICT (id) DO UPDATE SET last = excluded.last, at = now())
  SELECT set_config('synchronous_commit', $1, true), set_config('idle_in_transaction_session_timeout', '5000', true),
    set_config('lock_timeout', '15000', true)`;
// What the server plans once for a session counts as long as that, and tables that are empty then grow: by the indices, always.
const BEGIN_BY_INDEX = `${BEGIN}, set_config('plan_cache_mode', 'force_generic_plan', true),
  set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
  set_config('enable_mergejoin', 'off', true)`;
const RESERVE = `UPDATE %.counters SET value = value + $1
  WHERE name = 'sms' AND set_config('synchronous_commit', 'off', true) = 'off' RETURNING value`;

/**
 * Does what is asked one after the other, over one connection. What is asked in one turn of the event loop, or while something
 * else is under way, shares one transaction, and so one sync; answers leave when it is over.
 */
export class CallQueue {
  readonly fences = new Fences();
  private waiting: Call[] = [];
  private running: Promise<void> | undefined;
  /** How many transactions were begun. */
  private begun = 0;

  constructor(private readonly database: Database) {}

  run<T>(work: (tx: Transaction) => Promise<T>, manner: Manner = {}): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.waiting.push({ ...manner, work, resolve: resolve as (value: unknown) => void, reject });
      this.running ??= this.runAll();
    });
  }

  /** Resolves when nothing is under way. */
  async rest(): Promise<void> {
    while (this.running !== undefined) await this.running;
  }

  private async runAll(): Promise<void> {
    await setImmediate();
    while (this.waiting.length > 0) {
      const isRead = (call: Call | undefined): boolean => call !== undefined && call.safety === undefined;
      let count = 1;
      // Reads at the beginning see everything that was written before: they need no transaction.
      const onlyReads = isRead(this.waiting[0]);
      while (count < Math.min(MOST_TOGETHER, this.waiting.length) && (!onlyReads || isRead(this.waiting[count])))
        count++;
      await this.group(this.waiting.splice(0, count), onlyReads);
    }
    this.running = undefined;
  }

  private async group(calls: Call[], onlyReads: boolean): Promise<void> {
    try {
      const connection = await this.database.connected();
      if (onlyReads) await Promise.all(calls.map((call) => this.read(connection, call)));
      else await this.write(connection, calls, 1);
    } catch (error) {
      for (const { reject } of calls) reject(asStoreError(error));
    }
  }

  private async read(connection: Connection, { work, resolve, reject }: Call): Promise<void> {
    try {
      resolve(await work(new Transaction(connection, this.fences)));
    } catch (error) {
      if (error instanceof StatementFailed && isConnectionFailure(error.cause)) this.database.drop(connection);
      reject(asCallError(error));
    }
  }

  /** All of it is kept, or nothing. */
  private async write(connection: Connection, calls: Call[], tries: number): Promise<void> {
    let answers: (() => void)[] = [];
    let number: number | undefined;
    try {
      const { tx, begun } = this.begin(connection, calls);
      answers = await overlapping(calls, (call) => answerOf(call, tx));
      number = await begun;
      await tx.commit();
    } catch (error) {
      return this.failed(connection, calls, { error, number, tries, answers });
    }
    for (const answer of answers) answer();
  }

  private begin(connection: Connection, calls: readonly Call[]): { tx: Transaction; begun: Promise<number> } {
    const ids = calls.reduce((sum, call) => sum + (call.ids ?? 0), 0);
    const first = ids > 0 ? connection.query(RESERVE, [ids]) : undefined;
    const firstId = first?.then(({ rows }) => Number(rows[0]?.value) - ids + 1);
    firstId?.catch(() => undefined);
    const isByIndex = calls.every((call) => call.isByIndex);
    const tx = new Transaction(connection, this.fences, firstId, isByIndex);
    tx.tell('BEGIN');
    const isSafe = calls.some(({ safety }) => safety === 'safe');
    const number = ++this.begun;
    const { safeCommit, writer } = this.database;
    const begun = tx
      .ask(isByIndex ? BEGIN_BY_INDEX : BEGIN, isSafe ? safeCommit : 'off', writer, number)
      .then(() => number);
    begun.catch(() => undefined);
    lockGateways(
      tx,
      calls.flatMap(({ gateways = [] }) => gateways),
    );
    return { tx, begun };
  }

  private async failed(
    connection: Connection,
    calls: Call[],
    {
      error,
      number,
      tries,
      answers,
    }: { error: unknown; number: number | undefined; tries: number; answers: (() => void)[] },
  ): Promise<void> {
    const cause = error instanceof StatementFailed ? error.cause : error;
    if (connection.isLost || isConnectionFailure(cause)) {
      this.database.drop(connection);
      const reject = (): void => {
        for (const call of calls) call.reject(asStoreError(error));
      };
      // Where its end was asked for, and not seen, only the database knows.
      if (number === undefined) return reject();
      const keep = (): void => {
        for (const answer of answers) answer();
      };
      return this.database.settle(number, (isKept) => (isKept ? keep() : reject()));
    }
    connection.query('ROLLBACK').catch(() => undefined);
    connection.known.forget();
    const isOfItsName = isOfNames(cause);
    if (isOfItsName) connection.forgetNames();
    // One of them is to blame: each by itself.
    if (calls.length > 1) {
      for (const call of calls) await this.group([call], call.safety === undefined);
    } else if ((isOfItsName || isCollision(cause)) && tries < MOST_TRIES) {
      await this.write(connection, calls, tries + 1);
    } else {
      for (const { reject } of calls) reject(asStoreError(error));
    }
  }
}

/** What tells a call's caller of it, once the transaction is over. */
async function answerOf({ work, resolve, reject }: Call, tx: Transaction): Promise<() => void> {
  try {
    const value = await work(tx);
    return () => resolve(value);
  } catch (error) {
    if (error instanceof StatementFailed) throw error;
    // It has told the database nothing: the others go on.
    return () => reject(asCallError(error));
  }
}
