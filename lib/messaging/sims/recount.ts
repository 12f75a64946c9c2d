import type { Plan } from '../../plans';
import type { Charge, StoredSms, Usage, UsageQuestion } from '../../store';
import { entryOf, isWindow } from './counters';

const HOUR_MS = 3_600_000;
/** Gateways print full seconds, and how their clock stands to ours is known as exactly. */
const INEXACT_MS = 2000;
/** How long a port works at one SMS at most: it went on air somewhere between the time that the gateway tells of it and its result. */
const LONGEST_SENDING_MS = 60_000;
/** How soon it is looked again whether an SMS that a window waits for has been sent, in ms. */
const SOON_MS = 5000;

/** What changes of what an SMS was charged, now that it is known when it was sent. */
export interface Recounted {
  giveBack: Charge[];
  use: Charge[];
}

/**
 * An SMS is charged when it is handed over, and counts for the operator when it is sent: it may have lain in the gateway over a
 * reset, and a sliding window begins with the sending, for us when that is over at the latest.
 */
export function recounted(sms: StoredSms, plan: Plan, sentAt: number, now: number): Recounted {
  const changed: Recounted = { giveBack: [], use: [] };
  const atLatest = Math.max(Math.min(now, sentAt + LONGEST_SENDING_MS), sentAt + INEXACT_MS);
  for (const charge of sms.sim?.charges ?? []) {
    const at = charge.sliding ? atLatest : sentAt;
    const entry = plan.limits.map((limit) => entryOf(limit, at)).find(({ counter }) => counter === charge.counter);
    if (!entry || (!entry.sliding && entry.period === charge.period)) continue;
    changed.giveBack.push(charge);
    changed.use.push({ ...charge, ...entry });
  }
  return changed;
}

/** When an SMS was sent by our clock, between its being handed over and now; undefined where the clock has been set back since. */
export function sentAt({ history, time_iso }: StoredSms, now: number, aheadMs: number): number | undefined {
  const handedOver = history[0]?.at ?? now;
  if (handedOver > now) return undefined;
  const told = time_iso === undefined ? Number.NaN : Date.parse(time_iso) - aheadMs;
  return Number.isFinite(told) ? Math.min(Math.max(told, handedOver), now) : now;
}

/** Whether SMS that lie in the gateway may count otherwise than from when they were handed over: in windows, and after resets. */
export const mayStraddle = (questions: readonly UsageQuestion[], now: number): boolean =>
  questions.some(({ counter, period }) =>
    period === undefined ? isWindow(counter) : period > 0 && now >= period && now - period < HOUR_MS,
  );

/**
 * SMS that were handed over before a reset, or longer ago than a window is long, and aren't sent yet count all the same, until it
 * is known when they were.
 */
export function withStraddling(
  usage: Usage,
  questions: readonly UsageQuestion[],
  inGateway: readonly StoredSms[],
  now: number,
): Usage {
  const known = new Set(usage.known.map(nameOf));
  const rows = [...usage.rows];
  for (const charge of inGateway.flatMap(({ sim }) => sim?.charges ?? [])) {
    const asked = questions.find(({ card, counter }) => card === charge.card && counter === charge.counter);
    const counted = asked && countedNow(charge, asked, now);
    if (!counted) continue;
    if (charge.recipient !== undefined && known.has(nameOf(counted))) continue;
    known.add(nameOf(counted));
    rows.push(counted);
  }
  return { ...usage, rows };
}

function countedNow(charge: Charge, { period }: UsageQuestion, now: number): Charge | undefined {
  if (!charge.sliding) return period !== undefined && charge.period < period ? { ...charge, period } : undefined;
  return isWindow(charge.counter) && charge.until <= now ? { ...charge, until: now + SOON_MS } : undefined;
}

const nameOf = (one: { card: string; counter: string; period: number; recipient?: string }): string =>
  [one.card, one.counter, one.period, one.recipient ?? ''].join(' ');
