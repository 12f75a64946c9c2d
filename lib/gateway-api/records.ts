import { isoTime } from '../times';
import { isBroken } from './brokenRecord';
import { GatewayError } from './errors';
import { mendKeys } from './keys';
import { spelled } from './meaningOf';
import { type OddityListener, oddWord } from './oddities';
import * as v from './schemas';
import type { Words } from './words';

/** A gateway's clock face: by it the times of its records are read. */
export interface ClockFace {
  /** Where it is: an IANA name, an offset; empty = this machine's zone. */
  timezone: string;
  /** What it shows now, ms since 1970: of an hour that occurs twice the later one that isn't in the future is meant. */
  now?: number;
}

/** What came of reading one record. */
export type Attempt<T> = { record: T } | { why: string };

/**
 * Reads one record by the gateway's clock face, or by a time zone alone; `odd` is told of words that aren't known. Throws a
 * `BAD_REPLY`.
 */
export interface RecordReader<T> {
  (value: unknown, face?: ClockFace | string, odd?: OddityListener): T;
  /** Reads a record without throwing: a list of thousands of unreadable records must not cost thousands of errors. */
  attempt(value: unknown, face?: ClockFace | string, odd?: OddityListener): Attempt<T>;
  /** What it reads, for texts: `an SMS result`. */
  readonly what: string;
}

type RecordSchema<T> = v.GenericSchema<unknown, T> & { readonly entries: Readonly<Record<string, unknown>> };

/** What is done with fields once their types are as documented. */
export interface Finishing<T> {
  /** Gain an ISO sibling where they can be read. */
  times?: readonly (keyof T & string)[];
  /** Are spelled as the manual spells them. */
  words?: readonly Words[];
}

/**
 * A reader of the records that `schema` describes: keys mended, documented types coerced, unknown keys kept, and what
 * `finishing` says. A record can't be read when a required key is missing or can't be mended.
 */
export function recordReader<T extends object>(
  what: string,
  schema: RecordSchema<T>,
  { times = [], words = [] }: Finishing<T> = {},
): RecordReader<T> {
  const known = Object.keys(schema.entries);
  return readerBy<T>(what, (value, face, odd) => {
    if (!isRecord(value)) return { why: 'it is not an object' };
    if (isBroken(value)) return { why: 'it is no proper JSON' };
    const result = v.safeParse(schema, mendKeys(value, known));
    if (!result.success) return { why: result.issues.map(issueText).join(', ') };
    return { record: withIso(withWords(withoutUndefined(result.output), words, odd), times, face) };
  });
}

/** A reader by what attempts it. */
export function readerBy<T>(what: string, attempt: RecordReader<T>['attempt']): RecordReader<T> {
  const read = (value: unknown, face?: ClockFace | string, odd?: OddityListener): T => {
    const attempted = attempt(value, face, odd);
    if ('why' in attempted) throw unreadable(what, attempted.why);
    return attempted.record;
  };
  return Object.assign(read, { attempt, what });
}

/** Whether `value` is an object of JSON, neither null nor an array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A `BAD_REPLY` about one part of an answer. */
export function unreadable(what: string, why: string): GatewayError {
  return new GatewayError('BAD_REPLY', `The gateway sent ${what} that can't be read: ${why}.`, 'unknown');
}

function issueText(issue: v.BaseIssue<unknown>): string {
  const why = issue.received === 'undefined' ? 'is missing' : issue.message;
  return `${v.getDotPath(issue) ?? 'it'} ${why}`;
}

function withoutUndefined<T extends object>(record: T): T {
  if (!Object.values(record).includes(undefined)) return record;
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;
}

function withWords<T extends object>(record: T, words: readonly Words[], odd: OddityListener | undefined): T {
  for (const one of words) {
    const word = (record as Record<string, unknown>)[one.field];
    if (typeof word !== 'string') continue;
    Object.assign(record, { [one.field]: spelled(one, word) });
    const oddity = odd && oddWord(one, word);
    if (oddity) odd(oddity);
  }
  return record;
}

function withIso<T extends object>(record: T, times: readonly (keyof T & string)[], face: ClockFace | string = ''): T {
  const { timezone, now } = typeof face === 'string' ? { timezone: face, now: undefined } : face;
  const iso = times.flatMap((field) => {
    const instant = isoTime(record[field], timezone, now);
    return instant === undefined ? [] : [[`${field}_iso`, instant]];
  });
  return Object.assign(record, Object.fromEntries(iso));
}
