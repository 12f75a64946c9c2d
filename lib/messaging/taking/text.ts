import { invalidInput } from '../../gateway-api';
import { countParams, type Form, firstForeign, fitsGsm7, gsm7Forms, utf8Bytes } from '../../sms-text';
import type { NewSms } from '../../store';
import { finalText } from '../finalText';

/** What of an SMS its text makes. */
export type Worded = Pick<NewSms, 'text' | 'text_param' | 'own_text'>;

/** The manual's limit for the template and for each expanded text, in bytes (2.3, error 413). */
export const MOST_BYTES = 1500;

/** Names of fields may be long, not endless. */
const MOST_TEMPLATE_BYTES = 10 * MOST_BYTES;

/** Bytes of a text in the form in which it is sent, which has no more of them than the one in which it was given. */
function sentBytes(text: string, form: Form): number {
  const bytes = utf8Bytes(text);
  return bytes <= MOST_BYTES ? bytes : utf8Bytes(form(text));
}

/** Reads a text: numbers and booleans become texts, a Buffer is UTF-8 (contract, dinstar-send-sms). */
export function readText(field: string, given: unknown): string {
  if (typeof given === 'number' || typeof given === 'boolean') return String(given);
  const text = Buffer.isBuffer(given) ? given.toString('utf8') : given;
  if (typeof text !== 'string') throw invalidInput(field, `must be a text, not ${nameOf(text)}`);
  if (text === '') throw invalidInput(field, 'is empty');
  return text;
}

function nameOf(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  return Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`;
}

/** Throws `INVALID_INPUT` for a text without fields that is too long for the gateway in the form in which it is sent. */
export function checkBytes(field: string, text: string, form: Form): void {
  const bytes = sentBytes(text, form);
  if (bytes > MOST_BYTES) throw invalidInput(field, `has ${bytes} bytes, the gateway takes at most ${MOST_BYTES}`);
}

/** Throws `INVALID_INPUT` for a text with fields that is longer than anybody writes: what is made of it counts. */
export function checkTemplateBytes(field: string, text: string): void {
  const bytes = utf8Bytes(text);
  if (bytes <= MOST_TEMPLATE_BYTES) return;
  throw invalidInput(field, `has ${bytes} bytes, a text with fields may have at most ${MOST_TEMPLATE_BYTES}`);
}

/** Throws `INVALID_INPUT` for a text that is too long for the gateway as it is filled for a recipient. */
export function checkFilled(field: string, text: string, recipient: string, form: Form): void {
  const bytes = sentBytes(text, form);
  if (bytes <= MOST_BYTES) return;
  const is = `makes the text too long (recipient ${recipient})`;
  throw invalidInput(field, `${is}: filled it has ${bytes} bytes, the gateway takes at most ${MOST_BYTES}`);
}

/**
 * An SMS as it is sent where the encoding isn't forced to Unicode: in the first form in which GSM 7 bit carries all of it
 * ({@link gsm7Forms}), else as given.
 */
export function inGsm7<Sms extends Worded>(sms: Sms, mayTransliterate: boolean): Sms {
  if (fitsGsm7(finalText(sms))) return sms;
  return (
    gsm7Forms(mayTransliterate)
      .map((form) => written(sms, form))
      .find((one) => fitsGsm7(finalText(one))) ?? sms
  );
}

function written<Sms extends Worded>(sms: Sms, form: (text: string) => string): Sms {
  const text = form(sms.text);
  if (sms.text_param === undefined) return { ...sms, text };
  const places = countParams(text);
  if (places === sms.text_param.length) return { ...sms, text, text_param: sms.text_param.map(form) };
  // Without a soft hyphen within it a mark is one more: then it travels filled.
  const { text_param: _filled, ...rest } = sms;
  return { ...rest, text: form(finalText(sms)), own_text: true } as Sms;
}

/** Refuses what GSM 7 bit can't carry in any form: the gateway would send a `?` in its place. */
export function checkAlphabet(field: string, text: string, mayTransliterate: boolean): void {
  const foreign = firstForeign(text, mayTransliterate);
  if (foreign !== undefined) throw invalidInput(field, `"${foreign}" is not in the GSM 7 bit alphabet`);
}
