import type { Held, HeldBy } from './records';

/** How many waiting SMS something holds. */
export interface HeldCount {
  by: HeldBy;
  count: number;
  /** Until when the first of them is held, by the wall clock (ms since 1970); null = nobody knows. */
  until: number | null;
  /** What is said of it, where that is the same of all. */
  text: string | null;
}

/** What holds an SMS, as it is kept. */
export interface Holding {
  isPaused: boolean;
  held?: Held | undefined;
}

/** Counts by what holds them, in the order of their coming; a command counts before a rule. */
export function countHeld(holdings: Iterable<Holding>): HeldCount[] {
  const counts = new Map<HeldBy, HeldCount>();
  for (const { isPaused, held } of holdings) {
    const by = isPaused ? 'pause' : held?.by;
    // What can't leave in time waits here for a moment, until that is said.
    if (by === undefined) continue;
    const text = isPaused ? null : (held?.text ?? null);
    const until = isPaused ? null : (held?.until ?? null);
    const known = counts.get(by);
    if (!known) counts.set(by, { by, count: 1, until, text });
    else {
      known.count += 1;
      known.until = soonest(known.until, until);
      if (known.text !== text) known.text = null;
    }
  }
  return [...counts.values()];
}

/** Adds up what was counted in two places. */
export function addHeldCounts(one: readonly HeldCount[], other: readonly HeldCount[]): HeldCount[] {
  const sums = new Map(one.map((each) => [each.by, { ...each }]));
  for (const more of other) {
    const known = sums.get(more.by);
    if (!known) sums.set(more.by, { ...more });
    else {
      known.count += more.count;
      known.until = soonest(known.until, more.until);
      if (known.text !== more.text) known.text = null;
    }
  }
  return [...sums.values()];
}

const soonest = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.min(one, other);
