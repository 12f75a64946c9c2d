import { invalidInput } from '../../../gateway-api';

/** Longer than a day is a mix-up of units. */
const MOST_SECONDS = 86_400;

/** Seconds to wait for a reply, as ms. Throws `INVALID_INPUT` that names `wait`. */
export function readWait(given: string): number {
  const seconds = Number(given);
  if (seconds > 0 && seconds <= MOST_SECONDS) return seconds * 1000;
  throw invalidInput('wait', `must be a number of seconds above 0, at most ${MOST_SECONDS}`);
}
