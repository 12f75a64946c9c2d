import type { Clock, Random } from '../../clock';
import type { Fencing } from '../fencing';
import type { HeldCount } from '../heldCounts';
import type { JobCommand, JobList, JobScope, JobTally } from '../jobs';
import type { Priority, Stage, StoredInput, StoredSms, StoredSubmission, Submission } from '../records';
import type {
  BegunTo,
  DueKind,
  NextDue,
  OutcomeParts,
  PortCount,
  PortSetCount,
  Safety,
  SmsChange,
  SmsCriterion,
  SmsPage,
  Store,
  Taken,
  Taking,
  WaitingCount,
  WaitingQuery,
} from '../store';
import type { Usage, UsageChange, UsageQuestion } from '../usage';
import { startOfBlock } from '../userIds';
import { begin } from './begin';
import { CallQueue } from './CallQueue';
import type { DatabaseOptions } from './Connection';
import { change } from './change';
import { Database } from './Database';
import { due, expired, heldDue, nextDue, standbyDue, waitingCounts } from './due';
import { chosenPortCounts, find, portSetCounts, smsByIds } from './find';
import { closeInputs, inputsByIds, inputsDue, openInputs, outcomes, prolong, recipients } from './inputs';
import { heldCounts, listJobs } from './jobList';
import { commandJobs, firstExpiry, jobNames, jobTallies, withdrawStopped } from './jobs';
import { forgetNotes, noteKeys, notes, putNotes } from './notes';
import { pruneStep } from './prune';
import { begunTo, submissions, submittedSince } from './submissions';
import type { Transaction } from './Transaction';
import { take } from './take';
import { changeUsage, pruneUsage, readUsage } from './usage';
import { waiting } from './waiting';

interface PostgresStoreOptions extends DatabaseOptions {
  clock: Clock;
  random: Random;
  /** Where the package `pg` comes from. */
  getPackage?: (name: string) => unknown;
}

const BY_INDEX = { isByIndex: true } as const;

/**
 * A {@link Store} in a PostgreSQL database that several machines share. Each call is one transaction, or has a part in one;
 * nothing is kept in a session, so that a pooler may stand between.
 */
export class PostgresStore implements Store, Fencing {
  readonly durable = true;
  private readonly database: Database;
  private readonly calls: CallQueue;

  constructor(options: PostgresStoreOptions) {
    this.database = new Database(options);
    this.calls = new CallQueue(this.database);
  }

  open(): Promise<void> {
    return this.database.open();
  }

  async close(): Promise<void> {
    await this.calls.rest();
    this.database.close();
  }

  /** Whether the database answered when it was asked last. */
  get isThere(): boolean {
    return this.database.isThere;
  }

  /** The database's time (ms since 1970). */
  now(): Promise<number> {
    return this.calls.run(async (tx) => {
      const [row] = await tx.ask('SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS now');
      return Number(row?.now);
    });
  }

  fence(gateway: string, epoch: number): void {
    this.calls.fences.set(gateway, epoch);
  }

  unfence(gateway: string): void {
    this.calls.fences.delete(gateway);
  }

  /**
   * Does something of one's own in the database, `%.` standing for the schema in its statements. With `safety` it is a
   * transaction, kept when this resolves; statements without it are each by themselves.
   */
  run<T>(work: (tx: Transaction) => Promise<T>, safety?: Safety): Promise<T> {
    return this.calls.run(work, safety && { safety });
  }

  reserveUserIds(count: number): Promise<number> {
    return this.write(async (tx) => {
      const [row] = await tx.ask("SELECT value FROM %.counters WHERE name = 'user_id' FOR UPDATE");
      const first = startOfBlock(Number(row?.value), count);
      tx.tell("UPDATE %.counters SET value = $1 WHERE name = 'user_id'", first + count);
      return first;
    });
  }

  /** @throws Error when an input with one of these ids was taken before; nothing is taken then */
  take(takings: Taking[]): Promise<Taken[]> {
    if (takings.length === 0) return Promise.resolve([]);
    const gateways = takings.map(({ input }) => input.gateway);
    const ids = takings.reduce((sum, { sms }) => sum + sms.length, 1);
    return this.calls.run((tx) => take(tx, takings), { ...BY_INDEX, safety: 'safe', gateways, ids });
  }

  waiting(query: WaitingQuery): Promise<StoredSms[]> {
    return this.calls.run((tx) => waiting(tx, query));
  }

  begin(submission: Submission): Promise<StoredSms[]> {
    return this.calls.run((tx) => begin(tx, submission), { ...BY_INDEX, safety: 'safe', sms: submission.sms });
  }

  change(changes: SmsChange[], from?: readonly Stage[], safety: Safety = 'safe'): Promise<StoredSms[]> {
    const sms = changes.map(({ id }) => id);
    return this.calls.run((tx) => change(tx, changes, from), { ...BY_INDEX, safety, sms });
  }

  sms(ids: number[]): Promise<StoredSms[]> {
    return this.calls.run((tx) => smsByIds(tx, ids));
  }

  find(gateways: string[], by: SmsCriterion): Promise<StoredSms[]> {
    return this.calls.run((tx) => find(tx, gateways, by));
  }

  due(gateways: string[], now: number, limit: number): Promise<StoredSms[]> {
    return this.calls.run((tx) => due(tx, gateways, now, limit));
  }

  nextDue(gateways: string[], kinds?: readonly DueKind[]): Promise<NextDue> {
    return this.calls.run((tx) => nextDue(tx, gateways, kinds));
  }

