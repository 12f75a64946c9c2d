import type { Check, Problem } from '../problem';

/** About 30 years: more is a mix-up of units. */
const MOST_SECONDS = 1e9;

/** A cleared field means the default (contract, conventions). */
const isBlank = (value: string): boolean => value.trim() === '';

/** A number of seconds from `least` to `most`. */
export const seconds =
  (least = 0, most = MOST_SECONDS): Check =>
  (value) =>
    isBlank(value) || (Number(value) >= least && Number(value) <= most)
      ? undefined
      : { key: 'common.error.seconds', values: { least, most } };

/** A hundred years: more is a mix-up of units, too. */
const MOST_DAYS = 36_500;

/** A number of days, more than none. */
export const days: Check = (value) =>
  isBlank(value) || (Number(value) > 0 && Number(value) <= MOST_DAYS)
    ? undefined
    : { key: 'common.error.days', values: { most: MOST_DAYS } };

/** A number of hours up to `most`. */
export const hours =
  (most: number): Check =>
  (value) =>
    isBlank(value) || (Number(value) >= 0 && Number(value) <= most)
      ? undefined
      : { key: 'common.error.hours', values: { most } };

/** A whole number from `least` to `most`. */
export const wholeNumber =
  (least: number, most = Number.MAX_SAFE_INTEGER): Check =>
  (value): Problem | undefined => {
    const number = Number(value);
    if (isBlank(value)) return undefined;
    if (Number.isInteger(number) && number >= least && number <= most) return undefined;
    return most === Number.MAX_SAFE_INTEGER
      ? { key: 'common.error.wholeNumberFrom', values: { least } }
      : { key: 'common.error.wholeNumber', values: { least, most } };
  };
