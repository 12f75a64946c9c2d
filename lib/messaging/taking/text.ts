import { invalidInput } from '../../gateway-api';
import { countParams, expandTemplate, firstNonGsm7, fitsGsm7, utf8Bytes } from '../../sms-text';
import type { NewSms } from '../../store';
import { finalText } from '../sms/text';
import type { GivenRecipient } from './recipients';

/** The manual's limit for the template and for each expanded text, in bytes (2.3, error 413). */
const MOST_BYTES = 1500;

/** Reads `text`: numbers and booleans become texts, a Buffer is UTF-8 (contract, dinstar-send-sms). */
export function readText(given: unknown): string {
  if (typeof given === 'number' || typeof given === 'boolean') return String(given);
  const text = Buffer.isBuffer(given) ? given.toString('utf8') : given;
  if (typeof text !== 'string') throw invalidInput('text', `must be a text, not ${nameOf(text)}`);
  if (text === '') throw invalidInput('text', 'is empty');
  checkBytes('text', text);
  return text;
}

function nameOf(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  return Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`;
}

function checkBytes(field: string, text: string): void {
  const bytes = utf8Bytes(text);
  if (bytes > MOST_BYTES) throw invalidInput(field, `has ${bytes} bytes, the gateway takes at most ${MOST_BYTES}`);
}

/** A text is a template when its recipients have parameters: all of them, each as many as there are places. */
export function checkTemplate(text: string, recipients: readonly GivenRecipient[]): void {
  if (recipients.every(({ text_param }) => text_param === undefined)) return;
  const places = countParams(text);
  for (const { text_param, field: recipient } of recipients) {
    const field = `${recipient}.text_param`;
    if (text_param === undefined) throw invalidInput(field, 'is missing, other recipients have one');
    if (text_param.length !== places) {
      throw invalidInput(field, `has ${text_param.length} texts, the text has ${places} #param#`);
    }
    checkBytes(field, expandTemplate(text, text_param));
  }
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
export function checkAlphabet(text: string, recipients: readonly GivenRecipient[]): void {
  checkCharacters('text', text);
  for (const { text_param = [], field } of recipients) {
    text_param.forEach((param, place) => {
      checkCharacters(`${field}.text_param[${place}]`, param);
    });
  }
}

function checkCharacters(field: string, text: string): void {
  const foreign = firstNonGsm7(text.normalize('NFC'));
  if (foreign) throw invalidInput(field, `"${foreign.character}" is not in the GSM 7 bit alphabet`);
}
