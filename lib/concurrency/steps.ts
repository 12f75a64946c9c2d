import { setImmediate } from 'node:timers/promises';

/** Work that may be left at each step and taken up again later; a generator is one. */
export interface Steps<T> {
  next(): IteratorResult<void, T>;
  [Symbol.iterator](): Steps<T>;
}

/** Items between two steps: a few milliseconds of the slowest machine. */
const PER_STEP = 64;

/** Does the work in one go, for where there is little of it. */
export function atOnce<T>(work: Steps<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/**
 * Does the work with a turn of the event loop between its steps, so that others get theirs. To be awaited; what is done in one
 * step is there at once, and fails at once: most is, and a promise for each piece of an SMS's way costs more than the piece.
 */
export function inSteps<T>(work: Steps<T>): T | Promise<T> {
  const step = work.next();
  return step.done ? step.value : goOn(work);
}

async function goOn<T>(work: Steps<T>): Promise<T> {
  for (;;) {
    await setImmediate();
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** What `make` makes of each, as a list. */
export const mapped = <From, To>(list: readonly From[], make: (one: From, place: number) => To): Steps<To[]> =>
  list.length <= PER_STEP ? new OneStep(list, make) : manySteps(list, make);

/** Most lists have one item, and most work has many of them: what is done in one step costs one object, and no generator. */
class OneStep<From, To> implements Steps<To[]>, IteratorReturnResult<To[]> {
  readonly done = true;
  value: To[] = [];

  constructor(
    private readonly list: readonly From[],
    private readonly work: (one: From, place: number) => To,
  ) {}

  next(): IteratorReturnResult<To[]> {
    this.value = madeOf(this.list, this.work);
    return this;
  }

  [Symbol.iterator](): this {
    return this;
  }
}

function* manySteps<From, To>(list: readonly From[], make: (one: From, place: number) => To): Generator<void, To[]> {
  const made: To[] = [];
  for (let from = 0; from < list.length; from += PER_STEP) {
    if (from > 0) yield;
    for (let place = from; place < Math.min(from + PER_STEP, list.length); place++) {
      made.push(make(list[place] as From, place));
    }
  }
  return made;
}

function madeOf<From, To>(list: readonly From[], make: (one: From, place: number) => To): To[] {
  const made = new Array<To>(list.length);
  for (let place = 0; place < list.length; place++) made[place] = make(list[place] as From, place);
  return made;
}
