import { addHeldCounts, type HeldCount } from '../heldCounts';
import { addTallies, type JobCommand, type JobList, type JobScope, type JobTally, listOf } from '../jobs';
import {
  PRIORITY_RANK,
  type Priority,
  type Stage,
  type StoredInput,
  type StoredSms,
  type StoredSubmission,
  type Submission,
} from '../records';
import {
  type BegunTo,
  DUE_KINDS,
  type DueKind,
  type NextDue,
  type OutcomeParts,
  type PortCount,
  type PortSetCount,
  type Safety,
  type SmsChange,
  type SmsCriterion,
  type Store,
  type Taken,
  type Taking,
  type WaitingCount,
  type WaitingQuery,
} from '../store';
import { beginInMemory, changeInMemory } from './charges';
import { DurableCalls } from './DurableCalls';
import { inOrder, soonest } from './merged';

export interface RoutedStoreOptions {
  durable: Store;
  /** Its ids begin at {@link FIRST_MEMORY_ID}: an id tells where an SMS is. */
  memory: Store;
  /** Whether what a gateway node takes from now on is to stay in memory. */
  isInMemory: (gateway: string) => boolean;
}

/** Above every id that a durable store gives out. */
export const FIRST_MEMORY_ID = 2 ** 51;

/**
 * Two stores as one: a gateway node's choice decides where its SMS are taken, and what the other one still holds is
 * finished from there (contract, dinstar-store).
 */
export class RoutedStore extends DurableCalls implements Store {
  readonly durable = true;
  private readonly parts: readonly [Store, Store];

  constructor(private readonly options: RoutedStoreOptions) {
    super(options.durable);
    this.parts = [options.durable, options.memory];
  }

  async open(): Promise<void> {
    // Side by side: what is in memory is there at once, and also when the file can’t be opened.
    await Promise.all(this.parts.map((part) => part.open()));
  }

  async close(): Promise<void> {
    for (const part of this.parts) await part.close();
  }

  async take(takings: Taking[]): Promise<Taken[]> {
    const isHere = takings.map(({ input }) => this.options.isInMemory(input.gateway));
    const [durable, memory] = [false, true].map((here) => takings.filter((_, place) => isHere[place] === here));
    const taken = [await takeIn(this.options.durable, durable), await takeIn(this.options.memory, memory)] as const;
    return isHere.flatMap((here) => taken[here ? 1 : 0].shift() ?? []);
  }

  async waiting(query: WaitingQuery): Promise<StoredSms[]> {
    const found = await this.all((part) => part.waiting(query));
    const rank = (sms: StoredSms): number => PRIORITY_RANK[sms.priority];
    return found.sort((one, other) => rank(one) - rank(other) || one.id - other.id).slice(0, query.limit);
  }

  async begin(submission: Submission): Promise<StoredSms[]> {
    const begun = this.split(submission.sms, (id) => id).map(([part, sms]) => {
      if (sms.length === 0) return [];
      const own = { ...submission, sms };
      return part === this.options.memory ? beginInMemory(part, own, this) : part.begin(own);
    });
    return (await Promise.all(begun)).flat();
  }

  async change(changes: SmsChange[], from?: readonly Stage[], safety?: Safety): Promise<StoredSms[]> {
    const changed = this.split(changes, ({ id }) => id).map(([part, own]) => {
      if (own.length === 0) return [];
      return part === this.options.memory
        ? changeInMemory(part, this, own, from, safety)
        : part.change(own, from, safety);
    });
    return (await Promise.all(changed)).flat();
  }

  async sms(ids: number[]): Promise<StoredSms[]> {
    const found = this.split(ids, (id) => id).map(([part, own]) => (own.length > 0 ? part.sms(own) : []));
    return inOrder((await Promise.all(found)).flat(), ids);
  }

  async find(gateways: string[], by: SmsCriterion): Promise<StoredSms[]> {
    const found = await this.all((part) => part.find(gateways, by));
    return 'limit' in by ? found.slice(0, by.limit) : found;
  }

