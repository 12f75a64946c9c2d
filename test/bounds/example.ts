/** One of each kind that {@link ../support/bounds/collections.ts} has to find, and some that it must not. */
type Alias = Map<string, number>;

export class Example {
  readonly byAlias: Alias = new Map();
  readonly #hidden = new Set<number>();
  inferred = [1];
  replaced: readonly number[] = [];
  perhaps: WeakMap<object, number> | undefined;
  readonly dictionary: Record<string, number> = {};
  readonly lists = { first: new Set<string>(), second: 0 };
  readonly end = new AbortController();
  readonly fixed: readonly number[] = [1];
  readonly text: string = '';
  readonly pair: [number, number] = [0, 0];

  constructor(readonly given: number[]) {
    this.#hidden.add(given.length);
  }
}

export const grown = new Map<string, number>();
export const grow = (key: string): void => void grown.set(key, grown.size);
export const table = new Set(['a constant']);

/** What it answers makes its list longer. */
export function closure(): () => void {
  const kept: number[] = [];
  const own: number[] = [];
  own.push(1);
  [1].forEach((one) => {
    own.push(one);
  });
  return () => void kept.push(own.length);
}
