import * as v from 'valibot';
import { GatewayError } from './errors';
import { mendKeys } from './keys';
import { isoTime } from './times';

/** Reads one record; `zone` (IANA name; empty = this machine's) is where the gateway's clock is. */
export type RecordReader<T> = (value: unknown, zone?: string) => T;

type RecordSchema<T> = v.GenericSchema<unknown, T> & { readonly entries: Readonly<Record<string, unknown>> };

/**
 * A reader of the records that `schema` describes: keys mended, documented types coerced, unknown keys kept, and an ISO
 * sibling for each of the `times` that can be read. It throws a `BAD_REPLY` that names `what` when a required key can't be
 * mended.
 */
export function recordReader<T extends object>(
  what: string,
  schema: RecordSchema<T>,
  times: readonly (keyof T & string)[] = [],
): RecordReader<T> {
  const known = Object.keys(schema.entries);
  return (value, zone) => {
    if (!isRecord(value)) throw unreadable(what, 'it is not an object');
    const result = v.safeParse(schema, mendKeys(value, known));
    if (!result.success) throw unreadable(what, result.issues.map(issueText).join(', '));
    return withIso(withoutUndefined(result.output), times, zone);
  };
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
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;
}

function withIso<T extends object>(record: T, times: readonly (keyof T & string)[], zone: string | undefined): T {
  const iso = times.flatMap((field) => {
    const instant = isoTime(record[field], zone);
    return instant === undefined ? [] : [[`${field}_iso`, instant]];
  });
  return Object.assign(record, Object.fromEntries(iso));
}
