import type { Random } from '../../clock';
import { type BriefTaken, takenOf } from '../briefTaken';
import type { HeldCount } from '../heldCounts';
import type { JobCommand, JobList, JobScope, JobTally } from '../jobs';
import type { Priority, Stage, StoredInput, StoredSms, StoredSubmission, Submission } from '../records';
import {
  type BegunTo,
  type DueKind,
  type NextDue,
  type OutcomeParts,
  type PortCount,
  type PortSetCount,
  type Safety,
  type SmsChange,
  type SmsCriterion,
  type SmsPage,
  type Store,
  StoreUnavailable,
  type Taken,
  type Taking,
  type WaitingCount,
  type WaitingQuery,
} from '../store';
import type { Usage, UsageChange, UsageQuestion } from '../usage';
import { isLong, piecesOf } from './longTakings';
import type { Method } from './protocol';
import { StoreThread, ThreadEnded } from './StoreThread';

/**
 * A {@link Store} in a SQLite file that works on a thread of its own: however long the disk takes, the flows go on. A thread
 * that ends by itself is followed by another with the next call.
 */
export class ThreadedStore implements Store {
  readonly durable = true;
  private thread: StoreThread | undefined;
  private wanted = false;

  /** @param options `program`: the compiled `worker.ts`; `driver`: a `DriverKind`'s name */
  constructor(private readonly options: { program: string; file: string; driver: string; random: Random }) {}

  open(): Promise<void> {
    this.wanted = true;
    return this.thread ? this.ask('open', []) : this.start().opened;
  }

  /** Also ends the thread, unless the store was opened again meanwhile. */
  async close(): Promise<void> {
    this.wanted = false;
    const { thread } = this;
    // One that has ended has let go of the file as well.
    await thread?.ask('close', []).catch(() => undefined);
    await thread?.answered();
    if (this.wanted || !thread) return;
    this.thread = undefined;
    await thread.end();
  }

  reserveUserIds(count: number): Promise<number> {
    return this.ask('reserveUserIds', [count]);
  }

  /** Where the thread has ended meanwhile, the file says whether they were taken. */
  async take(takings: Taking[]): Promise<Taken[]> {
    try {
      const thread = this.running();
      const taken = isLong(takings)
        ? await thread.askInPieces('take', (give) => piecesOf(takings, give))
        : await thread.ask('take', [JSON.stringify(takings)]);
      return await takenOf(takings, taken as BriefTaken[]);
    } catch (error) {
      if (error instanceof ThreadEnded) return this.takenBefore(takings, error);
      throw error;
    }
  }

  waiting(query: WaitingQuery): Promise<StoredSms[]> {
    return this.ask('waiting', [query]);
  }

  begin(submission: Submission): Promise<StoredSms[]> {
    return this.ask('begin', [submission]);
  }

  change(changes: SmsChange[], from?: readonly Stage[], safety?: Safety): Promise<StoredSms[]> {
    return this.ask('change', [changes, from, safety]);
  }

  sms(ids: number[]): Promise<StoredSms[]> {
    return this.ask('sms', [ids]);
  }

  find(gateways: string[], by: SmsCriterion): Promise<StoredSms[]> {
    return this.ask('find', [gateways, by]);
  }

  due(gateways: string[], now: number, limit: number): Promise<StoredSms[]> {
    return this.ask('due', [gateways, now, limit]);
  }

  nextDue(gateways: string[], kinds?: readonly DueKind[]): Promise<NextDue> {
    return this.ask('nextDue', [gateways, kinds]);
  }

  expired(gateways: string[], now: number, limit: number): Promise<StoredSms[]> {
    return this.ask('expired', [gateways, now, limit]);
  }

  heldDue(gateways: string[], now: number, limit: number): Promise<StoredSms[]> {
    return this.ask('heldDue', [gateways, now, limit]);
  }

  standbyDue(gateways: string[], now: number, limit: number): Promise<StoredSms[]> {
    return this.ask('standbyDue', [gateways, now, limit]);
  }

  waitingCounts(gateways: string[], most: number, priority?: Priority): Promise<WaitingCount[]> {
    return this.ask('waitingCounts', [gateways, most, priority]);
  }

  portSetCounts(gateways: string[]): Promise<PortSetCount[]> {
    return this.ask('portSetCounts', [gateways]);
  }

  chosenPortCounts(gateways: string[]): Promise<PortCount[]> {
    return this.ask('chosenPortCounts', [gateways]);
  }

  usage(questions: UsageQuestion[], recipients: string[], now: number): Promise<Usage> {
    return this.ask('usage', [questions, recipients, now]);
  }

  changeUsage(change: UsageChange): Promise<void> {
    return this.ask('changeUsage', [change]);
  }

