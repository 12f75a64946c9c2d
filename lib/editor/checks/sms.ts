import { firstNonGsm7, utf8Bytes } from '../../sms-text';
import type { Check, Problem } from '../problem';

/** The manual's limit for a text (2.3, error 413). */
export const MOST_BYTES = 1500;

/** A text that is the same for every message. */
export const smsText: Check = (value, sibling): Problem | undefined => {
  if (value === '') return { key: 'common.error.required' };
  const bytes = utf8Bytes(value);
  if (bytes > MOST_BYTES) return { key: 'common.error.longText', values: { bytes, most: MOST_BYTES } };
  const isForced = sibling('encodingType') === 'str' && sibling('encoding') === 'gsm-7bit';
  const foreign = isForced ? firstNonGsm7(value.normalize('NFC')) : undefined;
  return foreign && { key: 'common.error.notGsm7', values: { character: foreign.character } };
};

const LONGEST_KEY = 255;

/** A key that is the same for every message; or nothing. */
export const key: Check = (value) =>
  value.length > LONGEST_KEY ? { key: 'common.error.longKey', values: { most: LONGEST_KEY } } : undefined;
