import type { Check, Problem } from '../problem';

const SEPARATORS = /[,;\r\n]+/;
/** What people write into numbers to read them better. */
const ORNAMENTS = /[\s().\-\u2010-\u2015]/g;
/** The manual's limit (2.2). */
const LONGEST_NUMBER = 24;

/** Telephone numbers in one string, apart by commas, semicolons or lines. */
export const recipients: Check = (value) => {
  const numbers = value.split(SEPARATORS).filter((part) => part.trim() !== '');
  return numbers.length === 0 ? { key: 'common.error.required' } : firstProblem(numbers);
};

/** The same as JSON: a number, or an array of numbers and of objects that have one. */
export const jsonRecipients: Check = (value) => {
  const given = parsed(value);
  if (given === undefined) return { key: 'common.error.json' };
  if (typeof given === 'string') return recipients(given, () => '');
  const list = Array.isArray(given) ? given : [given];
  return list.length === 0 ? { key: 'common.error.required' } : firstProblem(list.map(numberOf));
};

const numberOf = (entry: unknown): unknown =>
  typeof entry === 'object' && entry !== null ? (entry as { number?: unknown }).number : entry;

function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

function firstProblem(numbers: unknown[]): Problem | undefined {
  for (const given of numbers) {
    const number = shown(given);
    const digits = typeof given === 'string' ? given.replace(ORNAMENTS, '') : number;
    const isLossy = typeof given === 'number' && !Number.isSafeInteger(given);
    if (isLossy || !/^\+?[0-9]+$/.test(digits)) return { key: 'common.error.phoneNumber', values: { number } };
    if (digits.length > LONGEST_NUMBER) {
      return { key: 'common.error.longNumber', values: { number, most: LONGEST_NUMBER } };
    }
  }
  return undefined;
}

// Beyond the safe integers a JavaScript number has lost digits and writes itself in another way.
const shown = (given: unknown): string => (typeof given === 'string' ? given.trim() : (JSON.stringify(given) ?? ''));
