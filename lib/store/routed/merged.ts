import type { DueKind, NextDue } from '../store';

/** Found ones in the order of their ids. */
export function inOrder<Id, T>(found: readonly T[], ids: readonly Id[], idOf: (one: T) => Id): T[] {
  const byId = new Map(found.map((one) => [idOf(one), one]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** The sooner of two moments of one kind, where there is any. */
export function soonest(key: DueKind, one: NextDue, other: NextDue): NextDue {
  const moments = [one[key], other[key]].filter((moment) => moment !== undefined);
  return moments.length > 0 ? { [key]: Math.min(...moments) } : {};
}
