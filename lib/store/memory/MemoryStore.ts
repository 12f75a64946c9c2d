import type { Random } from '../../clock';
import { inSteps, KeyedMutex, Semaphore } from '../../concurrency';
import type { HeldCount } from '../heldCounts';
import type { JobCommand, JobList, JobScope, JobTally } from '../jobs';
import type { Priority, Stage, StoredInput, StoredSms, StoredSubmission, Submission } from '../records';
import {
  type BegunTo,
  type OutcomeParts,
  type PortCount,
  type PortSetCount,
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
import { randomUserId, startOfBlock } from '../userIds';
import { begunTo } from './begunTo';
import { chosenPortCounts, find } from './find';
import { heldCounts, listJobs } from './jobList';
import { commandJobs, firstExpiry, jobNames, jobTallies, withdrawStopped } from './jobs';
import { MemoryDue } from './MemoryDue';
import { firstOf, merge } from './merge';
import { comeBy } from './moments';
import { alphabetic } from './OrderedSet';
import { Shelves } from './Shelves';
import { takeOne } from './takeOne';

const closed = (): Error => new StoreUnavailable('the store is closed');

const MOST_FINISHED = 20_000;

/**
 * A {@link Store} in the memory of the process: where there is no database, and what the others are compared with. Each
 * call is done at once and whole, and costs no more than what it takes or gives back and the logarithm of what is
 * stored; only SMS that have expired and weren't yet changed are passed over one by one.
 */
export class MemoryStore extends MemoryDue implements Store {
  readonly durable = false;
  private readonly shelves = new Shelves();
  private readonly mostFinished: number;
  private readonly commands = new Semaphore({ places: 1, createAbortError: closed });
  /** A key must be claimed before the next input with it comes. */
  private readonly keys = new KeyedMutex<string>({ createAbortError: closed });
  private isOpen = false;
  private isForgetting = false;
  private lastId: number;
  private lastSubmission: number;
  private nextUserId: number;

  /**
   * @param options `firstId`: where its ids of SMS and submissions begin; `mostFinished`: SMS of finished inputs
   * without a key that are remembered, at about 1.6 KB each
   */
  constructor(options: { random: Random; firstId?: number; mostFinished?: number }) {
    super();
    const { random, firstId = 1, mostFinished = MOST_FINISHED } = options;
    this.mostFinished = mostFinished;
    this.lastId = firstId - 1;
    this.lastSubmission = firstId - 1;
    this.nextUserId = randomUserId(random);
  }

  async open(): Promise<void> {
    this.isOpen = true;
  }

  /** What is stored stays as long as this object does. */
  async close(): Promise<void> {
    this.isOpen = false;
  }

  /** Whether it has an input, open or not. */
  has = (input: string): boolean => this.shelves.inputs.get(input) !== undefined;

  async reserveUserIds(count: number): Promise<number> {
    this.mustBeOpen();
    const first = startOfBlock(this.nextUserId, count);
    this.nextUserId = first + count;
    return first;
  }

  /** @throws Error when an input with one of these ids was taken before; nothing is taken then */
  async take(takings: Taking[]): Promise<Taken[]> {
    const shelves = this.openShelves;
    const ids = new Set<string>();
    for (const { input } of takings) {
      if (ids.has(input.id) || shelves.inputs.get(input.id)) throw new Error(`the input ${input.id} was taken before`);
      ids.add(input.id);
    }
    const taken: Taken[] = [];
    for (const taking of takings) {
      const { gateway, key } = taking.input;
      const work = () => inSteps(takeOne(shelves, taking, (count) => this.reserveIds(count)));
      const one = key === undefined ? work() : this.keys.run(JSON.stringify([gateway, key]), async () => work());
      taken.push(one instanceof Promise ? await one : one);
    }
    return taken;
  }

  async waiting(query: WaitingQuery): Promise<StoredSms[]> {
    const shelves = this.openShelves;
    return shelves.many(firstOf(shelves.leaving(query), query.limit));
  }

  async begin(submission: Submission): Promise<StoredSms[]> {
    const shelves = this.openShelves;
    const shelf = shelves.gateway(submission.gateway);
    const own = submission.sms.filter((id) => shelves.get(id)?.gateway === shelf.name);
    const free = own.filter((id) => shelves.isFree(id));
    const begun = shelves.change(
      free.map((id) => ({ id, stage: 'submitting', sim: submission.sims?.[id] })),
      ['waiting'],
    );
    for (const { sim } of begun) shelves.usage.use(sim?.charges, submission.at);
    const { sims: _, ...kept } = submission;
    shelf.submissions.begin(
      ++this.lastSubmission,
      kept,
      begun.map(({ id }) => id),
    );
    return begun;
  }

  async change(changes: SmsChange[], from?: readonly Stage[]): Promise<StoredSms[]> {
    const changed = this.openShelves.change(changes, from);
    await this.forgetSurplus();
    return changed;
  }

  async sms(ids: number[]): Promise<StoredSms[]> {
    return this.openShelves.many(ids);
  }

  async find(gateways: string[], by: SmsCriterion): Promise<StoredSms[]> {
    const shelves = this.openShelves;
    return shelves.many(find(shelves, gateways, by));
  }

  async waitingCounts(gateways: string[], most: number, priority?: Priority): Promise<WaitingCount[]> {
    return this.openShelves.gateways(gateways).flatMap(({ name, stages, heldIds, pausedIds }) => {
      const ids = [stages.waiting, heldIds, pausedIds].map((all) => this.openShelves.withPriority(all, priority));
      const [count = 0, held = 0, paused = 0] = ids.map((all) => firstOf(all, most).length);
      return count > 0 ? [{ gateway: name, count, held: Math.min(most, held + paused) }] : [];
    });
  }

  async portSetCounts(gateways: string[]): Promise<PortSetCount[]> {
    return this.openShelves
      .gateways(gateways)
      .flatMap(({ name, portSetCounts }) =>
        [...portSetCounts].map(([portSet, count]) => ({ gateway: name, portSet, count })),
      );
  }

  async chosenPortCounts(gateways: string[]): Promise<PortCount[]> {
    return chosenPortCounts(this.openShelves, gateways);
  }

  usage = async (questions: UsageQuestion[], recipients: string[], now: number): Promise<Usage> =>
    this.openShelves.usage.read(questions, recipients, now);

  changeUsage = async (change: UsageChange): Promise<void> => this.openShelves.usage.change(change);

  async submissions(gateways: string[]): Promise<StoredSubmission[]> {
    const unsettled = this.openShelves.gateways(gateways).flatMap(({ submissions }) => submissions.unsettled);
    return unsettled.sort((a, b) => a.id - b.id);
  }

  async submittedSince(gateways: string[], since: number): Promise<{ count: number; oldest?: number }> {
    const begun = this.openShelves.gateways(gateways).map(({ submissions }) => submissions.momentsSince(since));
    const oldest = Math.min(...begun.map(([first = Number.POSITIVE_INFINITY]) => first));
    const count = begun.reduce((sum, { length }) => sum + length, 0);
    return count > 0 ? { count, oldest } : { count };
  }

  async begunTo(gateways: string[], tails: string[], since: number, most: number): Promise<BegunTo[]> {
    return begunTo(this.openShelves, gateways, tails, since, most);
  }

  async jobNames(gateways: string[], scope: JobScope, limit: number): Promise<string[]> {
    return jobNames(this.openShelves, gateways, scope, limit);
  }

  commandJobs(gateways: string[], scope: JobScope, command: JobCommand, now: number): Promise<string[]> {
    // What one says must be in its place before the next says something else.
    return this.commands.run(() => commandJobs(this.openShelves, gateways, scope, { command, now }));
  }

  async withdrawStopped(gateways: string[], page: SmsPage, at: number): Promise<StoredSms[]> {
    return withdrawStopped(this.openShelves, gateways, page, at);
  }

  async jobTallies(gateways: string[], jobs: string[]): Promise<JobTally[]> {
    return jobTallies(this.openShelves, gateways, jobs);
  }

  async listJobs(gateway: string, limit: number): Promise<JobList> {
    return listJobs(this.openShelves, gateway, limit);
  }

  async heldCounts(gateway: string, most: number): Promise<HeldCount[]> {
    return heldCounts(this.openShelves, gateway, most);
  }

  async firstExpiry(gateways: string[], jobs: string[]): Promise<number | undefined> {
    return firstExpiry(this.openShelves, gateways, jobs);
  }

  async inputs(ids: string[]): Promise<StoredInput[]> {
    return this.openShelves.inputs.records(ids);
  }

  async recipients(input: string, limit?: number): Promise<StoredSms[]> {
    return this.openShelves.many((this.shelves.inputs.get(input)?.sms ?? []).slice(0, limit));
  }

  async outcomes(ids: string[]): Promise<OutcomeParts[]> {
    const shelves = this.openShelves;
    const open = shelves.inputs.records(ids).filter(({ closed_at }) => closed_at === 0);
    return open.map((input) => {
      const [first = input] = shelves.inputs.records(input.duplicate_of === undefined ? [] : [input.duplicate_of]);
      return { input, first, recipients: shelves.many(shelves.inputs.get(first.id)?.sms ?? []) };
    });
  }

  async inputsDue(gateways: string[], now: number, limit: number): Promise<StoredInput[]> {
    const { inputs } = this.openShelves;
    const waits = inputs.gateways(gateways).map((gateway) => gateway.waits);
    return inputs.records(comeBy(waits, now, limit));
  }

  async openInputs(gateways: string[], after: string, limit: number): Promise<StoredInput[]> {
    const { inputs } = this.openShelves;
    const open = inputs.gateways(gateways).map((gateway) => gateway.open.items(after));
    return inputs.records(firstOf(merge(open, alphabetic), limit));
  }

  async prolong(ids: string[], wait_until: number): Promise<void> {
    const { inputs } = this.openShelves;
    for (const id of ids) inputs.prolong(id, wait_until);
  }

  async closeInputs(ids: string[], at: number): Promise<string[]> {
    const { inputs } = this.openShelves;
    for (const id of ids) inputs.close(id, at);
    const waiting = [...new Set(ids)].flatMap((id) => [...inputs.duplicatesOf(id)]);
    await this.forgetSurplus();
    return waiting;
  }

  async prune(before: number, limit: number): Promise<number> {
    const shelves = this.openShelves;
    const old = firstOf(shelves.inputs.prunable, limit, ({ at }) => at < before);
    for (const { id } of old) await inSteps(shelves.forgetInput(id));
    shelves.usage.prune(before);
    return old.length;
  }

  private reserveIds(count: number): number {
    this.lastId += count;
    return this.lastId - count + 1;
  }

  /**
   * Of what is over only so much is kept: a week of a busy gateway would fill the memory. It goes in steps; who comes meanwhile
   * doesn't wait for that.
   */
  private async forgetSurplus(): Promise<void> {
    const { inputs } = this.shelves;
    if (this.isForgetting) return;
    this.isForgetting = true;
    try {
      while (inputs.keylessSms > this.mostFinished) {
        const [oldest] = firstOf(inputs.keyless, 1);
        if (!oldest) return;
        await inSteps(this.shelves.forgetInput(oldest.id));
      }
    } finally {
      this.isForgetting = false;
    }
  }

  /** What is kept, to a caller that may have it. */
  protected override get openShelves(): Shelves {
    this.mustBeOpen();
    return this.shelves;
  }

  private mustBeOpen(): void {
    if (!this.isOpen) throw closed();
  }
}
