import type { Random } from '../../clock';
import { type Limit, NEVER, type Plan, reserveOf, type Span } from '../../plans';
import type { Charge, Priority, Usage } from '../../store';
import { COUNTER, dayAt, dayKey, type Entry, entryOf, sideEntries } from './counters';
import { NO_REST, type RestState, trialCharge } from './restCounters';

/** What an SMS asks of a SIM. */
export interface Load {
  priority: Priority;
  segments: number;
  /** A digest of whom it is for. */
  recipient: string;
}

/** A SIM may send an SMS, and these are its charges; or not before `until`, for a limit, its pause, because it rests or has too little credit. */
export type Verdict = { charges: Charge[] } | { until: number; why: Limit | 'pause' | 'rest' | 'balance' };

/** How a limit stands. */
export interface LimitState {
  limit: Limit;
  used: number;
  /** When it begins anew, or, of a sliding window, when the first of it counts no more; undefined = never, or nothing is used. */
  resetsAt: number | undefined;
}

export interface SimMeterOptions {
  plan: Plan;
  card: string;
  now: number;
  random: Random;
  /** The answers to `questionsOf` the plan, and to whom the SMS are for. */
  usage: Usage;
  rest?: RestState;
  /** Until when its credit is known to be too little for all but `high` SMS; 0 = it isn't. */
  brokeUntil?: number;
}

/** A limit with where it is counted now, and what an SMS is charged there: one object for all, which crosses to the store's thread once. */
type MeteredLimit = Limit & { entry: Entry; charge: Charge };

interface Row {
  period: number;
  amount: number;
  until: number;
}

/** What one card has used of its plan at one moment; counts along what it lets go. */
export class SimMeter {
  private readonly rows = new Map<string, Row[]>();
  private readonly known = new Set<string>();
  private readonly today: Span;
  private readonly rest: RestState;
  private triedUntil: number;
  /** Until more is counted. */
  private knownShare: number | undefined;
  private knownLimits: MeteredLimit[] | undefined;

  constructor(private readonly options: SimMeterOptions) {
    const { plan, card, now, usage } = options;
    this.today = dayAt(plan, now);
    this.rest = options.rest ?? NO_REST;
    this.triedUntil = this.rest.triedUntil;
    for (const row of usage.rows) if (row.card === card) this.add(row);
    for (const one of usage.known) if (one.card === card) this.known.add(knownKey(one));
  }

  /** Whether the SIM may send one more; what it may is counted at once. */
  admit(load: Load): Verdict {
    const verdict = this.look(load);
    if ('until' in verdict) return verdict;
    for (const charge of verdict.charges) this.charge(charge);
    if (!this.rest.isOnTrial) return verdict;
    const trial = trialCharge(this.options.card, this.options.now);
    this.triedUntil = trial.until;
    return { charges: [...verdict.charges, trial] };
  }

  /** Whether the SIM may send one more. Nothing is counted. */
  look(load: Load): Verdict {
    const { plan, now } = this.options;
    const restsUntil = Math.max(this.rest.until, this.rest.isOnTrial ? this.triedUntil : 0);
    if (restsUntil > now) return { until: restsUntil, why: 'rest' };
    if (this.isBroke && load.priority !== 'high') return { until: this.options.brokeUntil ?? NEVER, why: 'balance' };
    const pausedUntil = plan.pause.max > 0 ? this.endOf(COUNTER.pause) : now;
    if (pausedUntil > now) return { until: pausedUntil, why: 'pause' };
    const blocks = this.limits().flatMap((limit) => this.block(limit, load) ?? []);
    const [latest] = blocks.sort((one, other) => other.until - one.until);
    if (latest && !this.mayOverdraw(load)) return latest;
    return { charges: this.chargesOf(load, latest !== undefined) };
  }

  /** Whether its credit is too little for all but `high` SMS. */
  get isBroke(): boolean {
    return (this.options.brokeUntil ?? 0) > this.options.now;
  }

  /** How much of its tightest limit is used: 0 nothing, 1 all. */
  get share(): number {
    this.knownShare ??= Math.max(0, ...this.limits().map((limit) => this.used(limit) / limit.max));
    return this.knownShare;
  }

  /** How each limit of the plan stands. */
  states(): LimitState[] {
    return this.limits().map((limit) => {
      const used = this.used(limit);
      const { until, sliding } = limit.entry;
      const resetsAt = sliding ? this.ends(limit)[0]?.until : until;
      return { limit, used, resetsAt: resetsAt === NEVER ? undefined : resetsAt };
    });
  }

