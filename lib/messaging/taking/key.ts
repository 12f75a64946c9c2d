import { invalidInput } from '../../gateway-api';

const LONGEST_KEY = 255;

/** Reads `key`, by which an input that comes again is recognised (contract, send sms); undefined = none. */
export function readKey(given: unknown): string | undefined {
  if (given === undefined || given === null || given === '') return undefined;
  if (typeof given !== 'string' && typeof given !== 'number') throw invalidInput('key', 'must be a text or a number');
  const key = String(given);
  if (key.length > LONGEST_KEY) throw invalidInput('key', `is longer than ${LONGEST_KEY} characters`);
  return key;
}
