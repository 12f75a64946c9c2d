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
  type SmsPage,
  type Store,
  StoreUnavailable,
  type Taken,
  type Taking,
  type WaitingCount,
  type WaitingQuery,
} from '../store';
import { beginBeside, changeBeside } from './charges';
import { inOrder, soonest } from './merged';
import { RoutedParts } from './RoutedParts';

/**
 * Two stores as one: a gateway node's choice decides where its SMS are taken, and what the other one still holds is
 * finished from there (contract, dinstar-store).
 */
export class RoutedStore extends RoutedParts implements Store {
  readonly durable = true;

  async open(): Promise<void> {
    // Side by side: what is near is there at once, and also when the durable one can’t be opened.
    await Promise.all(this.partsOpened.map((part) => part.open()));
  }

  async close(): Promise<void> {
    for (const part of this.partsOpened) await part.close();
  }

  async take(takings: Taking[]): Promise<Taken[]> {
    const { near, isNear, getDurable } = this.options;
    const isHere = takings.map(({ input }) => isNear(input.gateway));
    const [there, here] = [false, true].map((wanted) => takings.filter((_, place) => isHere[place] === wanted));
    const taken = [await takeIn(getDurable(), there), await takeIn(near, here)] as const;
    return isHere.flatMap((here) => taken[here ? 1 : 0].shift() ?? []);
  }

  async waiting(query: WaitingQuery): Promise<StoredSms[]> {
    const found = await this.all(query.gateways, (part) => part.waiting(query));
    const rank = (sms: StoredSms): number => PRIORITY_RANK[sms.priority];
    return found.sort((one, other) => rank(one) - rank(other) || one.id - other.id).slice(0, query.limit);
  }

  begin(submission: Submission): Promise<StoredSms[]> {
    return this.byId(
      submission.sms,
      (id) => id,
      (part, sms) => {
        const own = { ...submission, sms };
        return part === this.home ? part.begin(own) : beginBeside(part, own, this);
      },
    );
  }

  change(changes: SmsChange[], from?: readonly Stage[], safety?: Safety): Promise<StoredSms[]> {
    return this.byId(
      changes,
      ({ id }) => id,
      (part, own) =>
        part === this.home ? part.change(own, from, safety) : changeBeside(part, this, own, from, safety),
    );
  }

  async sms(ids: number[]): Promise<StoredSms[]> {
    const found = await this.byId(
      ids,
      (id) => id,
      (part, own) => part.sms(own),
    );
    return this.parts.length > 1 ? inOrder(found, ids, ({ id }) => id) : found;
  }

  async find(gateways: string[], by: SmsCriterion): Promise<StoredSms[]> {
    const found = await this.all(gateways, (part) => part.find(gateways, by));
    return 'limit' in by ? found.slice(0, by.limit) : found;
  }

  async due(gateways: string[], now: number, limit: number): Promise<StoredSms[]> {
    const found = await this.all(gateways, (part) => part.due(gateways, now, limit));
    return found.sort((one, other) => one.poll_at - other.poll_at).slice(0, limit);
  }

  async nextDue(gateways: string[], kinds: readonly DueKind[] = DUE_KINDS): Promise<NextDue> {
    const [one = {}, other = {}] = await Promise.all(
      this.partsOf(gateways).map((part) => part.nextDue(gateways, kinds)),
    );
    return Object.assign({}, ...kinds.map((kind) => soonest(kind, one, other)));
  }

  async expired(gateways: string[], now: number, limit: number): Promise<StoredSms[]> {
    const found = await this.all(gateways, (part) => part.expired(gateways, now, limit));
    return found.sort((one, other) => one.expires_at - other.expires_at).slice(0, limit);
  }

  async heldDue(gateways: string[], now: number, limit: number): Promise<StoredSms[]> {
    const found = await this.all(gateways, (part) => part.heldDue(gateways, now, limit));
    const rank = (sms: StoredSms): number => PRIORITY_RANK[sms.priority];
    return found.sort((one, other) => rank(one) - rank(other) || one.due_at - other.due_at).slice(0, limit);
  }

  async standbyDue(gateways: string[], now: number, limit: number): Promise<StoredSms[]> {
    const found = await this.all(gateways, (part) => part.standbyDue(gateways, now, limit));
    return found.sort((one, other) => one.poll_at - other.poll_at).slice(0, limit);
  }

  async waitingCounts(gateways: string[], most: number, priority?: Priority): Promise<WaitingCount[]> {
    const counts = new Map<string, WaitingCount>();
    for (const one of await this.all(gateways, (part) => part.waitingCounts(gateways, most, priority))) {
      const { count = 0, held = 0 } = counts.get(one.gateway) ?? {};
      const both = { count: Math.min(most, count + one.count), held: Math.min(most, held + one.held) };
      counts.set(one.gateway, { gateway: one.gateway, ...both });
    }
    return [...counts.values()];
  }

  portSetCounts(gateways: string[]): Promise<PortSetCount[]> {
    return this.all(gateways, (part) => part.portSetCounts(gateways));
  }

