import { isVendorTime } from '../times';
import { invalidInput } from './errors';
import { MOST_USER_ID } from './fields';
import * as v from './schemas';

// The manual's limits, checked before anything leaves. Every message finishes the sentence "<field>: …".

/** Bytes of `text` in UTF-8, the unit of the gateway's limits. */
export function bytesOf(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

/** Whether it is the number of a port that a gateway may have: 0 to 31 (manual 2.2). */
export const isPort = (given: unknown): given is number => v.is(portNumber, given);

/** A port number (manual 2.2). */
export const portNumber = v.pipe(
  v.number('a port must be a number from 0 to 31'),
  v.integer('a port must be a whole number from 0 to 31'),
  v.minValue(0, 'a port must be a number from 0 to 31'),
  v.maxValue(31, 'a port must be a number from 0 to 31'),
);

/**
 * A list that restricts what is asked for, of at most `most` entries. An empty one doesn't restrict and isn't sent: as a
 * query it would go out as `port=`.
 */
export function maybeList<T>(entry: v.GenericSchema<unknown, T>, most: number) {
  const list = v.pipe(v.array(entry, 'must be an array'), v.maxLength(most, `may hold at most ${most}`));
  return v.optional(
    v.pipe(
      list,
      v.transform((entries) => (entries.length === 0 ? undefined : entries)),
    ),
  );
}

const PORTS = 32;

/** Port numbers, where none means all. */
export const maybePorts = maybeList(portNumber, PORTS);

/** Port numbers that must be named. */
export const namedPorts = v.pipe(
  v.array(portNumber, 'must be an array of port numbers'),
  v.minLength(1, 'must name at least one port'),
  v.maxLength(PORTS, `may hold at most ${PORTS}`),
);

/** A phone number: "a digit string no more than 24 bytes" (manual 2.2), with a leading + where wanted. */
export const phoneNumber = v.pipe(
  v.string('a number must be a string of digits'),
  v.regex(/^\+?[0-9]+$/, 'a number may hold digits only, after a leading +'),
  v.maxLength(24, 'a number may be at most 24 bytes long'),
);

/** What matches a result with its request (manual 2.2); the gateway keeps it in 32 bits. */
export const userId = v.pipe(
  v.number('must be a number'),
  v.integer('must be a whole number'),
  v.minValue(0, 'must not be below 0'),
  v.maxValue(MOST_USER_ID, `must not be above ${MOST_USER_ID}`),
);

/** A number of the gateway's own counting. */
export const count = v.pipe(
  v.number('must be a number'),
  v.safeInteger('must be a whole number'),
  v.minValue(0, 'must not be below 0'),
);

/** A time as the gateway writes it. */
export const vendorTimeText = v.pipe(
  v.string('must be a text like "2016-07-12 15:46:18"'),
  v.check(isVendorTime, 'must be a time like "2016-07-12 15:46:18"'),
);

/**
 * `value` as `schema` has it; keys that the schema doesn't know are kept. Throws `INVALID_INPUT` with the field's path, such as
 * `param[3].number`.
 */
export function checkInput<T>(schema: v.GenericSchema<unknown, T>, value: unknown): T {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw invalidInput(pathOf(issue), issue.received === 'undefined' ? 'is missing' : issue.message);
}

function pathOf(issue: v.BaseIssue<unknown>): string {
  const keys = (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`));
  return keys.join('').replace(/^\./, '') || 'request';
}
