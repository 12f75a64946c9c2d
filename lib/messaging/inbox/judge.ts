import type { Likeness, ListedRecord } from './fingerprint';

/** What is known of a record's id: see `RecordHistory`. `unsure`: it may have been seen, and nobody remembers what it was. */
export type Standing = Likeness | 'never' | 'unsure';

/** What a look at the whole list shows. */
export interface Verdict {
  /** Records not had yet; `doubtful`: it can't be excluded that they were. */
  fresh: { found: ListedRecord; doubtful: boolean }[];
  /** Ids up to this one mean what they meant; above it they have begun again. Undefined: no id has. */
  restartedAbove?: number;
}

/**
 * Which records of the gateway's whole list are new, and whether its ids have started again, all of them or from some id
 * on (a gateway that gives the ids of deleted records a second time).
 * @param found the whole list, ascending by id
 * @param cursor the id up to which everything that was there is had
 * @param seen what is known of an id
 */
export function judge(
  found: readonly ListedRecord[],
  cursor: number,
  seen: (found: ListedRecord) => Standing,
): Verdict {
  const all = found.map((one) => ({ found: one, id: one.id, standing: seen(one) }));
  const idsOf = (standing: Standing): number[] => all.filter((one) => one.standing === standing).map(({ id }) => id);
  const firstOther = idsOf('different')[0] ?? Number.POSITIVE_INFINITY;
  // Whoever told it differently, the id means that SMS.
  const same = [...idsOf('same'), ...idsOf('retold')].sort((one, other) => one - other);
  const highestSame = same.at(-1) ?? 0;
  const stillTrue = same.filter((id) => id < firstOther).at(-1) ?? 0;
  const isOld = (id: number): boolean => id < stillTrue || (firstOther === Number.POSITIVE_INFINITY && stillTrue > 0);
  const fresh = all.flatMap(({ found: one, id, standing }) => {
    if (standing === 'same' || (standing === 'unsure' && isOld(id))) return [];
    const doubtful = standing === 'retold' || (standing === 'unsure' && (id < firstOther || id < highestSame));
    return [{ found: one, doubtful }];
  });
  const nothingKnown = highestSame === 0 && all.some(({ id }) => id <= cursor);
  const restarted = firstOther < Number.POSITIVE_INFINITY || nothingKnown;
  return { fresh, ...(restarted && { restartedAbove: stillTrue }) };
}
