/** Negative: `a` comes first; 0: they are the same. */
export type Compare<T> = (a: T, b: T) => number;

/** Numbers upward. */
export const ascending: Compare<number> = (a, b) => a - b;

/** Strings by their UTF-16 units: the same on every machine, whatever its language. */
export const alphabetic: Compare<string> = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** An id at a moment. */
export interface Timed<Id extends number | string> {
  at: number;
  id: Id;
}

/** The earliest first, then by id. */
export const byTime = <Id extends number | string>(a: Timed<Id>, b: Timed<Id>): number =>
  a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

// Long enough that a million items make few chunks, short enough that moving a chunk's items is cheap.
const CHUNK = 512;

/** The first position whose item doesn't come before `item`; the length when there is none. */
function lowerBound<T>(items: number, at: (index: number) => T, item: T, compare: Compare<T>): number {
  let low = 0;
  let high = items;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(at(middle), item) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Items in order, each once, in short sorted chunks: adding, deleting and finding a place cost O(log n) comparisons and
 * the move of at most one chunk, reading from any place costs nothing but the reading. A heap would be shorter, but it
 * can't be read without taking it apart, and the stores' questions don't consume what they ask for.
 */
export class OrderedSet<T> {
  // No chunk is ever empty.
  private readonly chunks: T[][] = [];
  private readonly compare: Compare<T>;

  constructor(compare: Compare<T>) {
    this.compare = compare;
  }

  get empty(): boolean {
    return this.chunks.length === 0;
  }

  get size(): number {
    return this.chunks.reduce((sum, { length }) => sum + length, 0);
  }

  get first(): T | undefined {
    return this.chunks[0]?.[0];
  }

  /** Adds an item; returns false for one that is there already. Most come behind all others. */
  add(item: T): boolean {
    const end = this.chunks.at(-1);
    const order = end ? this.compare(end.at(-1) as T, item) : -1;
    if (order === 0) return false;
    if (order > 0) return this.insert(item);
    if (end && end.length < CHUNK) end.push(item);
    else this.chunks.push([item]);
    return true;
  }

  private insert(item: T): boolean {
    const index = this.chunkOf(item);
    const chunk = this.chunks[index] as T[];
    const place = this.placeIn(chunk, item);
    if (this.isAt(chunk, place, item)) return false;
    chunk.splice(place, 0, item);
    if (chunk.length > CHUNK) this.chunks.splice(index + 1, 0, chunk.splice(chunk.length >>> 1));
    return true;
  }

  /** Deletes an item; returns false for one that isn't there. Most are the first. */
  delete(item: T): boolean {
    const front = this.chunks[0];
    if (!front) return false;
    const order = this.compare(item, front[0] as T);
    if (order < 0) return false;
    if (order > 0) return this.takeOut(item);
    if (front.length > 1) front.shift();
    else this.chunks.shift();
    return true;
  }

  private takeOut(item: T): boolean {
    const index = this.chunkOf(item);
    const chunk = this.chunks[index];
    if (!chunk) return false;
    const place = this.placeIn(chunk, item);
    if (!this.isAt(chunk, place, item)) return false;
    chunk.splice(place, 1);
    if (chunk.length === 0) this.chunks.splice(index, 1);
    return true;
  }

  /** The items in order, only those after `after` where it is given. The set must not change while they are read. */
  *items(after?: T): Generator<T> {
    let index = after === undefined ? 0 : this.chunkOf(after);
    const chunk = this.chunks[index];
    let place = after === undefined || !chunk ? 0 : this.placeIn(chunk, after);
    if (after !== undefined && chunk && this.isAt(chunk, place, after)) place++;
    for (; index < this.chunks.length; index++, place = 0) {
      const items = this.chunks[index] as T[];
      for (; place < items.length; place++) yield items[place] as T;
    }
  }

  /** How many items come before `item`, which need not be there. */
  countBefore(item: T): number {
    const index = this.chunkOf(item);
    const chunk = this.chunks[index];
    let count = chunk ? this.placeIn(chunk, item) : 0;
    for (let before = 0; before < index; before++) count += this.chunks[before]?.length ?? 0;
    return count;
  }

  [Symbol.iterator](): Generator<T> {
    return this.items();
  }

  /** The first chunk that ends with `item` or after it. */
  private chunkOf(item: T): number {
    const chunks = this.chunks;
    const lastOf = (index: number): T => chunks[index]?.at(-1) as T;
    return lowerBound(chunks.length, lastOf, item, this.compare);
  }

  private placeIn(chunk: T[], item: T): number {
    return lowerBound(chunk.length, (index) => chunk[index] as T, item, this.compare);
  }

  private isAt(chunk: T[], place: number, item: T): boolean {
    return place < chunk.length && this.compare(chunk[place] as T, item) === 0;
  }
}
