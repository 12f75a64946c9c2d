import { invalidInput } from '../../gateway-api';
import { firstNonGsm7, fitsGsm7, utf8Bytes } from '../../sms-text';
import type { NewSms } from '../../store';
import { finalText } from '../sms/text';

/** The manual's limit for the template and for each expanded text, in bytes (2.3, error 413). */
export const MOST_BYTES = 1500;

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

/** Throws `INVALID_INPUT` for a text that the gateway wouldn't take. */
export function checkBytes(field: string, text: string, most = MOST_BYTES): void {
  const bytes = utf8Bytes(text);
  if (bytes > most) throw invalidInput(field, `has ${bytes} bytes, the gateway takes at most ${MOST_BYTES}`);
}

/**
 * An SMS as it is sent where the encoding isn't forced to Unicode: letters and accents put together (NFC) if GSM 7 bit then
 * carries all of it, else as given.
 */
export function withoutLooseAccents<Sms extends Pick<NewSms, 'text' | 'text_param'>>(sms: Sms): Sms {
  if (fitsGsm7(finalText(sms))) return sms;
  const composed = {
    ...sms,
    text: sms.text.normalize('NFC'),
    ...(sms.text_param && { text_param: sms.text_param.map((param) => param.normalize('NFC')) }),
  };
  return fitsGsm7(finalText(composed)) ? composed : sms;
}

/** Refuses what GSM 7 bit can't carry: the gateway would send a `?` in its place. */
export function checkAlphabet(field: string, text: string): void {
  const foreign = firstNonGsm7(text.normalize('NFC'));
  if (foreign) throw invalidInput(field, `"${foreign.character}" is not in the GSM 7 bit alphabet`);
}
