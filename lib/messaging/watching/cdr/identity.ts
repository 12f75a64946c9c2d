import { createHash } from 'node:crypto';
import type { Cdr } from '../../../gateway-api';

// Call records have no number of their own. What the manual has them hold (12.3) tells them apart, as far as it goes; a
// pushed one may have other fields beside that than the same one read later.
const MANUAL = ['start_date', 'answer_date', 'direction', 'ip', 'codec', 'hangup', 'gsm_code', 'bcch'] as const;
/** Ours, and by the settings of a gateway node. */
const OURS = new Set(['start_date_iso', 'answer_date_iso', 'answered']);

const plain = (value: unknown): string => String(value ?? '').trim();

/** Keys that were made: a list of thousands is asked for them four times at each reading. */
const calls = new WeakMap<Cdr, string>();
const wordings = new WeakMap<Cdr, string>();

/** Returns one key for a record that was pushed and read: 12 characters, from the manual's fields. */
export const callOf = (record: Cdr): string =>
  madeOnce(calls, record, () =>
    digest(JSON.stringify([record.port, ...MANUAL.map((field) => plain(record[field]))]), 12),
  );

const theirs = (record: Cdr): [string, unknown][] => Object.entries(record).filter(([key]) => !OURS.has(key));

/** Returns one key for a record that was read twice: 8 characters, from all its fields. */
export const wordingOf = (record: Cdr): string =>
  madeOnce(wordings, record, () =>
    digest(JSON.stringify(theirs(record).sort(([one], [other]) => (one < other ? -1 : 1))), 8),
  );

/** How long it is in an answer, at least. */
export const lengthOf = (record: Cdr): number => JSON.stringify(Object.fromEntries(theirs(record))).length + 1;

function madeOnce(made: WeakMap<Cdr, string>, record: Cdr, make: () => string): string {
  const known = made.get(record);
  if (known !== undefined) return known;
  const key = make();
  made.set(record, key);
  return key;
}

const digest = (text: string, length: number): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, length);

/** Puts each record to those with the same key. */
export function groupedBy<T>(records: readonly T[], keyOf: (record: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const record of records) {
    const key = keyOf(record);
    const group = groups.get(key);
    if (group) group.push(record);
    else groups.set(key, [record]);
  }
  return groups;
}
