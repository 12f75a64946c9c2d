import { invalidInput } from '../../gateway-api';

/** A recipient as a flow may give it: a number, or an object with its own parameters (contract, send sms `to`). */
export interface GivenRecipient {
  /** Where it stands in the input, for refusals: `to`, or `to[2]` of several. */
  field: string;
  number: string;
  text_param?: string[];
  user_id?: number;
  extra?: Record<string, unknown>;
}

export type Plus = 'keep' | 'strip' | '00';

/** A number is at most 24 bytes (manual 2.2). */
const LONGEST_NUMBER = 24;
const SEPARATORS = /[,;\r\n]+/;

/**
 * Reads `to`: a number, several in one string (commas, semicolons or lines), an array of numbers or of objects.
 * Throws `INVALID_INPUT` that names the place and the reason.
 */
export function readRecipients(to: unknown, plus: Plus): GivenRecipient[] {
  const list = typeof to === 'string' ? to.split(SEPARATORS).filter((part) => part.trim() !== '') : asList(to);
  if (list.length === 0) throw invalidInput('to', 'is empty: an SMS needs a number to go to');
  return list.map((given, place) => readRecipient(given, plus, list.length > 1 ? `to[${place}]` : 'to'));
}

const asList = (to: unknown): unknown[] => (to === undefined || to === null ? [] : Array.isArray(to) ? to : [to]);

function readRecipient(given: unknown, plus: Plus, field: string): GivenRecipient {
  if (typeof given !== 'object' || given === null) return { field, number: cleanNumber(given, plus, field) };
  // A row of a database says null where an object has no such key.
  const { number, text_param = null, user_id = null, ...extra } = given as Record<string, unknown>;
  return {
    field,
    number: cleanNumber(number, plus, `${field}.number`),
    ...(text_param !== null && { text_param: readParams(text_param, `${field}.text_param`) }),
    ...(user_id !== null && { user_id: readUserId(user_id, `${field}.user_id`) }),
    ...(Object.keys(extra).length > 0 && { extra }),
  };
}

/** Takes spaces, dashes, dots and brackets out of a number; what is left must be digits, with a + before them at most. */
export function cleanNumber(given: unknown, plus: Plus, field: string): string {
  if (typeof given !== 'string' && typeof given !== 'number') throw invalidInput(field, 'must be a telephone number');
  const cleaned = typeof given === 'number' ? digitsOf(given) : given.replace(/[\s().\-\u2010-\u2015]/g, '');
  if (!/^\+?[0-9]+$/.test(cleaned)) throw invalidInput(field, `must be a telephone number, not "${shortened(given)}"`);
  const number = cleaned.startsWith('+') ? { keep: '+', strip: '', '00': '00' }[plus] + cleaned.slice(1) : cleaned;
  if (number.length > LONGEST_NUMBER) throw invalidInput(field, `is longer than ${LONGEST_NUMBER} digits`);
  return number;
}

// A whole document that came by mistake needn't stand in the log.
const shortened = (given: string | number): string => String(given).replace(/^(.{40}).+$/su, '$1…');

// Of a JavaScript number the dash is its sign and the dot its fraction; beyond the safe integers it has lost digits.
const digitsOf = (given: number): string => (Number.isSafeInteger(given) ? String(given) : '');

function readParams(given: unknown, field: string): string[] {
  if (!Array.isArray(given)) throw invalidInput(field, 'must be an array of texts');
  return given.map((param, place) => {
    if (typeof param === 'string') return param;
    if (typeof param === 'number' || typeof param === 'boolean') return String(param);
    throw invalidInput(`${field}[${place}]`, 'must be a text');
  });
}

/** Given ids stay below those the nodes assign themselves (decision 5). */
export const FIRST_ASSIGNED_USER_ID = 2 ** 30;

export function readUserId(given: unknown, field: string): number {
  const id = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
  if (typeof id !== 'number' || !Number.isInteger(id) || id < 0 || id >= FIRST_ASSIGNED_USER_ID) {
    throw invalidInput(field, `must be a whole number from 0 to ${FIRST_ASSIGNED_USER_ID - 1}`);
  }
  return id;
}

/**
 * The `user_id` of each recipient: its own, otherwise counted up from `first`; undefined = one is to be assigned.
 * Throws `INVALID_INPUT` for one that occurs twice.
 */
export function userIdsOf(recipients: readonly GivenRecipient[], first: unknown): (number | undefined)[] {
  const start = first === undefined ? undefined : readUserId(first, 'userId');
  const seen = new Set<number>();
  return recipients.map(({ user_id: own, field }, place) => {
    const id = own ?? (start === undefined ? undefined : readUserId(start + place, 'userId'));
    if (id === undefined) return undefined;
    if (seen.has(id)) throw invalidInput(own === undefined ? 'userId' : `${field}.user_id`, `${id} occurs twice`);
    seen.add(id);
    return id;
  });
}
