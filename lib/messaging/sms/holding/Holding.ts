import type { Clock } from '../../../clock';
import { CoalescedRun, Semaphore } from '../../../concurrency';
import { type Held, type HeldBy, NOT_DUE, type Store, type StoredSms } from '../../../store';
import { ClockSteps } from '../../../store/steady/ClockSteps';
import { stopped } from '../../requestQueue/slot';
import type { PeriodicTask } from '../../Scheduler';
import { untilDue } from '../../untilDue';
import type { Hold } from '../ledger/events';
import type { Ledger } from '../ledger/Ledger';
import type { HoldingRule, Objection, Withheld } from './rules';
import type { Schedule } from './Schedule';

export interface HoldingOptions {
  store: Store;
  clock: Clock;
  ledger: Ledger;
  /** The config nodes whose SMS go through this queue. */
  members: ReadonlySet<string>;
  /** Asked first: what awaits its own moment is held for that alone. */
  schedule: Pick<Schedule, 'prepare' | 'judge'>;
  /** Asked then, in this order. */
  rules: readonly HoldingRule[];
}

/** SMS that are judged in one go. */
const SMS_PER_STEP = 256;
/** How often it is looked whether the wall clock has stepped while SMS are held, in ms. */
const STEP_CHECK_INTERVAL_MS = 10_000;
/** The soonest that something held is judged again, in ms: a rule may name a moment that is just over. */
const SHORTEST_HOLD_MS = 1000;

/** What is entered of some SMS that were judged, by their ids. */
interface Judged {
  free: StoredSms[];
  /** SMS whose moment was missed. */
  missed: StoredSms[];
  /** Until when those are valid whose moment has come. */
  expires_at: Map<number, number>;
  holds: Map<number, Hold>;
  withheld: Map<number, Withheld>;
}

/**
 * The one place that says whether an SMS may leave now, and if not, why and until when (docs/decisions/0048). What a rule holds
 * back is written down, goes out of what may leave, and is judged again when its moment has come.
 */
export class Holding implements PeriodicTask {
  private readonly steps: ClockSteps;
  private readonly judging = new Semaphore({ places: 1, createAbortError: stopped });
  /** What one has let go mustn't be let go by another that read it before: that would be told twice. */
  private readonly releasing = new Semaphore({ places: 1, createAbortError: stopped });
  private readonly reviews = new CoalescedRun(() => this.reviewAll());

  constructor(private readonly options: HoldingOptions) {
    this.steps = new ClockSteps(options.clock);
  }

  /** Resolves with those of some waiting SMS that may leave now; the others are held, or withheld, when it resolves. */
  async sift(sms: readonly StoredSms[]): Promise<StoredSms[]> {
    const judged = await this.judge(sms);
    await this.enter(sms, judged);
    return judged.free;
  }

  /** Judges all that is held anew: a rule may say otherwise now, or the clock has been set. */
  review(): Promise<void> {
    return this.reviews.run();
  }

  /** Judges some SMS anew, as far as they are held. */
  async reviewSome(ids: readonly number[]): Promise<void> {
    const { store } = this.options;
    await this.release(async () =>
      (await store.sms([...ids])).filter(({ stage, held }) => stage === 'waiting' && held),
    );
  }

  private async reviewAll(): Promise<void> {
    const { store, members } = this.options;
    for (let after: number | undefined = 0; after !== undefined; ) {
      const from: number = after;
      const page = await this.release(() => store.find([...members], { held: true, after: from, limit: SMS_PER_STEP }));
      after = page.length < SMS_PER_STEP ? undefined : page.at(-1)?.id;
    }
  }

  /** In how many ms something held is to be judged. The wall clock may be set meanwhile: it is looked at now and then. */
  async due(): Promise<number | undefined> {
    const { store, clock, members } = this.options;
    const held = await untilDue(store, clock, [...members], 'held');
    if (this.steps.take() !== 0) await this.review();
    return held === undefined ? undefined : Math.min(held, STEP_CHECK_INTERVAL_MS);
  }

