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

/** Where an answer would go on if it was cut short; undefined when no record says when it was. */
export function restOf(window: Window, answer: readonly Cdr[]): Window | undefined {
  const starts = startsOf(answer);
  if (starts.length === 0) return undefined;
  const falls = starts.filter((start, place) => start < (starts[place - 1] ?? start)).length;
  const rises = starts.filter((start, place) => start > (starts[place - 1] ?? start)).length;
  // Most models list the oldest first. The second at the seam is asked for again: it may hold several calls.
  return falls > rises ? { ...window, before: Math.min(...starts) + 1 } : { ...window, after: Math.max(...starts) - 1 };
}

/**
 * Two narrower windows for one whose answer was cut short, whatever the order of the answer; fewer when it can't get
 * narrower. They overlap, because the ends may or may not belong to them.
 */
export function halves(window: Window, answer: readonly Cdr[]): Window[] {
  const starts = startsOf(answer).sort((one, other) => one - other);
  const middle = starts[Math.floor(starts.length / 2)];
  if (middle === undefined) return [];
  const { after = Number.NEGATIVE_INFINITY, before = Number.POSITIVE_INFINITY } = window;
  const end = [middle + 1, middle].find((one) => one < before);
  const begin = [middle - 1, middle].find((one) => one > after);
  return [
    ...(end === undefined ? [] : [{ ...window, before: end }]),
    ...(begin === undefined ? [] : [{ ...window, after: begin }]),
  ];
}
