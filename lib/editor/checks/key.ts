import type { Check } from '../problem';

const LONGEST_KEY = 255;

/** A key that is the same for every message; or nothing. */
export const key: Check = (value) =>
  value.length > LONGEST_KEY ? { key: 'common.error.longKey', values: { most: LONGEST_KEY } } : undefined;
