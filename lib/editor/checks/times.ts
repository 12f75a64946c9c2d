import { instantOfText, isTimezone } from '../../times';
import type { Check } from '../problem';

/** A time as a text: by the gateway's clock, or ISO 8601; nothing = no limit. */
export const time: Check = (value) => {
  const text = value.trim();
  return text === '' || !Number.isNaN(instantOfText(text)) ? undefined : { key: 'common.error.time' };
};

/** What the gateway's client takes: a name with a slash, UTC, an offset, or nothing. */
export const timezone: Check = (value) => (isTimezone(value.trim()) ? undefined : { key: 'common.error.timezone' });
