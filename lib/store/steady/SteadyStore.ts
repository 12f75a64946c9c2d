import type { Clock, Timer } from '../../clock';
import { inSteps, mapped } from '../../concurrency';
import type { JobCommand, JobList, JobScope } from '../jobs';
import { noteKeys } from '../noteKeys';
import type { Stage, StoredInput, StoredSms, StoredSubmission, Submission } from '../records';
import type {
  BegunTo,
  DueKind,
  NextDue,
  OutcomeParts,
  Safety,
  SmsChange,
  SmsCriterion,
  Store,
  Taken,
  Taking,
  WaitingQuery,
} from '../store';
import type { Usage, UsageChange, UsageQuestion } from '../usage';
import { ClockSteps } from './ClockSteps';
import { shiftedChange, shiftedInput, shiftedSms, shiftedSubmission, shiftedTaking } from './shifted';
import { shiftedUsage, shiftedUsageChange } from './shiftedUsage';
import { TimelessCalls } from './TimelessCalls';

/** How old the note of the time may get while things are stored, and how often a step is looked for, in ms. */
const NOTE_MAX_AGE_MS = 60_000;
const STEP_CHECK_INTERVAL_MS = 10_000;

/** What is noted: what is to be added to a stored moment, and what the wall clock showed then. */
interface Noted {
  shift: number;
  at: number;
}

/**
 * A store in which a step of the wall clock ages nothing (docs/decisions/0028). Its callers give and get moments by the wall
 * clock; they are kept by one that never steps, and what lies between the two is one number, kept beside them. Where the clock
 * shows less than it did when a former process stored something last, it has been set back: no time has passed.
 */
export class SteadyStore extends TimelessCalls implements Store {
  readonly durable: boolean;
  private readonly steps: ClockSteps;
  private shift = 0;
  /** When the note was last written (monotonic, in ms). */
  private notedAt = Number.NEGATIVE_INFINITY;
  private loaded: Promise<void> | undefined;
  private timer: Timer | undefined;

  constructor(
    inner: Store,
    private readonly clock: Clock,
  ) {
    super(inner);
    this.durable = inner.durable;
    this.steps = new ClockSteps(clock);
  }

  async open(): Promise<void> {
    this.loaded = undefined;
    this.timer?.cancel();
    this.watch();
    await this.inner.open();
    await this.reading();
  }

  async close(): Promise<void> {
    this.timer?.cancel();
    if (this.loaded !== undefined) {
      this.current();
      await this.note();
    }
    await this.inner.close();
  }

  async take(takings: Taking[]): Promise<Taken[]> {
    const by = await this.writing();
    const shifted = await Promise.all(takings.map((taking) => inSteps(shiftedTaking(taking, -by))));
    const shown = async (one: Taken): Promise<Taken> =>
      'sms' in one ? ({ ...one, sms: await this.manyShown(one.sms) } as Taken) : one;
    return Promise.all((await this.inner.take(shifted)).map(shown));
  }

  async waiting(query: WaitingQuery): Promise<StoredSms[]> {
    const by = await this.reading();
    return this.shown(await this.inner.waiting({ ...query, now: query.now - by }));
  }

  async begin(submission: Submission): Promise<StoredSms[]> {
    const by = await this.writing();
    return this.shown(await this.inner.begin(shiftedSubmission(submission, -by)));
  }

  async change(changes: SmsChange[], from?: readonly Stage[], safety?: Safety): Promise<StoredSms[]> {
    const by = await this.writing();
    const kept = changes.map((change) => shiftedChange(change, -by));
    return this.shown(await this.inner.change(kept, from, safety));
  }

  async sms(ids: number[]): Promise<StoredSms[]> {
    await this.reading();
    return this.shown(await this.inner.sms(ids));
  }

  async find(gateways: string[], by: SmsCriterion): Promise<StoredSms[]> {
    await this.reading();
    return this.shown(await this.inner.find(gateways, by));
  }

  async due(gateways: string[], now: number, limit: number): Promise<StoredSms[]> {
    const by = await this.reading();
    return this.shown(await this.inner.due(gateways, now - by, limit));
  }

  async nextDue(gateways: string[], kinds?: readonly DueKind[]): Promise<NextDue> {
    await this.reading();
    const { held, ...due } = await this.inner.nextDue(gateways, kinds);
    const by = this.current();
    const shown = Object.fromEntries(Object.entries(due).map(([what, at]) => [what, at + by]));
    return { ...shown, ...(held !== undefined && { held }) };
  }

  async expired(gateways: string[], now: number, limit: number): Promise<StoredSms[]> {
    const by = await this.reading();
    return this.shown(await this.inner.expired(gateways, now - by, limit));
  }

  // What is held waits for a moment of the wall clock.
  async heldDue(gateways: string[], now: number, limit: number): Promise<StoredSms[]> {
    await this.reading();
    return this.shown(await this.inner.heldDue(gateways, now, limit));
  }

  async standbyDue(gateways: string[], now: number, limit: number): Promise<StoredSms[]> {
    const by = await this.reading();
    return this.shown(await this.inner.standbyDue(gateways, now - by, limit));
  }

  async commandJobs(gateways: string[], scope: JobScope, command: JobCommand, now: number): Promise<string[]> {
    const by = await this.writing();
    return this.inner.commandJobs(gateways, scope, command, now - by);
  }

  async usage(questions: UsageQuestion[], recipients: string[], now: number): Promise<Usage> {
    const by = await this.reading();
    return shiftedUsage(await this.inner.usage(questions, recipients, now - by), this.current());
  }

