import { utf8Bytes } from '../../sms-text';
import type { Check, Problem } from '../problem';
import { parsed } from './json';

/** The manual's limit for what is sent at once (7.2). */
const MOST_BYTES = 60;

/** A USSD code, or an answer to a menu. */
export const ussdCode: Check = (value): Problem | undefined => {
  if (value.trim() === '') return { key: 'common.error.required' };
  const bytes = utf8Bytes(value);
  return bytes > MOST_BYTES ? { key: 'common.error.longText', values: { bytes, most: MOST_BYTES } } : undefined;
};

/** Checks codes in JSON: a code, or an array of codes. */
export const jsonUssdCodes: Check = (value, sibling) => {
  const given = parsed(value);
  const codes = Array.isArray(given) ? given : [given];
  if (codes.length === 0) return { key: 'common.error.required' };
  if (!codes.every((code) => typeof code === 'string' || typeof code === 'number'))
    return { key: 'common.error.ussdCodes' };
  for (const code of codes) {
    const problem = ussdCode(String(code), sibling);
    if (problem) return problem;
  }
  return undefined;
};