  submissions(gateways: string[]): Promise<StoredSubmission[]> {
    return this.ask('submissions', [gateways]);
  }

  submittedSince(gateways: string[], since: number): Promise<{ count: number; oldest?: number }> {
    return this.ask('submittedSince', [gateways, since]);
  }

  begunTo(gateways: string[], tails: string[], since: number, most: number): Promise<BegunTo[]> {
    return this.ask('begunTo', [gateways, tails, since, most]);
  }

  jobNames(gateways: string[], scope: JobScope, limit: number): Promise<string[]> {
    return this.ask('jobNames', [gateways, scope, limit]);
  }

  commandJobs(gateways: string[], scope: JobScope, command: JobCommand, now: number): Promise<string[]> {
    return this.ask('commandJobs', [gateways, scope, command, now]);
  }

  withdrawStopped(gateways: string[], page: SmsPage, at: number): Promise<StoredSms[]> {
    return this.ask('withdrawStopped', [gateways, page, at]);
  }

  jobTallies(gateways: string[], jobs: string[]): Promise<JobTally[]> {
    return this.ask('jobTallies', [gateways, jobs]);
  }

  listJobs(gateway: string, limit: number): Promise<JobList> {
    return this.ask('listJobs', [gateway, limit]);
  }

  heldCounts(gateway: string, most: number): Promise<HeldCount[]> {
    return this.ask('heldCounts', [gateway, most]);
  }

  firstExpiry(gateways: string[], jobs: string[]): Promise<number | undefined> {
    return this.ask('firstExpiry', [gateways, jobs]);
  }

  inputs(ids: string[]): Promise<StoredInput[]> {
    return this.ask('inputs', [ids]);
  }

  recipients(input: string, limit?: number): Promise<StoredSms[]> {
    return this.ask('recipients', [input, limit]);
  }

  outcomes(ids: string[]): Promise<OutcomeParts[]> {
    return this.ask('outcomes', [ids]);
  }

  inputsDue(gateways: string[], now: number, limit: number): Promise<StoredInput[]> {
    return this.ask('inputsDue', [gateways, now, limit]);
  }

  openInputs(gateways: string[], after: string, limit: number): Promise<StoredInput[]> {
    return this.ask('openInputs', [gateways, after, limit]);
  }

  prolong(ids: string[], wait_until: number): Promise<void> {
    return this.ask('prolong', [ids, wait_until]);
  }

  closeInputs(ids: string[], at: number): Promise<string[]> {
    return this.ask('closeInputs', [ids, at]);
  }

  notes(keys: string[]): Promise<Map<string, string>> {
    return this.ask('notes', [keys]);
  }

  putNotes(notes: ReadonlyMap<string, string>): Promise<void> {
    return this.ask('putNotes', [notes]);
  }

  noteKeys(): Promise<string[]> {
    return this.ask('noteKeys', []);
  }

  forgetNotes(keys: string[]): Promise<void> {
    return this.ask('forgetNotes', [keys]);
  }

  prune(before: number, limit: number): Promise<number> {
    return this.ask('prune', [before, limit]);
  }

  /** All of what was asked at once was taken, or nothing: then whoever asked learns that it wasn't. */
  private async takenBefore(takings: Taking[], error: ThreadEnded): Promise<Taken[]> {
    const found = new Map((await this.inputs(takings.map(({ input }) => input.id))).map((input) => [input.id, input]));
    if (found.size === 0) throw error;
    return Promise.all(
      takings.map(async (taking): Promise<Taken> => {
        const input = found.get(taking.input.id);
        // Refused for its user_id, and so it is again, by its name.
        if (!input) return (await this.take([taking]))[0] ?? { taken: false, user_id: 0 };
        const { duplicate_of } = input;
        return duplicate_of === undefined
          ? { taken: true, sms: await this.recipients(input.id) }
          : { taken: true, sms: [], duplicate_of };
      }),
    );
  }

  // What is answered is what the method of the same name answers on the other side.
  private async ask<M extends Method>(method: M, args: unknown[]): Promise<Awaited<ReturnType<Store[M]>>> {
    return (await this.running().ask(method, args)) as Awaited<ReturnType<Store[M]>>;
  }

  private running(): StoreThread {
    if (!this.wanted) throw new StoreUnavailable('the store is closed');
    return this.thread ?? this.start().thread;
  }

  private start(): { thread: StoreThread; opened: Promise<void> } {
    const { program, file, driver, random } = this.options;
    const thread = new StoreThread(program, { file, driver, chance: random() }, () => {
      if (this.thread === thread) this.thread = undefined;
    });
    this.thread = thread;
    const opened = thread.ask('open', []) as Promise<void>;
    // Where nobody waits for it, the calls say themselves what is wrong with the file.
    opened.catch(() => undefined);
    return { thread, opened };
  }
}