  async chosenPortCounts(gateways: string[]): Promise<PortCount[]> {
    const counts = new Map<number, number>();
    for (const { port, count } of await this.all(gateways, (part) => part.chosenPortCounts(gateways))) {
      counts.set(port, (counts.get(port) ?? 0) + count);
    }
    return [...counts].sort(([one], [other]) => one - other).map(([port, count]) => ({ port, count }));
  }

  submissions(gateways: string[]): Promise<StoredSubmission[]> {
    return this.all(gateways, (part) => part.submissions(gateways));
  }

  async submittedSince(gateways: string[], since: number): Promise<{ count: number; oldest?: number }> {
    const found = await Promise.all(this.partsOf(gateways).map((part) => part.submittedSince(gateways, since)));
    const oldest = found.flatMap((one) => one.oldest ?? []);
    const count = found.reduce((sum, one) => sum + one.count, 0);
    return oldest.length > 0 ? { count, oldest: Math.min(...oldest) } : { count };
  }

  begunTo(gateways: string[], tails: string[], since: number, most: number): Promise<BegunTo[]> {
    return this.all(gateways, (part) => part.begunTo(gateways, tails, since, most));
  }

  async jobNames(gateways: string[], scope: JobScope, limit: number): Promise<string[]> {
    const names = await this.all(gateways, (part) => part.jobNames(gateways, scope, limit));
    return [...new Set(names)].slice(0, limit);
  }

  async commandJobs(gateways: string[], scope: JobScope, command: JobCommand, now: number): Promise<string[]> {
    return [...new Set(await this.all(gateways, (part) => part.commandJobs(gateways, scope, command, now)))];
  }

  /** One part after the other, which lie in the order of their ids: both together mustn't withdraw more than a page. */
  async withdrawStopped(gateways: string[], { after, limit }: SmsPage, at: number): Promise<StoredSms[]> {
    const withdrawn: StoredSms[] = [];
    for (const part of this.partsOf(gateways)) {
      const left = limit - withdrawn.length;
      if (left > 0) withdrawn.push(...(await part.withdrawStopped(gateways, { after, limit: left }, at)));
    }
    return withdrawn;
  }

  /** A job may have SMS in both, where its gateway node has chosen anew. */
  async jobTallies(gateways: string[], jobs: string[]): Promise<JobTally[]> {
    const tallies = new Map<string, JobTally>();
    for (const one of await this.all(gateways, (part) => part.jobTallies(gateways, jobs))) {
      const key = JSON.stringify([one.gateway, one.job]);
      const other = tallies.get(key);
      tallies.set(key, other ? addTallies(one, other) : one);
    }
    return [...tallies.values()];
  }

  async listJobs(gateway: string, limit: number): Promise<JobList> {
    const [one, other] = await Promise.all(this.partsOf([gateway]).map((part) => part.listJobs(gateway, limit)));
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
    const [one = [], other = []] = await Promise.all(
      this.partsOf([gateway]).map((part) => part.heldCounts(gateway, most)),
    );
    return addHeldCounts(one, other);
  }

  async firstExpiry(gateways: string[], jobs: string[]): Promise<number | undefined> {
    const moments = await this.all(gateways, async (part) => (await part.firstExpiry(gateways, jobs)) ?? []);
    return moments.length > 0 ? Math.min(...moments) : undefined;
  }

  inputs(ids: string[]): Promise<StoredInput[]> {
    return this.byInput(
      ids,
      (part, own) => part.inputs(own),
      ({ id }) => id,
    );
  }

  recipients(input: string, limit?: number): Promise<StoredSms[]> {
    return this.byInput([input], (part) => part.recipients(input, limit));
  }

  outcomes(ids: string[]): Promise<OutcomeParts[]> {
    return this.byInput(
      ids,
      (part, own) => part.outcomes(own),
      ({ input }) => input.id,
    );
  }

  async inputsDue(gateways: string[], now: number, limit: number): Promise<StoredInput[]> {
    const found = await this.all(gateways, (part) => part.inputsDue(gateways, now, limit));
    return found.sort((one, other) => one.wait_until - other.wait_until).slice(0, limit);
  }

  async openInputs(gateways: string[], after: string, limit: number): Promise<StoredInput[]> {
    const found = await this.all(gateways, (part) => part.openInputs(gateways, after, limit));
    return found.sort((one, other) => (one.id < other.id ? -1 : 1)).slice(0, limit);
  }

  async prolong(ids: string[], wait_until: number): Promise<void> {
    await Promise.all(this.partsOf([]).map((part) => part.prolong(ids, wait_until)));
  }

  closeInputs(ids: string[], at: number): Promise<string[]> {
    return this.byInput(ids, (part, own) => part.closeInputs(own, at));
  }

  async prune(before: number, limit: number): Promise<number> {
    const gone = await Promise.all(this.partsOf([]).map((part) => part.prune(before, limit)));
    return gone.reduce((sum, one) => sum + one, 0);
  }
}

async function takeIn(part: Store | undefined, takings: Taking[] = []): Promise<Taken[]> {
  if (takings.length === 0) return [];
  if (!part) throw new StoreUnavailable('The store that the gateway has chosen is not there');
  return part.take(takings);
}
