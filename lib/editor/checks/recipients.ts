import { cleanNumber, LONGEST_NUMBER, splitNumbers } from '../../numbers/clean';
import { named } from '../../numbers/unseen';
import type { Check, Problem } from '../problem';
import { parsed } from './json';

/** Telephone numbers in one string, apart by commas, semicolons or lines. */
export const recipients: Check = (value) => {
  const numbers = splitNumbers(value);
  return numbers.length === 0 ? { key: 'common.error.required' } : firstProblem(numbers);
};

/** Checks recipients in JSON: a number, or an array of numbers and of objects that have one. */
export const jsonRecipients: Check = (value) => {
  const given = parsed(value);
  if (given === undefined) return { key: 'common.error.json' };
  if (typeof given === 'string') return recipients(given, () => '');
  const list = Array.isArray(given) ? given : [given];
  return list.length === 0 ? { key: 'common.error.required' } : firstProblem(list.map(numberOf));
};

function numberOf(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null) return entry;
  const { number, to } = entry as { number?: unknown; to?: unknown };
  return number === undefined || number === null || number === '' ? (to ?? number) : number;
}

function firstProblem(numbers: unknown[]): Problem | undefined {
  for (const given of numbers) {
    const number = typeof given === 'string' ? named(given.trim()) : (JSON.stringify(given) ?? '');
    const cleaned = cleanNumber(given);
    if (typeof cleaned !== 'string') return { key: 'common.error.phoneNumber', values: { number } };
    if (cleaned.length > LONGEST_NUMBER) {
      return { key: 'common.error.longNumber', values: { number, most: LONGEST_NUMBER } };
    }
  }
  return undefined;
}
