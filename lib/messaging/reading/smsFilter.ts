import { invalidInput, MOST_USER_ID, type SmsFilter } from '../../gateway-api';
import { splitNumbers } from '../../numbers/clean';
import { plain } from '../../numbers/unseen';
import { cleanNumber, type Plus } from '../taking/number';
import { chosenBy, readBetween } from './times';

/** How a gateway node writes numbers and times. */
export interface Manner {
  plus: Plus;
  timezone: string;
}

const KEYS = ['number', 'port', 'user_id', 'time_after', 'time_before'];
const NAMES = { time_after: 'filter.time_after', time_before: 'filter.time_before' };
/** Characters of a field's name that an error repeats. */
const LONGEST_SHOWN = 40;
const SEPARATORS = /[,;\s]+/;

/**
 * Reads `{ number?, port?, user_id?, time_after?, time_before? }` as a flow gives it (contract, query result): single values
 * or lists, times as vendor string, ISO, epoch ms or Date. A field that is none of these is refused: without it the filter would
 * choose more than was asked for. Throws `INVALID_INPUT` that names the field.
 * @param readPorts reads ports as everywhere in a flow
 */
export function readSmsFilter(
  given: unknown,
  manner: Manner,
  readPorts: (given: unknown, field: string) => number[] | undefined,
): SmsFilter {
  if (given === undefined || given === null || given === '') return {};
  // A Date or a Map has no fields, and would choose everything; an object of a function node is of another realm.
  if (Object.prototype.toString.call(given) !== '[object Object]')
    throw invalidInput('filter', `must be an object with ${KEYS.join(', ')}`);
  const odd = Object.keys(given).find((key) => !KEYS.includes(key));
  if (odd !== undefined) {
    const name = odd.length > LONGEST_SHOWN ? `${odd.slice(0, LONGEST_SHOWN)}…` : odd;
    throw invalidInput('filter', `has "${name}", which is none of ${KEYS.join(', ')}`);
  }
  const { number, port, user_id, time_after, time_before } = given as Record<string, unknown>;
  const filter: SmsFilter = {
    number: listOf(number, splitNumbers)?.map((one, place) => cleanNumber(one, manner.plus, `filter.number[${place}]`)),
    port: readPorts(port, 'filter.port'),
    user_id: listOf(user_id)?.map((one, place) => readId(one, `filter.user_id[${place}]`)),
    ...readBetween({ time_after, time_before }, NAMES, manner.timezone),
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}

const atSpaces = (text: string): string[] => text.split(SEPARATORS).filter((part) => part !== '');

function listOf(given: unknown, split = atSpaces): unknown[] | undefined {
  if (given === undefined || given === null || given === '') return undefined;
  if (typeof given === 'string') return split(given);
  return Array.isArray(given) ? given : [given];
}

function readId(given: unknown, field: string): number {
  const id = typeof given === 'string' && plain(given).trim() !== '' ? Number(plain(given)) : given;
  if (typeof id === 'number' && Number.isInteger(id) && id >= 0 && id <= MOST_USER_ID) return id;
  throw invalidInput(field, `must be a whole number from 0 to ${MOST_USER_ID}`);
}

/** Whether a record with that time is one of those that a filter, as a flow gave it, asks for. */
export function chosenByFilter(given: unknown, timezone: string): (time: string | undefined) => boolean {
  const { time_after, time_before } = (given ?? {}) as Record<string, unknown>;
  return chosenBy({ time_after, time_before }, timezone);
}

/** Numbers, and ids, in one query (manual 3.2). */
const VALUES_PER_QUERY = 32;

/** The filter as queries that the gateway takes: more than 32 numbers or ids become several. */
export function inQueries(filter: SmsFilter): SmsFilter[] {
  return slices(filter.number).flatMap((number) =>
    slices(filter.user_id).map((user_id) => ({
      ...filter,
      ...(number && { number }),
      ...(user_id && { user_id }),
    })),
  );
}

function slices<T>(list: readonly T[] | undefined): (T[] | undefined)[] {
  if (!list || list.length === 0) return [undefined];
  const count = Math.ceil(list.length / VALUES_PER_QUERY);
  return Array.from({ length: count }, (_, slice) =>
    list.slice(slice * VALUES_PER_QUERY, (slice + 1) * VALUES_PER_QUERY),
  );
}