  /** The plan's limits; of a new card that of a day grows from a few. */
  private limits(): MeteredLimit[] {
    this.knownLimits ??= this.grownLimits().map((limit) => {
      const entry = entryOf(limit, this.options.now);
      return { ...limit, entry, charge: { card: this.options.card, amount: 1, ...entry } };
    });
    return this.knownLimits;
  }

  private grownLimits(): Limit[] {
    const { limits, ramp } = this.options.plan;
    if (!ramp) return limits;
    const isCounted = this.known.has(knownKey({ counter: COUNTER.days, period: 0, recipient: dayKey(this.today) }));
    const before = this.amount(COUNTER.days) - Number(isCounted);
    const most = Math.floor(ramp.start * (1 + ramp.grow / 100) ** before);
    const isDaily = ({ count, per }: Limit): boolean => count === 'sms' && per === 'day';
    return limits.map((limit) => (isDaily(limit) ? { ...limit, max: Math.min(limit.max, most) } : limit));
  }

  private block(limit: MeteredLimit, load: Load): { until: number; why: Limit } | undefined {
    const allowed = limit.max - (load.priority === 'high' ? 0 : reserveOf(this.options.plan.reserve, limit.max));
    const need = this.needOf(limit, load);
    let used = this.used(limit);
    if (need === 0 || used + need <= allowed) return undefined;
    if (need > allowed) return { until: NEVER, why: limit };
    for (const { amount, until } of this.ends(limit)) {
      used -= amount;
      if (used + need <= allowed) return { until, why: limit };
    }
    return { until: NEVER, why: limit };
  }

  private needOf(limit: MeteredLimit, { segments, recipient }: Load): number {
    if (limit.count === 'sms') return 1;
    if (limit.count === 'segments') return segments;
    return this.known.has(knownKey({ ...limit.entry, recipient })) ? 0 : 1;
  }

  private mayOverdraw({ priority }: Load): boolean {
    return priority === 'high' && this.amount(COUNTER.overdraft) < this.options.plan.overdraft;
  }

  private chargesOf(load: Load, isOverdrawn: boolean): Charge[] {
    const { plan, card, now, random } = this.options;
    const charges = this.limits().map(({ count, charge }): Charge => {
      if (count === 'recipients') return { ...charge, recipient: load.recipient };
      return count === 'segments' ? { ...charge, amount: load.segments } : charge;
    });
    const sides: Entry[] = sideEntries(plan, this.today, now, random, load.recipient);
    if (isOverdrawn) sides.push({ counter: COUNTER.overdraft, period: this.today.start, until: this.today.end });
    for (const side of sides) charges.push({ card, amount: 1, ...side });
    return charges.filter((one, place) => charges.findLastIndex((other) => isSameCounter(one, other)) === place);
  }

  private charge(charge: Charge): void {
    const { recipient } = charge;
    if (recipient !== undefined) {
      const key = knownKey({ ...charge, recipient });
      if (this.known.has(key)) return;
      this.known.add(key);
    }
    this.add(charge);
  }

  private add({ counter, period, amount, until }: Row & { counter: string }): void {
    const rows = this.rows.get(counter) ?? [];
    this.rows.set(counter, rows);
    // What leaves together is one row: it is added up with each SMS.
    const same = rows.find((row) => row.period === period && row.until === until);
    if (same) same.amount += amount;
    else rows.push({ period, amount, until });
    this.knownShare = undefined;
    if (counter === COUNTER.days) this.knownLimits = undefined;
  }

  /** Asked for with every SMS: it makes no list. */
  private used({ entry: { counter, period, sliding } }: MeteredLimit): number {
    let sum = 0;
    for (const row of this.rowsOf(counter)) if (sliding || row.period === period) sum += row.amount;
    return sum;
  }

  /** What counts of a limit, the first to end first. */
  private ends({ entry: { counter, period, until, sliding } }: MeteredLimit): Row[] {
    const rows = this.rowsOf(counter);
    if (sliding) return rows.sort((one, other) => one.until - other.until);
    // What still lies in the gateway from before counts as long as all of this period.
    return rows.filter((row) => row.period === period).map((row) => ({ ...row, until }));
  }

  private rowsOf = (counter: string): Row[] => this.rows.get(counter) ?? [];

  private amount = (counter: string): number => this.rowsOf(counter).reduce((sum, { amount }) => sum + amount, 0);

  private endOf = (counter: string): number => Math.max(0, ...this.rowsOf(counter).map(({ until }) => until));
}

const isSameCounter = (one: Charge, other: Charge): boolean =>
  one.counter === other.counter && one.period === other.period;

const knownKey = (one: { counter: string; period: number; recipient: string }): string =>
  `${one.counter} ${one.period} ${one.recipient}`;
