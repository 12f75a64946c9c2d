import { mendKeys } from './keys';
import { type OddityListener, passedOver } from './oddities';
import { type ClockFace, isRecord, type RecordReader, unreadable } from './records';
import type { Reply } from './reply';

/** How the records of a list are read, and who is told of those that are passed over. */
export interface ListReading {
  face: ClockFace;
  odd: OddityListener;
}

/** A record that can't be read. */
export interface Unreadable {
  value: unknown;
  why: string;
}

/** Of how many unreadable records of one answer it is kept what is wrong with them: one tells as much as a thousand. */
const MOST_EXPLAINED = 5;
/** Fields by which a record is told from its sisters, the best first. */
const NAMES = ['incoming_sms_id', 'user_id', 'item_id', 'port', 'number'];

/**
 * The records that a reply holds under `key`. One that can't be read doesn't hide the others: it is passed over, and `odd` is
 * told. Throws `BAD_REPLY` when there are records and none can be read, or when what stands there is no list.
 */
export function readList<T>(reply: Reply, key: string, read: RecordReader<T>, reading: ListReading): T[] {
  const { records, unreadable: bad } = readEach(recordsOf(reply, key), read, reading);
  const [first] = bad;
  if (records.length === 0 && first !== undefined) throw unreadable(read.what, first.why);
  return records;
}

/**
 * Reads each of `values`; of those that can't be read the first five are answered, and all for which `isWanted` holds.
 * Takes time in proportion to their number, and makes no errors.
 * @param isAlone each such record is worth a word to `reading.odd`, not only the first that has its fault
 */
export function readEach<T>(
  values: readonly unknown[],
  read: RecordReader<T>,
  { face, odd }: ListReading,
  isWanted: (value: unknown) => boolean = () => false,
  isAlone = isWanted,
): { records: T[]; unreadable: Unreadable[] } {
  const records: T[] = [];
  const unreadable: Unreadable[] = [];
  let explained = 0;
  for (const value of values) {
    const attempted = read.attempt(value, face, odd);
    if ('record' in attempted) records.push(attempted.record);
    else if (explained < MOST_EXPLAINED || isWanted(value)) {
      unreadable.push({ value, why: attempted.why });
      if (explained++ < MOST_EXPLAINED) odd(passedOver(read.what, attempted.why, nameOf(value), isAlone(value)));
    }
  }
  return { records, unreadable };
}

/**
 * The records of a list as they came, unread. Firmware was seen to send a list under another key (field notes): then the only list of the
 * reply serves that isn't empty, one level deeper as well. A single record may stand without its array, and an object of
 * records for an array of them; no list at all, or an empty text, is an empty one. Throws `BAD_REPLY` where something is there
 * and it can't be told which is the list.
 */
export function recordsOf(reply: Reply, key: string): unknown[] {
  const value = mendKeys(reply, [key])[key] ?? otherList(reply, key);
  if (Array.isArray(value)) return value;
  if (typeof value === 'string' && value.trim() === '') return [];
  if (!isRecord(value)) throw unreadable(`a reply whose ${key}`, 'is no list');
  const values = Object.values(value);
  if (values.length === 0) return [];
  return values.every(isRecord) ? values : [value];
}

/** What stands for the list `key` that a reply doesn't have. */
function otherList(reply: Reply, key: string): unknown {
  const members = Object.values(reply);
  const inside = members.filter(isRecord).map((member) => ({ member, mended: mendKeys(member, [key]) }));
  const [named] = inside.filter(({ mended }) => Object.hasOwn(mended, key));
  if (named) return named.mended[key] ?? [];
  const deeper = inside.flatMap(({ member }) => Object.values(member));
  const lists = [...members, ...deeper].filter((one): one is unknown[] => Array.isArray(one) && one.length > 0);
  if (lists.length > 1) throw unreadable(`a reply without ${key}`, 'it has several lists');
  return lists[0] ?? [];
}

function nameOf(value: unknown): string {
  if (!isRecord(value)) return '';
  const mended = mendKeys(value, NAMES);
  const name = NAMES.find((field) => typeof mended[field] === 'number' || typeof mended[field] === 'string');
  return name === undefined ? '' : `${name} ${String(mended[name]).slice(0, 24)}`;
}
