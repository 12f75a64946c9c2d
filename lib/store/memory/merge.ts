import type { Compare } from './OrderedSet';

interface Head<T> {
  value: T;
  rest: Iterator<T>;
}

/** Moves the head at `at` down a binary heap to where none below comes before it. */
function sink<T>(heads: Head<T>[], compare: Compare<T>, at: number): void {
  const moved = heads[at] as Head<T>;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heads.length) break;
    const right = heads[child + 1];
    if (right && compare(right.value, (heads[child] as Head<T>).value) < 0) child++;
    const lowest = heads[child] as Head<T>;
    if (compare(moved.value, lowest.value) <= 0) break;
    heads[at] = lowest;
    at = child;
  }
  heads[at] = moved;
}

/** The items of ordered sources in one order; only as much of each source is read as is asked for. */
export function* merge<T>(sources: Iterable<T>[], compare: Compare<T>): Generator<T> {
  const heads: Head<T>[] = [];
  for (const source of sources) {
    const rest = source[Symbol.iterator]();
    const { done, value } = rest.next();
    if (!done) heads.push({ value, rest });
  }
  for (let at = (heads.length >>> 1) - 1; at >= 0; at--) sink(heads, compare, at);
  for (let head = heads[0]; head; head = heads[0]) {
    yield head.value;
    const { done, value } = head.rest.next();
    if (!done) {
      head.value = value;
    } else {
      const last = heads.pop() as Head<T>;
      if (heads.length === 0) return;
      if (last !== head) heads[0] = last;
    }
    sink(heads, compare, 0);
  }
}

/** The first items, at most `limit`, up to the first that isn't `wanted`. */
export function firstOf<T>(items: Iterable<T>, limit: number, wanted: (item: T) => boolean = () => true): T[] {
  const first: T[] = [];
  if (limit <= 0) return first;
  for (const item of items) {
    if (!wanted(item)) break;
    first.push(item);
    if (first.length >= limit) break;
  }
  return first;
}
