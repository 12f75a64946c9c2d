import { instantsOf } from '../../times';
import type { Check } from '../problem';

/** A time as a text: by the gateway's clock, or ISO 8601; nothing = no limit. */
export const time: Check = (value) => {
  const text = value.trim();
  const isTime = text === '' || instantsOf(text, 'UTC').length > 0 || !Number.isNaN(Date.parse(text));
  return isTime ? undefined : { key: 'common.error.time' };
};
