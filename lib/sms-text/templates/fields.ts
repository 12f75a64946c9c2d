import { withoutMarks } from '../transliterate';

/** What a recipient has beside its number that says how it is sent, and is no field of a text (contract, send sms). */
const NO_FIELDS: ReadonlySet<string> = new Set(['number', 'to', 'user_id', 'text_param', 'else', 'after']);

/** A recipient as an object, such as a row of a table. */
export type Row = Readonly<Record<string, unknown>>;

/** What a field says in a text, or why it says nothing. */
export type Field = { text: string } | { why: 'reserved' | 'missing' | 'empty' | 'kind' };

/** The key of a row by this name: spelt so, or so that it reads the same, as the first one of a file with a byte order mark. */
export function keyReadAs(name: string, row: Row): string | undefined {
  // The oldest browsers of the editor have no Object.hasOwn.
  if (Object.getOwnPropertyDescriptor(row, name) !== undefined) return name;
  const wanted = readAs(name);
  return Object.keys(row).find((key) => readAs(key) === wanted);
}

const readAs = (key: string): string => withoutMarks(key).trim().normalize('NFC');

/** Whether a row has anything that a text could be filled with. */
export const hasFields = (row: Row): boolean => Object.keys(row).some((key) => !NO_FIELDS.has(key));

/** What the field of this name says in a text: a text, a number or a boolean that isn't blank. */
export function fieldOf(row: Row, name: string): Field {
  if (NO_FIELDS.has(name)) return { why: 'reserved' };
  const key = keyReadAs(name, row);
  const value = key === undefined ? undefined : row[key];
  if (value === undefined || value === null) return { why: 'missing' };
  const text = textOf(value);
  if (text === undefined) return { why: 'kind' };
  return text.trim() === '' ? { why: 'empty' } : { text };
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
}
