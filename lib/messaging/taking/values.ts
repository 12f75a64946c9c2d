import { invalidInput } from '../../gateway-api';
import { named, plain, withoutUnseen } from '../../numbers/unseen';

/** About 30 years: more is a mix-up of units, and what it makes no store can keep. */
export const MOST_SECONDS = 1e9;

/** Whether a typed input has a value; a property that the message doesn't have is none. */
export const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

export function oneOf<const Words extends readonly string[]>(
  field: string,
  given: unknown,
  words: Words,
): Words[number] {
  const word = typeof given === 'string' ? withoutUnseen(given).trim() : given;
  if (words.includes(word as string)) return word as Words[number];
  const shown = typeof given === 'string' ? `"${named(given)}"` : `a value of type ${typeof given}`;
  throw invalidInput(field, `must be one of ${words.join(', ')}, not ${shown}`);
}

export function readBoolean(field: string, given: unknown): boolean {
  if (given === true || given === 'true') return true;
  if (given === false || given === 'false') return false;
  throw invalidInput(field, 'must be true or false');
}

/** Seconds as a number or as its digits. */
export function readSeconds(field: string, given: unknown): number {
  const seconds = typeof given === 'string' && plain(given).trim() !== '' ? Number(plain(given)) : given;
  if (typeof seconds === 'number' && seconds >= 0 && seconds <= MOST_SECONDS) return seconds;
  throw invalidInput(field, `must be a number of seconds from 0 to ${MOST_SECONDS}`);
}