  async due(gateways: string[], now: number, limit: number): Promise<StoredSms[]> {
    const found = await this.all((part) => part.due(gateways, now, limit));
    return found.sort((one, other) => one.poll_at - other.poll_at).slice(0, limit);
  }

  async nextDue(gateways: string[], kinds: readonly DueKind[] = DUE_KINDS): Promise<NextDue> {
    const [one = {}, other = {}] = await Promise.all(this.parts.map((part) => part.nextDue(gateways, kinds)));
    return Object.assign({}, ...kinds.map((kind) => soonest(kind, one, other)));
  }

  async expired(gateways: string[], now: number, limit: number): Promise<StoredSms[]> {
    const found = await this.all((part) => part.expired(gateways, now, limit));
    return found.sort((one, other) => one.expires_at - other.expires_at).slice(0, limit);
  }

  async heldDue(gateways: string[], now: number, limit: number): Promise<StoredSms[]> {
    const found = await this.all((part) => part.heldDue(gateways, now, limit));
    const rank = (sms: StoredSms): number => PRIORITY_RANK[sms.priority];
    return found.sort((one, other) => rank(one) - rank(other) || one.due_at - other.due_at).slice(0, limit);
  }

  async standbyDue(gateways: string[], now: number, limit: number): Promise<StoredSms[]> {
    const found = await this.all((part) => part.standbyDue(gateways, now, limit));
    return found.sort((one, other) => one.poll_at - other.poll_at).slice(0, limit);
  }

  async waitingCounts(gateways: string[], most: number, priority?: Priority): Promise<WaitingCount[]> {
    const counts = new Map<string, WaitingCount>();
    for (const one of await this.all((part) => part.waitingCounts(gateways, most, priority))) {
      const { count = 0, held = 0 } = counts.get(one.gateway) ?? {};
      const both = { count: Math.min(most, count + one.count), held: Math.min(most, held + one.held) };
      counts.set(one.gateway, { gateway: one.gateway, ...both });
    }
    return [...counts.values()];
  }

  portSetCounts(gateways: string[]): Promise<PortSetCount[]> {
    return this.all((part) => part.portSetCounts(gateways));
  }

  async chosenPortCounts(gateways: string[]): Promise<PortCount[]> {
    const counts = new Map<number, number>();
    for (const { port, count } of await this.all((part) => part.chosenPortCounts(gateways))) {
      counts.set(port, (counts.get(port) ?? 0) + count);
    }
    return [...counts].sort(([one], [other]) => one - other).map(([port, count]) => ({ port, count }));
  }

  submissions(gateways: string[]): Promise<StoredSubmission[]> {
    return this.all((part) => part.submissions(gateways));
  }

  async submittedSince(gateways: string[], since: number): Promise<{ count: number; oldest?: number }> {
    const found = await Promise.all(this.parts.map((part) => part.submittedSince(gateways, since)));
    const oldest = found.flatMap((one) => one.oldest ?? []);
    const count = found.reduce((sum, one) => sum + one.count, 0);
    return oldest.length > 0 ? { count, oldest: Math.min(...oldest) } : { count };
  }

  begunTo(gateways: string[], tails: string[], since: number, most: number): Promise<BegunTo[]> {
    return this.all((part) => part.begunTo(gateways, tails, since, most));
  }

  async jobNames(gateways: string[], scope: JobScope, limit: number): Promise<string[]> {
    const names = await this.all((part) => part.jobNames(gateways, scope, limit));
    return [...new Set(names)].slice(0, limit);
  }

  async commandJobs(gateways: string[], scope: JobScope, command: JobCommand, now: number): Promise<string[]> {
    return [...new Set(await this.all((part) => part.commandJobs(gateways, scope, command, now)))];
  }

  /** A job may have SMS in both, where its gateway node has chosen anew. */
  async jobTallies(gateways: string[], jobs: string[]): Promise<JobTally[]> {
    const tallies = new Map<string, JobTally>();
    for (const one of await this.all((part) => part.jobTallies(gateways, jobs))) {
      const key = JSON.stringify([one.gateway, one.job]);
      const other = tallies.get(key);
      tallies.set(key, other ? addTallies(one, other) : one);
    }
    return [...tallies.values()];
  }

