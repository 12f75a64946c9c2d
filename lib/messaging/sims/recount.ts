import type { Plan } from '../../plans';
import type { Charge, StoredSms, Usage, UsageQuestion } from '../../store';
import { entryOf } from './counters';

const HOUR_MS = 3_600_000;

/** What changes of what an SMS was charged, now that it is known when it was sent. */
export interface Recounted {
  giveBack: Charge[];
  use: Charge[];
}

/**
 * An SMS is charged when it is handed over, and counts for the operator when it is sent: it may have lain in the gateway over a
 * reset, and a sliding window begins with the sending.
 */
export function recounted(sms: StoredSms, plan: Plan, sentAt: number): Recounted {
  const changed: Recounted = { giveBack: [], use: [] };
  for (const charge of sms.sim?.charges ?? []) {
    const entry = plan.limits.map((limit) => entryOf(limit, sentAt)).find(({ counter }) => counter === charge.counter);
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

/** Whether some calendar period has begun so lately that SMS from before may still lie in the gateway. */
export const isNew = (questions: readonly UsageQuestion[], now: number): boolean =>
  questions.some(({ period = 0 }) => period > 0 && now >= period && now - period < HOUR_MS);

/** SMS that were handed over before a reset and aren't sent yet count for the new period, too, until it is known when they were. */
export function withStraddling(
  usage: Usage,
  questions: readonly UsageQuestion[],
  inGateway: readonly StoredSms[],
): Usage {
  const known = new Set(usage.known.map(nameOf));
  const rows = [...usage.rows];
  for (const charge of inGateway.flatMap(({ sim }) => sim?.charges ?? [])) {
    const asked = questions.find(({ card, counter }) => card === charge.card && counter === charge.counter);
    if (charge.sliding || asked?.period === undefined || charge.period >= asked.period) continue;
    const counted = { ...charge, period: asked.period };
    if (charge.recipient !== undefined && known.has(nameOf(counted))) continue;
    known.add(nameOf(counted));
    rows.push(counted);
  }
  return { ...usage, rows };
}

const nameOf = (one: { card: string; counter: string; period: number; recipient?: string }): string =>
  [one.card, one.counter, one.period, one.recipient ?? ''].join(' ');
