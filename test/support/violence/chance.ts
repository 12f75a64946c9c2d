/** Chance that comes again with its seed: so a run of faults can be repeated. */
export interface Chance {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number from 0 to `most`. */
  upTo(most: number): number;
  oneOf<T>(values: readonly [T, ...T[]]): T;
}

export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  // Mulberry32: small, and even enough for choosing faults.
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const upTo = (most: number): number => Math.floor(next() * (most + 1));
  return { next, upTo, oneOf: ([first, ...others]) => [first, ...others][upTo(others.length)] ?? first };
}
