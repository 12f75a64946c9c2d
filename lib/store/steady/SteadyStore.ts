import type { Clock } from '../../clock';
import { inSteps, mapped } from '../../concurrency';
import type { JobCommand, JobList, JobScope } from '../jobs';
import type { Stage, StoredInput, StoredSms, StoredSubmission, Submission } from '../records';
import type {
  BegunTo,
  DueKind,
  NextDue,
  OutcomeParts,
  Safety,
  SmsChange,
  SmsCriterion,
  SmsPage,
  Store,
  Taken,
  Taking,
  WaitingQuery,
} from '../store';
import type { Usage, UsageChange, UsageQuestion } from '../usage';
import { NotedTime } from './NotedTime';
import { Shift } from './Shift';
import { shiftedChange, shiftedInput, shiftedSms, shiftedSubmission, shiftedTaking } from './shifted';
import { shiftedUsage, shiftedUsageChange } from './shiftedUsage';
import type { TimeBase } from './TimeBase';
import { TimelessCalls } from './TimelessCalls';

/**
 * A store in which a step of the wall clock ages nothing (docs/decisions/0028). Its callers give and get moments by the wall
 * clock; they are kept by one that never steps, and what lies between the two is one number, kept beside them.
 */
export class SteadyStore extends TimelessCalls implements Store {
  readonly durable: boolean;
  private readonly shift: Shift;

  constructor(inner: Store, clock: Clock, time: TimeBase = new NotedTime(inner)) {
    super(inner);
    this.durable = inner.durable;
    this.shift = new Shift(time, clock);
  }

  async open(): Promise<void> {
    this.shift.begin();
    await this.inner.open();
    await this.shift.reading();
  }

  async close(): Promise<void> {
    await this.shift.end();
    await this.inner.close();
  }

  async take(takings: Taking[]): Promise<Taken[]> {
    const by = await this.shift.writing();
    const shifted = by === 0 ? takings : await Promise.all(takings.map((one) => inSteps(shiftedTaking(one, -by))));
    const taken = await this.inner.take(shifted);
    if (this.shift.current() === 0) return taken;
    const shown = async (one: Taken): Promise<Taken> =>
      'sms' in one ? ({ ...one, sms: await this.manyShown(one.sms) } as Taken) : one;
    return Promise.all(taken.map(shown));
  }

  async waiting(query: WaitingQuery): Promise<StoredSms[]> {
    const by = await this.shift.reading();
    return this.shown(await this.inner.waiting({ ...query, now: query.now - by }));
  }

  async begin(submission: Submission): Promise<StoredSms[]> {
    const by = await this.shift.writing();
    return this.shown(await this.inner.begin(shiftedSubmission(submission, -by)));
  }

  async change(changes: SmsChange[], from?: readonly Stage[], safety?: Safety): Promise<StoredSms[]> {
    const by = await this.shift.writing();
    const kept = by === 0 ? changes : changes.map((change) => shiftedChange(change, -by));
    return this.shown(await this.inner.change(kept, from, safety));
  }

  async sms(ids: number[]): Promise<StoredSms[]> {
    await this.shift.reading();
    return this.shown(await this.inner.sms(ids));
  }

  async find(gateways: string[], by: SmsCriterion): Promise<StoredSms[]> {
    await this.shift.reading();
    return this.shown(await this.inner.find(gateways, by));
  }

  async due(gateways: string[], now: number, limit: number): Promise<StoredSms[]> {
    const by = await this.shift.reading();
    return this.shown(await this.inner.due(gateways, now - by, limit));
  }

  async nextDue(gateways: string[], kinds?: readonly DueKind[]): Promise<NextDue> {
    await this.shift.reading();
    const { held, ...due } = await this.inner.nextDue(gateways, kinds);
    const by = this.shift.current();
    const shown = Object.fromEntries(Object.entries(due).map(([what, at]) => [what, at + by]));
    return { ...shown, ...(held !== undefined && { held }) };
  }

  async expired(gateways: string[], now: number, limit: number): Promise<StoredSms[]> {
    const by = await this.shift.reading();
    return this.shown(await this.inner.expired(gateways, now - by, limit));
  }

  // What is held waits for a moment of the wall clock.
  async heldDue(gateways: string[], now: number, limit: number): Promise<StoredSms[]> {
    await this.shift.reading();
    return this.shown(await this.inner.heldDue(gateways, now, limit));
  }

  async standbyDue(gateways: string[], now: number, limit: number): Promise<StoredSms[]> {
    const by = await this.shift.reading();
    return this.shown(await this.inner.standbyDue(gateways, now - by, limit));
  }

