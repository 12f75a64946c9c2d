import { mapped, type Steps } from '../../concurrency';
import { invalidInput } from '../../gateway-api';
import * as numbers from '../../numbers/clean';
import { named, plain } from '../../numbers/unseen';
import { keyReadAs } from '../../sms-text';
import { isGiven } from './values';

/** A recipient as a flow may give it: a number, or an object with its own parameters (contract, send sms `to`). */
export interface GivenRecipient {
  /** Where it stands in the input, for refusals: `to`, or `to[2]` of several. */
  field: string;
  /** As it is sent. */
  number: string;
  /** As it was given, cleaned: its + says that it is international, which what is sent may not say. */
  written: string;
  text_param?: string[];
  user_id?: number;
  extra?: Record<string, unknown>;
}

export type Plus = 'keep' | 'strip' | '00';

/**
 * Reads `to`: a number, several in one string (commas, semicolons or lines), an array of numbers or of objects, such as the
 * rows of a table. Throws `INVALID_INPUT` that names the place and the reason.
 */
export function* readRecipients(to: unknown, plus: Plus): Steps<GivenRecipient[]> {
  const list = typeof to === 'string' ? numbers.splitNumbers(to) : asList(to);
  if (list.length === 0) throw invalidInput('to', 'is empty: an SMS needs a number to go to');
  return yield* mapped(list, (given, place) => readRecipient(given, plus, list.length > 1 ? `to[${place}]` : 'to'));
}

const asList = (to: unknown): unknown[] => (to === undefined || to === null ? [] : Array.isArray(to) ? to : [to]);

function readRecipient(given: unknown, plus: Plus, field: string): GivenRecipient {
  if (typeof given !== 'object' || given === null) return { field, ...writings(given, plus, field) };
  // A row of a database says null where an object has no such key.
  const { text_param = null, user_id = null, ...columns } = given as Record<string, unknown>;
  const [name, key] = numberKeyOf(columns, field);
  const { [key]: number, ...others } = columns;
  const { number: _empty, ...extra } = others;
  return {
    field,
    ...writings(number, plus, `${field}.${name}`),
    ...(text_param !== null && { text_param: readParams(text_param, `${field}.text_param`) }),
    ...(user_id !== null && { user_id: readUserId(user_id, `${field}.user_id`) }),
    ...(Object.keys(extra).length > 0 && { extra }),
  };
}

/** Whether a recipient has its number as `number` or else as `to`, and the key that reads so. */
function numberKeyOf(columns: Record<string, unknown>, field: string): [name: string, key: string] {
  for (const name of ['number', 'to']) {
    const key = keyReadAs(name, columns);
    if (key !== undefined && isGiven(columns[key])) return [name, key];
  }
  const there = Object.keys(columns).filter((name) => name !== 'number' && name !== 'to');
  const has = there.length > 0 ? `; it has ${there.slice(0, MOST_NAMES).map(named).join(', ')}` : '';
  throw invalidInput(`${field}.number`, `is missing: a recipient needs a number, as number or to${has}`);
}

/** So many of its columns tell what a row is. */
const MOST_NAMES = 5;

function writings(given: unknown, plus: Plus, field: string): { number: string; written: string } {
  const written = readNumber(given, field);
  return { number: withPlus(written, plus, field), written };
}

/** Reads one telephone number and writes its + as the gateway wants it. Throws `INVALID_INPUT` that names `field`. */
export const cleanNumber = (given: unknown, plus: Plus, field: string): string =>
  withPlus(readNumber(given, field), plus, field);

function readNumber(given: unknown, field: string): string {
  const number = numbers.cleanNumber(given);
  if (typeof number === 'string') return number;
  throw invalidInput(field, `must be a telephone number, not ${shortened(given)}${REASONS[number.why](number)}`);
}

function withPlus(written: string, plus: Plus, field: string): string {
  const number = written.startsWith('+') ? { keep: '+', strip: '', '00': '00' }[plus] + written.slice(1) : written;
  if (number.length > numbers.LONGEST_NUMBER) {
    throw invalidInput(field, `is longer than ${numbers.LONGEST_NUMBER} digits`);
  }
  return number;
}

const REASONS: Record<numbers.NumberProblem['why'], (problem: numbers.NumberProblem) => string> = {
  none: () => '',
  character: ({ character, shown }) => `: ${shown ? `"${shown}" (${character})` : character} is no part of one`,
  plus: () => ': a + stands only at its beginning',
  zero: () => ': no country code begins with 0',
  dots: () => ': dots part groups of two and more digits, this reads as a decimal',
  rounded: () => ': it has lost digits, give it as a text',
};

// A whole document that came by mistake needn't stand in the log.
function shortened(given: unknown): string {
  if (typeof given !== 'string' && typeof given !== 'number') return Array.isArray(given) ? 'an array' : typeof given;
  return `"${named(String(given)).replace(/^(.{40}).+$/su, '$1…')}"`;
}

function readParams(given: unknown, field: string): string[] {
  if (!Array.isArray(given)) throw invalidInput(field, 'must be an array of texts');
  return given.map((param, place) => {
    if (typeof param === 'string') return param;
    if (typeof param === 'number' || typeof param === 'boolean') return String(param);
    throw invalidInput(`${field}[${place}]`, 'must be a text');
  });
}

/** Given ids stay below those the nodes assign themselves (decision 5). */
const FIRST_ASSIGNED_USER_ID = 2 ** 30;

export function readUserId(given: unknown, field: string): number {
  const id = typeof given === 'string' && plain(given).trim() !== '' ? Number(plain(given)) : given;
  if (typeof id !== 'number' || !Number.isInteger(id) || id < 0 || id >= FIRST_ASSIGNED_USER_ID) {
    throw invalidInput(field, `must be a whole number from 0 to ${FIRST_ASSIGNED_USER_ID - 1}`);
  }
  return id;
}

/**
 * The `user_id` of each recipient: its own, otherwise counted up from `first`; undefined = one is to be assigned.
 * Throws `INVALID_INPUT` for one that occurs twice.
 */
export function* userIdsOf(
  recipients: readonly Pick<GivenRecipient, 'field' | 'user_id'>[],
  first: unknown,
): Steps<(number | undefined)[]> {
  const start = first === undefined ? undefined : readUserId(first, 'userId');
  const seen = new Set<number>();
  return yield* mapped(recipients, ({ user_id: own, field }, place) => {
    const id = own ?? (start === undefined ? undefined : readUserId(start + place, 'userId'));
    if (id === undefined) return undefined;
    if (seen.has(id)) throw invalidInput(own === undefined ? 'userId' : `${field}.user_id`, `${id} occurs twice`);
    seen.add(id);
    return id;
  });
}
