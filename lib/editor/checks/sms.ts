import { filled, firstForeign, gsm7Form, parseParams, parseTemplate, utf8Bytes } from '../../sms-text';
import type { Check, Problem } from '../problem';
import { parsed } from './json';

/** The manual's limit for a text (2.3, error 413). */
export const MOST_BYTES = 1500;
/** Names of fields may make a template longer than what comes of it. */
const MOST_TEMPLATE_BYTES = 10 * MOST_BYTES;

/** A text that is the same for every message. */
export const smsText: Check = (value, sibling): Problem | undefined => {
  if (value === '') return { key: 'common.error.required' };
  const { pieces, oddities } = sibling('literal') === 'false' ? parseTemplate(value) : parseParams(value);
  const odd = oddities.find(({ mayBeText }) => !mayBeText);
  if (odd) return { key: 'common.error.template', values: { shown: odd.shown } };
  const hasFields = pieces.some((piece) => 'field' in piece);
  const encoding = sibling('encodingType') === 'str' ? sibling('encoding') : 'auto';
  const mayTransliterate = sibling('transliterate') === 'true';
  // What is made of fields counts, and else how the text is sent.
  const bytes = utf8Bytes(hasFields || encoding === 'unicode' ? value : gsm7Form(value, mayTransliterate));
  const most = hasFields ? MOST_TEMPLATE_BYTES : MOST_BYTES;
  if (bytes > most) return { key: 'common.error.longText', values: { bytes, most: MOST_BYTES } };
  const foreign = encoding === 'gsm-7bit' ? firstForeign(filled(pieces, []), mayTransliterate) : undefined;
  return foreign === undefined ? undefined : { key: 'common.error.notGsm7', values: { character: foreign } };
};

/** Texts by language, as JSON; each as {@link smsText}. */
export const jsonTexts: Check = (value, sibling): Problem | undefined => {
  const texts = parsed(value);
  const isObject = typeof texts === 'object' && texts !== null && !Array.isArray(texts);
  if (!isObject) return { key: texts === undefined ? 'common.error.json' : 'common.error.texts' };
  return Object.values(texts)
    .map((text) => smsText(String(text), sibling))
    .find((problem) => problem !== undefined);
};

const atMost =
  (most: number): Check =>
  (value) =>
    value.length > most ? { key: 'common.error.longKey', values: { most } } : undefined;

/** A key that is the same for every message; or nothing. */
export const key = atMost(255);

/** The name of a job; or nothing. */
export const job = atMost(200);