  async changeUsage(change: UsageChange): Promise<void> {
    const by = await this.writing();
    await this.inner.changeUsage(shiftedUsageChange(change, -by));
  }

  async submissions(gateways: string[]): Promise<StoredSubmission[]> {
    await this.reading();
    const found = await this.inner.submissions(gateways);
    const by = this.current();
    return found.map((submission) => ({ ...submission, at: submission.at + by }));
  }

  async submittedSince(gateways: string[], since: number): Promise<{ count: number; oldest?: number }> {
    const by = await this.reading();
    const { count, oldest } = await this.inner.submittedSince(gateways, since - by);
    return oldest === undefined ? { count } : { count, oldest: oldest + this.current() };
  }

  async listJobs(gateway: string, limit: number): Promise<JobList> {
    await this.reading();
    const { jobs, ...more } = await this.inner.listJobs(gateway, limit);
    const by = this.current();
    return { ...more, jobs: jobs.map((one) => ({ ...one, taken_at: one.taken_at + by })) };
  }

  async begunTo(gateways: string[], tails: string[], since: number, most: number): Promise<BegunTo[]> {
    const by = await this.reading();
    const found = await this.inner.begunTo(gateways, tails, since - by, most);
    return found.map((one) => ({ ...one, newest: one.newest.map(({ id, at }) => ({ id, at: at + by })) }));
  }

  async firstExpiry(gateways: string[], jobs: string[]): Promise<number | undefined> {
    await this.reading();
    const first = await this.inner.firstExpiry(gateways, jobs);
    return first === undefined ? undefined : first + this.current();
  }

  async inputs(ids: string[]): Promise<StoredInput[]> {
    await this.reading();
    return this.shownInputs(await this.inner.inputs(ids));
  }

  async recipients(input: string, limit?: number): Promise<StoredSms[]> {
    await this.reading();
    return this.manyShown(await this.inner.recipients(input, limit));
  }

  async outcomes(ids: string[]): Promise<OutcomeParts[]> {
    await this.reading();
    const by = this.current();
    const shown = async ({ input, first, recipients }: OutcomeParts): Promise<OutcomeParts> => {
      const inputs = { input: shiftedInput(input, by), first: shiftedInput(first, by) };
      return { ...inputs, recipients: await this.manyShown(recipients) };
    };
    return Promise.all((await this.inner.outcomes(ids)).map(shown));
  }

  async inputsDue(gateways: string[], now: number, limit: number): Promise<StoredInput[]> {
    const by = await this.reading();
    return this.shownInputs(await this.inner.inputsDue(gateways, now - by, limit));
  }

  async openInputs(gateways: string[], after: string, limit: number): Promise<StoredInput[]> {
    await this.reading();
    return this.shownInputs(await this.inner.openInputs(gateways, after, limit));
  }

  async prolong(ids: string[], wait_until: number): Promise<void> {
    const by = await this.writing();
    await this.inner.prolong(ids, wait_until - by);
  }

  async closeInputs(ids: string[], at: number): Promise<string[]> {
    const by = await this.writing();
    return this.inner.closeInputs(ids, at - by);
  }

  async prune(before: number, limit: number): Promise<number> {
    const by = await this.writing();
    return this.inner.prune(before - by, limit);
  }

  /** Resolves with what is to be taken off a moment before it is looked for. */
  private async reading(): Promise<number> {
    this.loaded ??= this.load().catch((error: Error) => {
      // Whoever asks next tries again.
      this.loaded = undefined;
      throw error;
    });
    await this.loaded;
    return this.current();
  }

  /** As {@link reading}, before something is kept: a later process must know how late it was then. */
  private async writing(): Promise<number> {
    const by = await this.reading();
    if (this.clock.monotonic() - this.notedAt >= NOTE_MAX_AGE_MS) void this.note();
    return by;
  }

  private current(): number {
    const step = this.steps.take();
    if (step !== 0) {
      this.shift += step;
      void this.note();
    }
    return this.shift;
  }

  private async load(): Promise<void> {
    const note = (await this.inner.notes([noteKeys.time])).get(noteKeys.time);
    const { shift, at }: Noted = note === undefined ? { shift: 0, at: 0 } : JSON.parse(note);
    // A step before this was already part of what the clock shows.
    this.steps.take();
    const back = Math.min(0, this.clock.now() - at);
    this.shift = shift + back;
    if (back !== 0) void this.note();
  }

  /** Never rejects: what can't be noted now is noted with what is kept next. */
  private async note(): Promise<void> {
    const noted: Noted = { shift: this.shift, at: this.clock.now() };
    this.notedAt = this.clock.monotonic();
    try {
      await this.inner.putNotes(new Map([[noteKeys.time, JSON.stringify(noted)]]));
    } catch {
      this.notedAt = Number.NEGATIVE_INFINITY;
    }
  }

  // A step must be noted even while nothing is asked for: the next process can't see it any more.
  private watch(): void {
    this.timer = this.clock.after(STEP_CHECK_INTERVAL_MS, () => {
      if (this.loaded !== undefined) this.current();
      this.watch();
    });
  }

  private shown(sms: StoredSms[]): StoredSms[] {
    const by = this.current();
    return sms.map((one) => shiftedSms(one, by));
  }

  /** As {@link shown}, in steps: an input may have a hundred thousand. */
  private manyShown(sms: StoredSms[]): Promise<StoredSms[]> {
    return inSteps(mapped(sms, (one) => shiftedSms(one, this.current())));
  }

  private shownInputs(inputs: StoredInput[]): StoredInput[] {
    const by = this.current();
    return inputs.map((input) => shiftedInput(input, by));
  }
}
