import { invalidInput } from '../../gateway-api';
import { splitNumbers } from '../../numbers/clean';
import { type Plus, type Writings, writings } from './number';
import { isGiven, readSeconds } from './values';

/** The numbers that get a recipient's text one after the other, while the one before can't be reached (contract, send sms `to`). */
export interface Fallback {
  others: Writings[];
  /** Seconds that each number has before the next one gets the text. */
  after: number;
}

const DEFAULT_AFTER_S = 300;
/** How many numbers have their turn within an hour or two; more is a mix-up with a list of recipients. */
const MOST_OTHERS = 10;

/**
 * Reads a recipient's `else` and `after`: numbers as an array, or as a text with commas, as a cell of a table has them.
 * Undefined when there are none. Throws `INVALID_INPUT` that names the place.
 */
export function readFallback(
  given: { else: unknown; after: unknown },
  first: Writings,
  plus: Plus,
  field: string,
): Fallback | undefined {
  const list = typeof given.else === 'string' ? splitNumbers(given.else) : given.else;
  if (!isGiven(list)) return undefined;
  if (!Array.isArray(list)) throw invalidInput(`${field}.else`, 'must be an array of telephone numbers');
  if (list.length > MOST_OTHERS) {
    throw invalidInput(`${field}.else`, `has ${list.length} numbers, more than ${MOST_OTHERS}`);
  }
  const after = isGiven(given.after) ? readSeconds(`${field}.after`, given.after) : DEFAULT_AFTER_S;
  // What an array leaves out is no number either.
  const others = Array.from(list, (one, place) => writings(one, plus, `${field}.else[${place}]`));
  const seen = new Set([first.number]);
  for (const [place, { number }] of others.entries()) {
    if (seen.has(number)) throw invalidInput(`${field}.else[${place}]`, 'is a number that this recipient has already');
    seen.add(number);
  }
  return others.length > 0 ? { others, after } : undefined;
}
