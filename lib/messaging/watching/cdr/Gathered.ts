import type { Cdr } from '../../../gateway-api';
import { groupedBy, wordingOf } from './identity';

/**
 * Records from several answers that overlap. Two equal ones in one answer are two calls; the same two in the next answer
 * are no more than that.
 */
export class Gathered {
  private readonly groups = new Map<string, Cdr[]>();

  /** Answers how many of them are new here. */
  add(answer: readonly Cdr[]): number {
    let more = 0;
    for (const [key, records] of groupedBy(answer, wordingOf)) {
      const known = this.groups.get(key) ?? [];
      const added = records.slice(known.length);
      this.groups.set(key, [...known, ...added]);
      more += added.length;
    }
    return more;
  }

  get all(): Cdr[] {
    return [...this.groups.values()].flat();
  }
}

/** By the gateway's own time; what has none comes last, and equal ones stay as they came. */
export function inOrder(records: readonly Cdr[]): Cdr[] {
  const time = ({ start_date }: Cdr): string => start_date || '~';
  return [...records].sort((one, other) => (time(one) < time(other) ? -1 : time(one) > time(other) ? 1 : 0));
}
