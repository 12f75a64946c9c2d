import { mapped, type Steps } from '../../concurrency';
import { invalidInput } from '../../gateway-api';
import { splitNumbers } from '../../numbers/clean';
import { named, plain } from '../../numbers/unseen';
import { keyReadAs } from '../../sms-text';
import { type Fallback, readFallback } from './fallback';
import { placeOf } from './fieldText';
import { type Plus, type Writings, writings } from './number';
import { isGiven } from './values';

/** A recipient as a flow may give it: a number, or an object with its own parameters (contract, send sms `to`). */
export interface GivenRecipient extends Writings {
  /** Where it stands in the input, for refusals: `to`, or `to[2]` of several. */
  field: string;
  text_param?: string[];
  user_id?: number;
  fallback?: Fallback;
  extra?: Record<string, unknown>;
}

/**
 * Reads `to`: a number, several in one string (commas, semicolons or lines), an array of numbers or of objects, such as the
 * rows of a table. Throws `INVALID_INPUT` that names the place and the reason.
 */
export function* readRecipients(to: unknown, plus: Plus): Steps<GivenRecipient[]> {
  const list = typeof to === 'string' ? splitNumbers(to) : asList(to);
  if (list.length === 0) throw invalidInput('to', 'is empty: an SMS needs a number to go to');
  return yield* mapped(list, (given, place) => readRecipient(given, plus, list.length > 1 ? `to[${place}]` : 'to'));
}

const asList = (to: unknown): unknown[] => (to === undefined || to === null ? [] : Array.isArray(to) ? to : [to]);

function readRecipient(given: unknown, plus: Plus, field: string): GivenRecipient {
  if (typeof given !== 'object' || given === null) return { field, ...writings(given, plus, field) };
  // A row of a database says null where an object has no such key.
  const { text_param = null, user_id = null, else: others, after, ...columns } = given as Record<string, unknown>;
  const [name, key] = numberKeyOf(columns, field);
  const { [key]: number, ...fields } = columns;
  const { number: _empty, ...extra } = fields;
  const first = writings(number, plus, `${field}.${name}`);
  const fallback = readFallback({ else: others, after }, first, plus, field);
  return {
    field,
    ...first,
    ...(fallback && { fallback }),
    ...(text_param !== null && { text_param: readParams(text_param, `${field}.text_param`) }),
    ...(user_id !== null && { user_id: readUserId(user_id, `${field}.user_id`) }),
    ...(Object.keys(extra).length > 0 && { extra: keepable(extra, field) }),
  };
}

/** What a flow has added to a recipient, as the store can keep it. Throws for what isn't JSON: it would be refused there, again and again. */
function keepable(extra: Record<string, unknown>, field: string): Record<string, unknown> {
  for (const [name, value] of Object.entries(extra)) {
    // It is the recipient's copy.
    if (typeof value === 'bigint') extra[name] = String(value);
    if (typeof value === 'object' && value !== null) mustBeJson(value, field, name);
  }
  return extra;
}

function mustBeJson(value: object, field: string, name: string): void {
  try {
    JSON.stringify(value);
  } catch (error) {
    throw invalidInput(
      placeOf({ field }, name),
      `can't be kept, as it is no JSON: ${(error as Error).message.split('\n')[0]}`,
    );
  }
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

/** How many of its columns an error names to tell what a row is. */
const MOST_NAMES = 5;

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
