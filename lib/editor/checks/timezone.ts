import type { Check } from '../problem';

/** An IANA name, or nothing. */
export const timezone: Check = (value) => {
  if (value.trim() === '') return undefined;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value.trim() });
    return undefined;
  } catch {
    return { key: 'common.error.timezone' };
  }
};