  async run(): Promise<void> {
    const { store, clock, members } = this.options;
    await this.release(() => store.heldDue([...members], clock.now(), SMS_PER_STEP));
  }

  /** Reads SMS that are held, and judges them: what may leave is free from now on, the rest is held as it is now. */
  private release(read: () => Promise<StoredSms[]>): Promise<StoredSms[]> {
    return this.releasing.run(async () => {
      const held = await read();
      const judged = await this.judge(held);
      await this.options.ledger.apply(judged.free, { kind: 'released', expires_at: judged.expires_at });
      await this.enter(held, judged);
      return held;
    });
  }

  /** What some SMS are judged by mustn't be replaced by what others need. */
  private judge(sms: readonly StoredSms[]): Promise<Judged> {
    return this.judging.run(() => this.judgeAlone(sms));
  }

  private async judgeAlone(sms: readonly StoredSms[]): Promise<Judged> {
    const { clock, schedule, rules } = this.options;
    const judged: Judged = { free: [], missed: [], expires_at: new Map(), holds: new Map(), withheld: new Map() };
    if (sms.length === 0) return judged;
    await schedule.prepare(sms);
    for (const { prepare } of rules) await prepare?.(sms);
    const now = clock.now();
    for (const one of sms) this.judgeOne(one, now, judged);
    return judged;
  }

  private judgeOne(sms: StoredSms, now: number, judged: Judged): void {
    const { schedule, rules } = this.options;
    const { held, withheld, isMissed, expires_at = sms.expires_at } = schedule.judge(sms, now);
    if (isMissed) return void judged.missed.push(sms);
    const begun = expires_at === sms.expires_at ? sms : { ...sms, expires_at };
    const own: Objection | undefined = withheld ? { withheld } : held && { held };
    const objection = own ?? objectionOf(rules, begun, now);
    if (expires_at !== sms.expires_at) judged.expires_at.set(sms.id, expires_at);
    if (objection === undefined) judged.free.push(sms);
    else if ('withheld' in objection) judged.withheld.set(sms.id, objection.withheld);
    else judged.holds.set(sms.id, holdOf(objection.held, now, expires_at));
  }

  private async enter(sms: readonly StoredSms[], { missed, holds, withheld }: Judged): Promise<void> {
    const { ledger } = this.options;
    const those = (ids: ReadonlyMap<number, unknown>): StoredSms[] => sms.filter(({ id }) => ids.has(id));
    if (missed.length > 0) await ledger.apply(missed, { kind: 'expired' });
    if (holds.size > 0) await ledger.apply(those(holds), { kind: 'held', holds });
    if (withheld.size > 0) await ledger.apply(those(withheld), { kind: 'withheld', reasons: withheld });
  }
}

/** The first objection. */
function objectionOf(rules: readonly HoldingRule[], sms: StoredSms, now: number): Objection | undefined {
  for (const rule of rules) {
    const objection = rule.judge(sms, now);
    if (objection !== undefined) return inTime(sms, objection);
  }
  return undefined;
}

const holdOf = (held: Held, now: number, expires_at: number): Hold => ({
  held,
  due_at: held.until === null ? NOT_DUE : Math.max(held.until, now + SHORTEST_HOLD_MS),
  expires_at,
});

const CODES: Partial<Record<HeldBy, Withheld['code']>> = {
  schedule: 'SCHEDULE',
  'sim-limit': 'SIM_LIMIT',
  'loop-guard': 'LOOP',
};

/** What can leave only when its validity is over doesn't leave, and that is said at once. */
function inTime({ expires_at }: StoredSms, objection: Objection): Objection {
  if (!('held' in objection)) return objection;
  const { by, until, text } = objection.held;
  const code = CODES[by];
  const isTooLate = until !== null && expires_at !== 0 && until >= expires_at;
  return code && isTooLate ? { withheld: { code, message: `${text}, and its validity ends before that` } } : objection;
}
