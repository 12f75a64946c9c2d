import type { Random } from '../clock';

const FIRST_USER_ID = 2 ** 30;
// The `MOST_USER_ID` of `lib/gateway-api`, of which a store knows nothing.
const LAST_USER_ID = 2 ** 31 - 1;

/** A random point from 2^30 within int32: where a store's assigned user_ids start. */
export const randomUserId = (random: Random): number =>
  FIRST_USER_ID + Math.floor(random() * (LAST_USER_ID - FIRST_USER_ID + 1));

/**
 * Where a block of `count` user_ids begins when `next` is the first one free: at `next`, or again at 2^30 where it
 * would pass int32.
 * @throws RangeError when the block is longer than the range
 */
export function startOfBlock(next: number, count: number): number {
  if (count > LAST_USER_ID - FIRST_USER_ID + 1) throw new RangeError(`${count} user_ids can't be reserved at once`);
  return next + count - 1 > LAST_USER_ID ? FIRST_USER_ID : next;
}
