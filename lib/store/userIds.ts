import type { Random } from '../clock';

const FIRST = 2 ** 30;
const LAST = 2 ** 31 - 1;

/** A random point from 2^30 within int32: where a store's assigned user_ids start. */
export const randomUserId = (random: Random): number => FIRST + Math.floor(random() * (LAST - FIRST + 1));

/**
 * Where a block of `count` user_ids begins when `next` is the first one free: at `next`, or again at 2^30 where it
 * would pass int32.
 * @throws RangeError when the block is longer than the range
 */
export function startOfBlock(next: number, count: number): number {
  if (count > LAST - FIRST + 1) throw new RangeError(`${count} user_ids can't be reserved at once`);
  return next + count - 1 > LAST ? FIRST : next;
}
