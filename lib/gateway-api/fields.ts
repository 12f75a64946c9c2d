import * as v from './schemas';

// How the documented types are read from what the wire carries: a number may come as a string and the other way round.

const MOST_SEGMENTS = 255;
/** The greatest user_id that a request may carry: an int32. */
export const MOST_USER_ID = 2 ** 31 - 1;
const INTEGER = /^\s*[+-]?\d{1,15}(?:\.0+)?\s*$/;

function toInteger(value: unknown): unknown {
  return typeof value === 'string' && INTEGER.test(value) ? Number(value) : value;
}

function toText(value: unknown): unknown {
  if (value === null || value === undefined) return '';
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}

/** A whole number that must be there. */
export const integer = v.pipe(v.unknown(), v.transform(toInteger), v.number('is not a number'), v.safeInteger());

/** A whole number; what can't be read as one counts as absent. */
export const maybeInteger = v.optional(
  v.pipe(
    v.unknown(),
    v.transform(toInteger),
    v.transform((value) => (Number.isSafeInteger(value) ? (value as number) : undefined)),
  ),
);

/** An id that a request may have carried (manual 2.2); what none can have, as -1 for one that was lost, counts as absent. */
export const maybeUserId = v.pipe(
  maybeInteger,
  v.transform((value) => (value !== undefined && value >= 0 && value <= MOST_USER_ID ? value : undefined)),
);

/** How many of something; firmware that doesn't know may print -1, which is no number of anything. */
export const howMany = v.pipe(integer, v.minValue(0, 'is negative'));

/** How many of something; what can't be as many counts as absent. */
export const maybeHowMany = v.pipe(
  maybeInteger,
  v.transform((value) => (value !== undefined && value >= 0 ? value : undefined)),
);

/** How many segments; what can't be as many counts as absent. A long SMS has at most 255 (3GPP TS 23.040, 9.2.3.24.1). */
export const maybeSegments = v.pipe(
  maybeInteger,
  v.transform((value) => (value !== undefined && value >= 0 && value <= MOST_SEGMENTS ? value : undefined)),
);

/** A text that must be there; verbatim. */
export const text = v.pipe(
  v.unknown(),
  v.check((value) => value !== null && value !== undefined, 'is missing'),
  v.transform(toText),
  v.string('is not a text'),
);

/** A text that is empty when it is absent; verbatim otherwise. */
export const textOrEmpty = v.optional(v.pipe(v.unknown(), v.transform(toText), v.string('is not a text')), '');

/** A text; what can't be read as one counts as absent. */
export const maybeText = v.optional(
  v.pipe(
    v.unknown(),
    v.transform((value) => (value === null ? undefined : toText(value))),
    v.transform((value) => (typeof value === 'string' ? value : undefined)),
  ),
);

/** A SIM's identity, empty when absent: later firmware prints "<NULL>" then (field notes). */
export const identity = v.pipe(
  textOrEmpty,
  v.transform((value) => (value === '<NULL>' ? '' : value)),
);

/** Reads a field that may not have been asked for. */
export const maybeIdentity = v.pipe(
  maybeText,
  v.transform((value) => (value === '<NULL>' ? '' : value)),
);
