import { readWriting } from './writing';

/** When an SMS is to leave: at an instant, or when a zone's clocks show `wall` (as if that were UTC); in ms since 1970. */
export type SendTime = { instant: number } | { wall: number };

/** A date and a time of the day; what is before it or without it may mean several things. */
const ISO = /^\s*\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}/i;
const MILLISECONDS = /^\s*\d{12,13}\s*$/;
/** In ms: 1e11 is 1973, what is less are seconds. A Date reaches up to 8.64e15. */
const [LEAST_MS, MOST_MS] = [1e11, 8.64e15];

/** Whether a number is ms since 1970, and no seconds. */
export const isMilliseconds = (given: number): boolean => given >= LEAST_MS && given <= MOST_MS;

/**
 * Reads when an SMS is to leave: ISO 8601 with an offset or `Z` is an instant, without one a time by some zone's clocks; a number
 * or its digits are ms since 1970; a Date. Undefined for anything else.
 */
export function readSendTime(given: unknown): SendTime | undefined {
  if (given instanceof Date) return instant(given.getTime());
  if (typeof given === 'number') return instant(given);
  if (typeof given !== 'string') return undefined;
  if (MILLISECONDS.test(given)) return instant(Number(given));
  const written = ISO.test(given) ? readWriting(given) : undefined;
  if (written === undefined) return undefined;
  return written.offset === undefined ? { wall: written.wall } : { instant: written.wall - written.offset };
}

const instant = (ms: number): SendTime | undefined => (isMilliseconds(ms) ? { instant: Math.round(ms) } : undefined);