  expired(gateways: string[], now: number, limit: number): Promise<StoredSms[]> {
    return this.calls.run((tx) => expired(tx, gateways, now, limit));
  }

  heldDue(gateways: string[], now: number, limit: number): Promise<StoredSms[]> {
    return this.calls.run((tx) => heldDue(tx, gateways, now, limit));
  }

  standbyDue(gateways: string[], now: number, limit: number): Promise<StoredSms[]> {
    return this.calls.run((tx) => standbyDue(tx, gateways, now, limit));
  }

  waitingCounts(gateways: string[], most: number, priority?: Priority): Promise<WaitingCount[]> {
    return this.calls.run((tx) => waitingCounts(tx, gateways, most, priority));
  }

  portSetCounts(gateways: string[]): Promise<PortSetCount[]> {
    return this.calls.run((tx) => portSetCounts(tx, gateways));
  }

  chosenPortCounts(gateways: string[]): Promise<PortCount[]> {
    return this.calls.run((tx) => chosenPortCounts(tx, gateways));
  }

  usage(questions: UsageQuestion[], recipients: string[], now: number): Promise<Usage> {
    return this.calls.run((tx) => readUsage(tx, questions, recipients, now));
  }

  changeUsage(given: UsageChange, under: readonly string[] = []): Promise<void> {
    return this.writeUnder(under, (tx) => changeUsage(tx, given));
  }

  submissions(gateways: string[]): Promise<StoredSubmission[]> {
    return this.calls.run((tx) => submissions(tx, gateways));
  }

  submittedSince(gateways: string[], since: number): Promise<{ count: number; oldest?: number }> {
    return this.calls.run((tx) => submittedSince(tx, gateways, since));
  }

  begunTo(gateways: string[], tails: string[], since: number, most: number): Promise<BegunTo[]> {
    return this.calls.run((tx) => begunTo(tx, gateways, tails, since, most));
  }

  jobNames(gateways: string[], scope: JobScope, limit: number): Promise<string[]> {
    return this.calls.run((tx) => jobNames(tx, gateways, scope, limit));
  }

  commandJobs(gateways: string[], scope: JobScope, command: JobCommand, now: number): Promise<string[]> {
    return this.calls.run((tx) => commandJobs(tx, gateways, scope, { command, now }), { safety: 'safe', gateways });
  }

  withdrawStopped(gateways: string[], page: SmsPage, at: number): Promise<StoredSms[]> {
    return this.write((tx) => withdrawStopped(tx, gateways, page, at), 'written');
  }

  jobTallies(gateways: string[], jobs: string[]): Promise<JobTally[]> {
    return this.calls.run((tx) => jobTallies(tx, gateways, jobs));
  }

  listJobs(gateway: string, limit: number): Promise<JobList> {
    return this.calls.run((tx) => listJobs(tx, gateway, limit));
  }

  heldCounts(gateway: string, most: number): Promise<HeldCount[]> {
    return this.calls.run((tx) => heldCounts(tx, gateway, most));
  }

  firstExpiry(gateways: string[], jobs: string[]): Promise<number | undefined> {
    return this.calls.run((tx) => firstExpiry(tx, gateways, jobs));
  }

  inputs(ids: string[]): Promise<StoredInput[]> {
    return this.calls.run((tx) => inputsByIds(tx, ids));
  }

  recipients(input: string, limit?: number): Promise<StoredSms[]> {
    return this.calls.run((tx) => recipients(tx, input, limit));
  }

  outcomes(ids: string[]): Promise<OutcomeParts[]> {
    return this.calls.run((tx) => outcomes(tx, ids, this.database.safeCommit));
  }

  inputsDue(gateways: string[], now: number, limit: number): Promise<StoredInput[]> {
    return this.calls.run((tx) => inputsDue(tx, gateways, now, limit));
  }

  openInputs(gateways: string[], after: string, limit: number): Promise<StoredInput[]> {
    return this.calls.run((tx) => openInputs(tx, gateways, after, limit));
  }

  prolong(ids: string[], wait_until: number): Promise<void> {
    return this.write(async (tx) => prolong(tx, ids, wait_until));
  }

  closeInputs(ids: string[], at: number): Promise<string[]> {
    return this.calls.run((tx) => closeInputs(tx, ids, at), { ...BY_INDEX, safety: 'written' });
  }

  notes(keys: string[]): Promise<Map<string, string>> {
    return this.calls.run((tx) => notes(tx, keys));
  }

  putNotes(given: ReadonlyMap<string, string>, under: readonly string[] = []): Promise<void> {
    return this.writeUnder(under, (tx) => putNotes(tx, given));
  }

  noteKeys(): Promise<string[]> {
    return this.calls.run(noteKeys);
  }

  forgetNotes(keys: string[], under: readonly string[] = []): Promise<void> {
    return this.writeUnder(under, (tx) => forgetNotes(tx, keys));
  }

  /** In steps that are each kept for themselves, with room for other calls in between. */
  async prune(before: number, limit: number): Promise<number> {
    await this.write(async (tx) => pruneUsage(tx, before));
    for (let forgotten = 0; ; ) {
      const left = limit - forgotten;
      const { gone, more } = await this.write((tx) => pruneStep(tx, before, left));
      forgotten += gone;
      if (!more) return forgotten;
    }
  }

  private writeUnder(under: readonly string[], work: (tx: Transaction) => void): Promise<void> {
    return this.write(async (tx) => {
      if (under.length > 0) await tx.checkLeases(under);
      work(tx);
    });
  }

  private write<T>(work: (tx: Transaction) => Promise<T>, safety: Safety = 'safe'): Promise<T> {
    return this.calls.run(work, { safety });
  }
}
