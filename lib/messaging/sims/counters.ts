import { type Limit, NEVER, type Plan, periodAt, SLIDING_MS, type Span } from '../../plans';
import type { Charge, UsageQuestion } from '../../store';

/** Parts of a sliding window: what lies in one is forgotten together, when the last of it has grown old enough. */
const WINDOW_PARTS = 60;
const DAY_MS = 86_400_000;

/** Which counters there are beside those of limits. */
export const COUNTER = {
  /** What is left of the pause after an SMS. */
  pause: 'pause',
  /** `high` SMS beyond the limits. */
  overdraft: 'overdraft',
  /** Days on which the card has sent. */
  days: 'days',
  /** Recipients that keep this SIM. */
  sticky: 'sticky',
} as const;

/** What a charge is, but for the card, the amount and the recipient. */
export type Entry = Pick<Charge, 'counter' | 'period' | 'until' | 'sliding'>;

/** By what a limit is counted. Two limits of one count and one period share it. */
export const counterOf = ({ count, per, reset }: Limit): string =>
  reset === 'calendar' || per === 'card' ? `${count}/${per}` : `${count}/${per}/sliding`;

/** Where a limit is counted at a moment. */
export function entryOf(limit: Limit, now: number): Entry {
  const { count, per, reset } = limit;
  const counter = counterOf(limit);
  if (reset === 'calendar' || per === 'card') {
    const { start, end } = periodAt(limit, now);
    return { counter, period: start, until: end };
  }
  const length = SLIDING_MS[per];
  // Who was sent to when is known of each recipient.
  const period = count === 'recipients' ? 0 : Math.floor(now / (length / WINDOW_PARTS));
  return { counter, period, until: now + length, sliding: true };
}

/** Whether a counter is that of a sliding window. */
export const isWindow = (counter: string): boolean => counter.endsWith('/sliding');

/** The days of plans that have no limit a day. */
const days = new WeakMap<Plan, Parameters<typeof periodAt>[0]>();

/** The calendar day of a plan: that of its first limit a day, else the one of the gateway's zone. */
export function dayAt(plan: Plan, now: number): Span {
  const daily = plan.limits.find(({ per, reset }) => per === 'day' && reset === 'calendar');
  const calendar = daily ?? days.get(plan) ?? { per: 'day', at: '00:00', day: 1, zone: plan.zone };
  if (!daily) days.set(plan, calendar);
  return periodAt(calendar, now);
}

/** A day as it is counted among those on which a card has sent. */
export const dayKey = ({ start }: Span): string => `day ${start}`;

/** All that has to be known of a card before its plan can say whether it may send: counters, and who is counted. */
export function questionsOf(plan: Plan, card: string, now: number) {
  const { limits, pause, overdraft, ramp } = plan;
  const questions = limits.map((limit): UsageQuestion => {
    const { counter, period, sliding } = entryOf(limit, now);
    return { card, counter, ...(!sliding && { period }) };
  });
  const today = dayAt(plan, now);
  if (pause.max > 0) questions.push({ card, counter: COUNTER.pause });
  if (overdraft > 0) questions.push({ card, counter: COUNTER.overdraft, period: today.start });
  if (ramp) questions.push({ card, counter: COUNTER.days, period: 0 });
  return { questions, recipients: ramp ? [dayKey(today)] : [] };
}

/** The charges beside those of the limits: the pause, the day of a new card, the recipient who keeps this SIM. */
export function sideEntries(plan: Plan, today: Span, now: number, random: () => number, recipient: string) {
  const { pause, sticky, ramp } = plan;
  const entries: (Entry & { recipient?: string })[] = [];
  if (pause.max > 0) {
    const seconds = pause.min + random() * (pause.max - pause.min);
    entries.push({ counter: COUNTER.pause, period: now, until: now + seconds * 1000, sliding: true });
  }
  if (ramp) entries.push({ counter: COUNTER.days, period: 0, until: NEVER, recipient: dayKey(today) });
  if (sticky.mode !== 'off') {
    entries.push({ counter: COUNTER.sticky, period: 0, until: now + sticky.days * DAY_MS, sliding: true, recipient });
  }
  return entries;
}
