import { firstOf, merge } from './merge';
import { byTime, type OrderedSet, type Timed } from './OrderedSet';

/** The earliest moment of several orders. */
export function earliest(orders: { first: { at: number } | undefined }[]): number | undefined {
  const moments = orders.flatMap(({ first }) => (first ? [first.at] : []));
  return moments.length ? Math.min(...moments) : undefined;
}

/** The ids of what has come by `now`, the earliest first. */
export const comeBy = <Id extends number | string>(orders: OrderedSet<Timed<Id>>[], now: number, limit: number): Id[] =>
  firstOf(merge<Timed<Id>>(orders, byTime), limit, ({ at }) => at <= now).map(({ id }) => id);
