import type { Check } from '../problem';

/** A path of the HTTP server as it is: no parameters, no wildcards, no query. */
export const pushPath: Check = (value) =>
  /^\/?[\w.~/-]+$/.test(value.trim()) ? undefined : { key: 'common.error.path' };
