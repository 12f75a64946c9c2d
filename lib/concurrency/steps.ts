import { setImmediate } from 'node:timers/promises';

/** Work that may be left at each `yield` and taken up again later. */
export type Steps<T> = Generator<void, T, void>;

/** Items between two steps: a few milliseconds of the slowest machine. */
const PER_STEP = 64;

/** Does the work in one go, for where there is little of it. */
export function atOnce<T>(work: Steps<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** Does the work with a turn of the event loop between its steps, so that others get theirs. */
export async function inSteps<T>(work: Steps<T>): Promise<T> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    await setImmediate();
  }
}

/** What `make` makes of each, as a list. */
export function* mapped<From, To>(list: readonly From[], make: (one: From, place: number) => To): Steps<To[]> {
  const made: To[] = [];
  for (const [place, one] of list.entries()) {
    if (place > 0 && place % PER_STEP === 0) yield;
    made.push(make(one, place));
  }
  return made;
}
