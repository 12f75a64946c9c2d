import type { Check } from '../problem';

/** What may stand in a URL as it is, so that nobody has to wonder how the gateway writes it; or nothing. */
export const token: Check = (value) => (/^[\w.~-]*$/.test(value) ? undefined : { key: 'common.error.token' });
