import { STAYED_EMPTY_MS } from './probe';

/** The longest that a copy of a request is waited for, in ms. */
const LONGEST_MS = 30_000;

/**
 * How long the gateway may still get a request that was given up, in ms (docs/decisions/0052): as long again as it had been
 * under way, which tells how slow network and gateway are.
 * @param age how long ago it began, in ms, by the wall clock
 * @param isInherited a former process has begun it: how long that waited for it nobody knows
 */
export function patienceWith(age: number, isInherited: boolean): number {
  return Math.min(Math.max(isInherited ? LONGEST_MS - age : age, STAYED_EMPTY_MS), LONGEST_MS);
}
