import type { Limit } from '../../plans';
import type { Charge, ChosenSim, SmsStatus, StoredSms } from '../../store';
import { COUNTER, counterOf, entryOf, isWindow } from './counters';
import { REST } from './restCounters';

/** Gateways print full seconds, and how their clock stands to ours is known as exactly. */
const INEXACT_MS = 2000;
/** How long a port works at one SMS at most: it went on air between the time that the gateway tells of it and that later. */
const LONGEST_SENDING_MS = 60_000;

/** Between which moments of our clock an SMS was on air; without `from`, any time after it was handed over. */
export interface OnAir {
  from?: number;
  to: number;
}

/** An SMS has been on air, whatever came of that. */
const TRIED: ReadonlySet<SmsStatus> = new Set(['SENT_OK', 'DELIVERED', 'UNDELIVERED', 'PARTIAL', 'FAILED']);
/** An SMS may have been on air, and nobody will know when. */
const OPEN: ReadonlySet<SmsStatus> = new Set(['UNKNOWN', 'STOPPED']);

/**
 * When an SMS was on air, as far as its new status tells that for the first time; undefined where it doesn't, or our clock has
 * been set back since it was handed over.
 * @param aheadMs of the gateway's clock; undefined while that isn't known
 */
export function onAir(
  before: StoredSms,
  after: StoredSms,
  now: number,
  aheadMs: number | undefined,
): OnAir | undefined {
  const isTried = TRIED.has(after.status);
  if (after.status === before.status || !(isTried || OPEN.has(after.status))) return undefined;
  if (before.history.some(({ status }) => TRIED.has(status))) return undefined;
  // Not since it is known that the gateway has it: that may be found out a night later.
  const handedOver = before.sim?.at ?? before.history[0]?.at ?? now;
  if (handedOver > now) return undefined;
  const time = isTried ? Date.parse(after.time_iso ?? '') - (aheadMs ?? 0) : Number.NaN;
  // After a start its clock may have to be learned first: till then what it tells must fit by itself.
  const isCredible = time >= handedOver - INEXACT_MS && time <= now + INEXACT_MS;
  if (!isCredible) return { to: now };
  const began = Math.min(time, now);
  return { from: began - INEXACT_MS, to: Math.min(now, began + LONGEST_SENDING_MS) };
}

/**
 * What a SIM is charged for an SMS that was on air then, instead of from its being handed over: each period in which it may
 * have been, and in a window from the latest moment on; undefined where that is what it is charged.
 * @param limits those by which it may have been charged
 */
export function chargedOnAir(
  charges: readonly Charge[],
  limits: readonly Limit[],
  { from, to }: OnAir,
): Charge[] | undefined {
  const isSettled = ({ counter, period, until }: Charge): boolean =>
    !isWindow(counter) && (from === undefined || from >= period) && to < until;
  if (charges.every(isSettled)) return undefined;
  const charged = charges.flatMap((charge): Charge[] => {
    const own = isSettled(charge) ? [] : limits.filter((limit) => counterOf(limit) === charge.counter);
    if (own.length === 0) return [charge];
    return own.flatMap((limit): Charge[] => {
      const last = { ...charge, ...entryOf(limit, to) };
      if (charge.sliding) return [last];
      return [from === undefined ? charge : { ...charge, ...entryOf(limit, from) }, last];
    });
  });
  return [...new Map(charged.map((charge) => [placeOf(charge), charge])).values()];
}

/** What is the business of the card that was there when the SMS was handed over: its pause is over, and it is on trial or not. */
const STAYS: ReadonlySet<string> = new Set([COUNTER.pause, ...Object.values(REST)]);

/** An SMS turns out to have gone by another card: that one is charged. */
export const chargedTo = (sim: ChosenSim, card: string): ChosenSim => ({
  ...sim,
  card,
  charges: sim.charges.map((charge) => (STAYS.has(charge.counter) ? charge : { ...charge, card })),
});

const placeOf = ({ card, counter, period, recipient = '' }: Charge): string =>
  `${card} ${counter} ${period} ${recipient}`;
