import { isTimezone } from '../../times';
import type { Check } from '../problem';

/** What the gateway's client takes: a name with a slash, UTC, an offset, or nothing. */
export const timezone: Check = (value) => (isTimezone(value.trim()) ? undefined : { key: 'common.error.timezone' });
