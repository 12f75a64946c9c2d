import type { MissingList, Piece } from './protocol';

/** Items that cross at a time: a millisecond or two to read. */
const ITEMS_PER_PIECE = 256;
/** How deep a list lies in an answer: in a field of one of several parts. */
const DEEPEST = 2;

/** A long value, its long lists taken out. */
export interface Cut {
  value: unknown;
  lists: MissingList[];
  /** What was taken out, piece by piece. */
  pieces: Iterator<Omit<Piece, 'id'>>;
}

/** Takes long lists out of a value that is to be answered; undefined = it has none. The value itself stays as it is. */
export function cut(value: unknown): Cut | undefined {
  if (!hasLong(value)) return undefined;
  const found: { path: MissingList; items: unknown[] }[] = [];
  const rest = without(value, [], found);
  return { value: rest, lists: found.map(({ path }) => path), pieces: piecesOf(found.map(({ items }) => items)) };
}

function hasLong(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const isList = Array.isArray(value);
  if (isList && value.length > ITEMS_PER_PIECE) return true;
  if (depth >= DEEPEST || value instanceof Map) return false;
  return (isList ? value : Object.values(value)).some((one) => hasLong(one, depth + 1));
}

function without(value: unknown, path: MissingList, found: { path: MissingList; items: unknown[] }[]): unknown {
  if (Array.isArray(value)) {
    if (value.length > ITEMS_PER_PIECE) {
      found.push({ path, items: value });
      return [];
    }
    return path.length < DEEPEST ? value.map((one, at) => without(one, [...path, at], found)) : value;
  }
  if (typeof value !== 'object' || value === null || value instanceof Map || path.length >= DEEPEST) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, without(one, [...path, name], found)]));
}

function* piecesOf(lists: readonly unknown[][]): Generator<Omit<Piece, 'id'>> {
  for (const [list, items] of lists.entries()) {
    for (let from = 0; from < items.length; from += ITEMS_PER_PIECE) {
      const isLast = list === lists.length - 1 && from + ITEMS_PER_PIECE >= items.length;
      yield { list, items: items.slice(from, from + ITEMS_PER_PIECE), isLast };
    }
  }
}

/** A long answer on its way: its value, which is whole when the last piece is in it. */
export class Joined {
  private readonly lists: unknown[][];
  private whole: unknown;

  constructor(value: unknown, lists: readonly MissingList[]) {
    this.whole = value;
    this.lists = lists.map(() => []);
    for (const [place, path] of lists.entries()) this.put(path, this.lists[place] ?? []);
  }

  add({ list, items }: Piece): void {
    const known = this.lists[list];
    for (const item of items) known?.push(item);
  }

  get value(): unknown {
    return this.whole;
  }

  private put(path: MissingList, list: unknown[]): void {
    const last = path.at(-1);
    if (last === undefined) {
      this.whole = list;
      return;
    }
    let holder = this.whole as Record<string | number, unknown>;
    for (const name of path.slice(0, -1)) holder = holder[name] as Record<string | number, unknown>;
    holder[last] = list;
  }
}
