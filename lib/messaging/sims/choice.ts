import type { Plan } from '../../plans';
import type { Charge, Usage } from '../../store';
import type { Card } from './Cards';
import { COUNTER } from './counters';
import type { Load, SimMeter, Verdict } from './SimMeter';

/** Why no SIM may send an SMS now, and from when on one may (ms since 1970). */
export interface Blocked {
  until: number;
  text: string;
  /** The SMS doesn't wait for that moment: the plan says so. */
  isFinal: boolean;
  /** The obstacle concerns this SMS, and not all that may use the same ports. */
  isOwn: boolean;
  /** None of its SIMs is registered. */
  by?: 'no-sim';
}

/** How many SMS a port has in the gateway, and how many more it may take in now. */
export interface Room {
  used: number;
  left: number;
}

/** A SIM as a candidate. */
export interface Candidate {
  card: Card;
  plan: Plan | undefined;
  meter: SimMeter | undefined;
  room: Room;
  /** Which plan is its can't be said before more is known of its card: it isn't ready. */
  isPlanOpen?: boolean;
}

/** What a SIM sends that keeps its recipient isn't given to another one for less, in ms. */
const MOMENT_MS = 60_000;
/** How soon a port that is full may take one more, in ms. */
const ROOM_MS = 2000;
/** After how long a SIM that isn't registered is looked for again, in ms. */
const NO_SIM_MS = 15_000;

/** Whether an SMS is to wait so shortly that nobody need be told. */
export const isMoment = ({ until }: Blocked, now: number): boolean => until - now < MOMENT_MS;

/** The SIM that keeps each recipient, where it is one of these. The one that he had last counts. */
export function keepersOf(usage: Usage, candidates: readonly Candidate[]): Map<string, Candidate> {
  const keepers = new Map<string, Candidate>();
  const rows = usage.known.filter(({ counter }) => counter === COUNTER.sticky);
  for (const { recipient, card } of rows.sort((one, other) => one.until - other.until)) {
    const keeper = candidates.find((candidate) => candidate.card.key === card);
    if (keeper?.plan && keeper.plan.sticky.mode !== 'off') keepers.set(recipient, keeper);
  }
  return keepers;
}

/**
 * Which of some SIMs sends an SMS, with its charges, which count from now on unless it is only looked at; why none may;
 * undefined where only no port has room or is registered. A recipient keeps his SIM, and waits for it as long as it may send
 * within a minute; an alarm doesn't wait where another SIM may send it.
 */
export function chooseFor(
  load: Load,
  candidates: readonly Candidate[],
  keeper: Candidate | undefined,
  now: number,
  how: 'admit' | 'look' = 'admit',
): { candidate: Candidate; charges: Charge[] } | Blocked | undefined {
  const isHigh = load.priority === 'high';
  const isBound = keeper?.plan?.sticky.mode === 'always';
  const kept = keeper && judgeKeeper(keeper, load, now, how);
  if (kept && ('charges' in kept || (!isHigh && (isBound || isMoment(kept, now))))) return kept;
  const ready = candidates.filter((one) => one.card.isReady && one !== keeper);
  const list = ready.filter(({ room }) => isHigh || room.left > 0).sort(byUse);
  let blocked: Blocked | undefined = kept;
  for (const candidate of list) {
    const verdict = ask(candidate, load, how);
    if ('charges' in verdict) return { candidate, charges: verdict.charges };
    blocked = soonest(blocked, blockedBy(candidate, verdict, kept !== undefined));
  }
  if (list.length < ready.length) return undefined;
  return blocked ?? (candidates.some((one) => one.isPlanOpen) ? cardUnknown(now) : undefined);
}

const cardUnknown = (now: number): Blocked => ({
  until: now + MOMENT_MS,
  text: 'The plan of its SIM is found by a card or an operator, and the gateway has not told these yet',
  isFinal: false,
  isOwn: false,
  by: 'no-sim',
});

function judgeKeeper(keeper: Candidate, load: Load, now: number, how: 'admit' | 'look') {
  const own = { isFinal: false, isOwn: true };
  if (!keeper.card.isReady)
    return {
      ...own,
      until: now + Math.max(NO_SIM_MS, MOMENT_MS),
      text: 'The SIM of its recipient is not registered',
      by: 'no-sim' as const,
    };
  if (load.priority !== 'high' && keeper.room.left <= 0)
    return { ...own, until: now + ROOM_MS, text: 'The SIM of its recipient has others to send' };
  const verdict = ask(keeper, load, how);
  return 'charges' in verdict ? { candidate: keeper, charges: verdict.charges } : blockedBy(keeper, verdict, true);
}

/** One whose credit is low comes last, and the one with the fewest SMS in it first. */
const byUse = (one: Candidate, other: Candidate): number =>
  Number(one.meter?.isBroke ?? false) - Number(other.meter?.isBroke ?? false) ||
  one.room.used - other.room.used ||
  (one.meter?.share ?? 0) - (other.meter?.share ?? 0);

const ask = ({ meter }: Candidate, load: Load, how: 'admit' | 'look'): Verdict => meter?.[how](load) ?? { charges: [] };

function blockedBy({ plan }: Candidate, verdict: Exclude<Verdict, { charges: Charge[] }>, isKept: boolean): Blocked {
  const { until, why } = verdict;
  const text = `No SIM may send it now: plan "${plan?.name}", ${nameOf(why)}`;
  const isLimit = typeof why === 'object';
  const isOwn = isKept || (isLimit && why.count !== 'sms');
  return { until, text, isFinal: isLimit && plan?.usedUp === 'fail', isOwn };
}

function nameOf(why: Exclude<Verdict, { charges: Charge[] }>['why']): string {
  if (typeof why === 'object') return `${why.max} ${why.count} per ${why.per}`;
  return REASONS[why];
}

const REASONS = {
  pause: 'the pause between two SMS',
  rest: 'the SIM rests',
  balance: 'its credit is too low',
};

/**
 * An SMS waits for the SIM that may send it first, and ends where no SIM would wait. What stands against it with any of them for
 * its recipient or its length is its own obstacle: another SMS might go by that SIM.
 */
const soonest = (one: Blocked | undefined, other: Blocked): Blocked => {
  if (one === undefined) return other;
  const first = other.until < one.until ? other : one;
  return { ...first, isOwn: one.isOwn || other.isOwn, isFinal: one.isFinal && other.isFinal };
};