  async commandJobs(gateways: string[], scope: JobScope, command: JobCommand, now: number): Promise<string[]> {
    const by = await this.shift.writing();
    return this.inner.commandJobs(gateways, scope, command, now - by);
  }

  async withdrawStopped(gateways: string[], page: SmsPage, at: number): Promise<StoredSms[]> {
    const by = await this.shift.writing();
    return this.manyShown(await this.inner.withdrawStopped(gateways, page, at - by));
  }

  async usage(questions: UsageQuestion[], recipients: string[], now: number): Promise<Usage> {
    const by = await this.shift.reading();
    return shiftedUsage(await this.inner.usage(questions, recipients, now - by), this.shift.current());
  }

  async changeUsage(change: UsageChange, under?: readonly string[]): Promise<void> {
    const by = await this.shift.writing();
    await this.inner.changeUsage(shiftedUsageChange(change, -by), under);
  }

  async submissions(gateways: string[]): Promise<StoredSubmission[]> {
    await this.shift.reading();
    const found = await this.inner.submissions(gateways);
    const by = this.shift.current();
    return found.map((submission) => ({ ...submission, at: submission.at + by }));
  }

  async submittedSince(gateways: string[], since: number): Promise<{ count: number; oldest?: number }> {
    const by = await this.shift.reading();
    const { count, oldest } = await this.inner.submittedSince(gateways, since - by);
    return oldest === undefined ? { count } : { count, oldest: oldest + this.shift.current() };
  }

  async listJobs(gateway: string, limit: number): Promise<JobList> {
    await this.shift.reading();
    const { jobs, ...more } = await this.inner.listJobs(gateway, limit);
    const by = this.shift.current();
    return { ...more, jobs: jobs.map((one) => ({ ...one, taken_at: one.taken_at + by })) };
  }

  async begunTo(gateways: string[], tails: string[], since: number, most: number): Promise<BegunTo[]> {
    const by = await this.shift.reading();
    const found = await this.inner.begunTo(gateways, tails, since - by, most);
    return found.map((one) => ({ ...one, newest: one.newest.map(({ id, at }) => ({ id, at: at + by })) }));
  }

  async firstExpiry(gateways: string[], jobs: string[]): Promise<number | undefined> {
    await this.shift.reading();
    const first = await this.inner.firstExpiry(gateways, jobs);
    return first === undefined ? undefined : first + this.shift.current();
  }

  async inputs(ids: string[]): Promise<StoredInput[]> {
    await this.shift.reading();
    return this.shownInputs(await this.inner.inputs(ids));
  }

  async recipients(input: string, limit?: number): Promise<StoredSms[]> {
    await this.shift.reading();
    return this.manyShown(await this.inner.recipients(input, limit));
  }

  async outcomes(ids: string[]): Promise<OutcomeParts[]> {
    const by = await this.shift.reading();
    if (by === 0) return this.inner.outcomes(ids);
    const shown = async ({ input, first, recipients }: OutcomeParts): Promise<OutcomeParts> => {
      const inputs = { input: shiftedInput(input, by), first: shiftedInput(first, by) };
      return { ...inputs, recipients: await this.manyShown(recipients) };
    };
    return Promise.all((await this.inner.outcomes(ids)).map(shown));
  }

  async inputsDue(gateways: string[], now: number, limit: number): Promise<StoredInput[]> {
    const by = await this.shift.reading();
    return this.shownInputs(await this.inner.inputsDue(gateways, now - by, limit));
  }

  async openInputs(gateways: string[], after: string, limit: number): Promise<StoredInput[]> {
    await this.shift.reading();
    return this.shownInputs(await this.inner.openInputs(gateways, after, limit));
  }

  async prolong(ids: string[], wait_until: number): Promise<void> {
    const by = await this.shift.writing();
    await this.inner.prolong(ids, wait_until - by);
  }

  async closeInputs(ids: string[], at: number): Promise<string[]> {
    const by = await this.shift.writing();
    return this.inner.closeInputs(ids, at - by);
  }

  async prune(before: number, limit: number): Promise<number> {
    const by = await this.shift.writing();
    return this.inner.prune(before - by, limit);
  }

  private shown(sms: StoredSms[]): StoredSms[] {
    const by = this.shift.current();
    return by === 0 ? sms : sms.map((one) => shiftedSms(one, by));
  }

  /** As {@link shown}, in steps: an input may have a hundred thousand. */
  private async manyShown(sms: StoredSms[]): Promise<StoredSms[]> {
    return inSteps(mapped(sms, (one) => shiftedSms(one, this.shift.current())));
  }

  private shownInputs(inputs: StoredInput[]): StoredInput[] {
    const by = this.shift.current();
    return by === 0 ? inputs : inputs.map((input) => shiftedInput(input, by));
  }
}
