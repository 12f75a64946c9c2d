import type { Cdr } from '../../../gateway-api';
import { wordingOf } from './identity';

/**
 * Records from several answers that overlap. Two equal ones in one answer are two calls; the same two in the next answer
 * are no more than that.
 */
export class MergedAnswers {
  readonly all: Cdr[] = [];
  private readonly counts = new Map<string, number>();

  /** Answers how many of them are new here. */
  add(answer: readonly Cdr[]): number {
    const before = this.all.length;
    const inAnswer = new Map<string, number>();
    for (const record of answer) {
      const key = wordingOf(record);
      const count = (inAnswer.get(key) ?? 0) + 1;
      inAnswer.set(key, count);
      if (count <= (this.counts.get(key) ?? 0)) continue;
      this.counts.set(key, count);
      this.all.push(record);
    }
    return this.all.length - before;
  }
}

/** By the gateway's own time; what has none comes last, and equal ones stay as they came. */
export function inOrder(records: readonly Cdr[]): Cdr[] {
  // As written, 02:59 of an hour that occurs twice comes after its second 02:00, and 9:00 after 10:00.
  const time = ({ start_date, start_date_iso }: Cdr): string => start_date_iso ?? (start_date || '~');
  return [...records].sort((one, other) => (time(one) < time(other) ? -1 : time(one) > time(other) ? 1 : 0));
}
