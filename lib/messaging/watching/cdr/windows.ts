import type { Cdr, CdrQuery } from '../../../gateway-api';
import { secondsOf, timeOf } from './deviceTime';

/** A span of the gateway's own time, in seconds; what isn't given is open. Whether its ends belong to it, no manual says. */
export interface Window {
  after?: number;
  before?: number;
}

export const windowOf = ({ time_after, time_before }: CdrQuery): Window => ({
  after: secondsOf(time_after),
  before: secondsOf(time_before),
});

export const queryOf = ({ after, before }: Window): CdrQuery => ({
  ...(after !== undefined && { time_after: timeOf(after) }),
  ...(before !== undefined && { time_before: timeOf(before) }),
});

const startsOf = (records: readonly Cdr[]): number[] =>
  records.flatMap(({ start_date }) => secondsOf(start_date) ?? []);

// Most models list the oldest first.
function isNewestFirst(starts: readonly number[]): boolean {
  const falls = starts.filter((start, place) => start < (starts[place - 1] ?? start)).length;
  const rises = starts.filter((start, place) => start > (starts[place - 1] ?? start)).length;
  return falls > rises;
}

/** Where an answer would go on if it was cut short; undefined when no record says when it was. */
export function restOf(window: Window, answer: readonly Cdr[]): Window | undefined {
  const starts = startsOf(answer);
  if (starts.length === 0) return undefined;
  const last = starts.at(-1) ?? 0;
  const { after = Number.NEGATIVE_INFINITY, before = Number.POSITIVE_INFINITY } = window;
  // The second at the seam is asked for again: it may hold several calls. What comes next may be late, as the last one is.
  return isNewestFirst(starts)
    ? { ...window, before: Math.min(last + 1, before) }
    : { ...window, after: Math.max(last - 1, after) };
}

/** How much of a cut answer one of the narrower windows is to hold: less than all, so that it isn't cut itself. */
const WINDOW_FILL = 0.8;

/** Where a window is cut in two, so that neither half has all that the answer showed, if that is possible. */
function seamOf(starts: readonly number[]): number | undefined {
  const sorted = [...starts].sort((one, other) => one - other);
  const [first, last] = [sorted[0], sorted.at(-1)];
  const isFalling = isNewestFirst(starts);
  const seam = sorted[Math.floor(sorted.length * (isFalling ? 1 - WINDOW_FILL : WINDOW_FILL))];
  if (seam === last) return sorted.findLast((one) => one < Number(last)) ?? seam;
  return seam === first && isFalling ? (sorted.find((one) => one > Number(first)) ?? seam) : seam;
}

/**
 * Two narrower windows for one whose answer was cut short: what the answer showed most of, and the rest. A record that
 * came late may stand anywhere in a list, so that the first is asked for again. Fewer when it can't get narrower. They
 * overlap, because the ends may or may not belong to them.
 */
export function parts(window: Window, answer: readonly Cdr[]): Window[] {
  const seam = seamOf(startsOf(answer));
  if (seam === undefined) return [];
  const { after = Number.NEGATIVE_INFINITY, before = Number.POSITIVE_INFINITY } = window;
  const end = [seam + 1, seam].find((one) => one < before);
  const begin = [seam - 1, seam].find((one) => one > after);
  return [
    ...(end === undefined ? [] : [{ ...window, before: end }]),
    ...(begin === undefined ? [] : [{ ...window, after: begin }]),
  ];
}