  async listJobs(gateway: string, limit: number): Promise<JobList> {
    const [one, other] = await Promise.all(this.parts.map((part) => part.listJobs(gateway, limit)));
    if (!one || !other?.jobs.length) return one ?? { jobs: [], waiting: 0 };
    if (one.jobs.length === 0) return other;
    const newest = [...one.jobs, ...other.jobs].sort((a, b) => b.taken_at - a.taken_at);
    const { jobs } = listOf(
      newest.filter(({ waits }) => waits),
      newest,
      limit,
    );
    return { jobs, waiting: one.waiting + other.waiting };
  }

  async heldCounts(gateway: string, most: number): Promise<HeldCount[]> {
    const [one = [], other = []] = await Promise.all(this.parts.map((part) => part.heldCounts(gateway, most)));
    return addHeldCounts(one, other);
  }

  async firstExpiry(gateways: string[], jobs: string[]): Promise<number | undefined> {
    const moments = await this.all(async (part) => (await part.firstExpiry(gateways, jobs)) ?? []);
    return moments.length > 0 ? Math.min(...moments) : undefined;
  }

  async inputs(ids: string[]): Promise<StoredInput[]> {
    return inOrder(await this.byInput(ids, (part, own) => part.inputs(own)), ids);
  }

  recipients(input: string, limit?: number): Promise<StoredSms[]> {
    return this.byInput([input], (part) => part.recipients(input, limit));
  }

  async outcomes(ids: string[]): Promise<OutcomeParts[]> {
    const found = await this.byInput(ids, (part, own) => part.outcomes(own));
    const byId = new Map(found.map((parts) => [parts.input.id, parts]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }

  async inputsDue(gateways: string[], now: number, limit: number): Promise<StoredInput[]> {
    const found = await this.all((part) => part.inputsDue(gateways, now, limit));
    return found.sort((one, other) => one.wait_until - other.wait_until).slice(0, limit);
  }

  async openInputs(gateways: string[], after: string, limit: number): Promise<StoredInput[]> {
    const found = await this.all((part) => part.openInputs(gateways, after, limit));
    return found.sort((one, other) => (one.id < other.id ? -1 : 1)).slice(0, limit);
  }

  async prolong(ids: string[], wait_until: number): Promise<void> {
    await Promise.all(this.parts.map((part) => part.prolong(ids, wait_until)));
  }

  closeInputs(ids: string[], at: number): Promise<string[]> {
    return this.byInput(ids, (part, own) => part.closeInputs(own, at));
  }

  async prune(before: number, limit: number): Promise<number> {
    const gone = await Promise.all(this.parts.map((part) => part.prune(before, limit)));
    return gone.reduce((sum, one) => sum + one, 0);
  }

  private async all<T>(ask: (part: Store) => Promise<T | T[]>): Promise<T[]> {
    return (await Promise.all(this.parts.map(ask))).flat() as T[];
  }

  /** What is in memory is known at once: nobody else is asked for it. */
  private async byInput<T>(ids: string[], ask: (part: Store, ids: string[]) => Promise<T[]>): Promise<T[]> {
    const { durable, memory } = this.options;
    const here = new Set((await memory.inputs(ids)).map(({ id }) => id));
    const own = ids.filter((id) => here.has(id));
    const others = ids.filter((id) => !here.has(id));
    const found = [own.length > 0 ? ask(memory, own) : [], others.length > 0 ? ask(durable, others) : []];
    return (await Promise.all(found)).flat();
  }

  private split<T>(items: readonly T[], idOf: (item: T) => number): [Store, T[]][] {
    const isHere = (item: T): boolean => idOf(item) >= FIRST_MEMORY_ID;
    return [
      [this.options.durable, items.filter((item) => !isHere(item))],
      [this.options.memory, items.filter(isHere)],
    ];
  }
}

const takeIn = (part: Store, takings: Taking[] = []): Promise<Taken[]> =>
  takings.length > 0 ? part.take(takings) : Promise.resolve([]);
