import { instantOfText } from '../../times';
import type { Check } from '../problem';

/** A time as a text: by the gateway's clock, or ISO 8601; nothing = no limit. */
export const time: Check = (value) => {
  const text = value.trim();
  return text === '' || !Number.isNaN(instantOfText(text)) ? undefined : { key: 'common.error.time' };
};
