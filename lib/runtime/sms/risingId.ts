import { randomUUID } from 'node:crypto';

/** Ids of one moment that are told apart by their order. */
const PER_MOMENT = 0x400;
let last = 0;

/**
 * A UUID that rises (version 7): the moment, an order within it, and chance. What is kept by such an id is kept at the end of its
 * index, where one by chance alone would go anywhere in it.
 * @param now ms since 1970; where the clock was set back, ids rise all the same
 */
export function risingId(now: number): string {
  last = Math.max(last + 1, now * PER_MOMENT);
  const moment = Math.floor(last / PER_MOMENT)
    .toString(16)
    .padStart(12, '0');
  const order = (last % PER_MOMENT).toString(16).padStart(3, '0');
  return `${moment.slice(0, 8)}-${moment.slice(8)}-7${order}-${randomUUID().slice(19)}`;
}
