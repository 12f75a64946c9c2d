import {
  chooseEncoding,
  countSegments,
  firstForeign,
  gsm7Form,
  type SegmentCount,
  utf8Bytes,
  type WantedEncoding,
} from '../../sms-text';

/** What a text costs: SMS on the air, and bytes of the 1500 that the gateway takes. */
export interface TextSize extends SegmentCount {
  bytes: number;
  /** The first character that GSM 7 bit doesn't have. Where the encoding is chosen by the text, it makes it Unicode. */
  foreign?: string;
}

/** How a form sends its texts. */
export interface Sending {
  /** What it asks for; one that only the message will tell is taken for `auto`. */
  encoding: string;
  transliterate: boolean;
}

/** The size of a text in the encoding that a form asks for. */
export function sizeOf(given: string, { encoding, transliterate }: Sending): TextSize {
  const wanted: WantedEncoding = encoding === 'unicode' || encoding === 'gsm-7bit' ? encoding : 'auto';
  const text = wanted === 'unicode' ? given : gsm7Form(given, transliterate);
  const foreign = firstForeign(text, transliterate);
  const size = { ...countSegments(text, chooseEncoding(text, wanted)), bytes: utf8Bytes(text) };
  return foreign === undefined ? size : { ...size, foreign };
}
