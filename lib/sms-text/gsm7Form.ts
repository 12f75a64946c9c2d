import { firstNonGsm7, fitsGsm7 } from './gsm7';
import { transliterated } from './transliterate';

/** A way to write a text, for what GSM 7 bit doesn't have. */
export type Form = (text: string) => string;

const composed: Form = (text) => text.normalize('NFC');

/**
 * The ways to write a text so that GSM 7 bit may carry it, the one that changes least first: letters and accents put together
 * (NFC), as for a "Cafe\u0301" that a Mac wrote, which arrives as the same four characters; and where it is asked for, plain
 * characters for typographic ones.
 */
export const gsm7Forms = (mayTransliterate: boolean): readonly Form[] =>
  mayTransliterate ? [composed, transliterated] : [composed];

/** `text` in the first form that GSM 7 bit carries all of; any other text comes back as given. */
export function gsm7Form(text: string, mayTransliterate: boolean): string {
  if (fitsGsm7(text)) return text;
  return (
    gsm7Forms(mayTransliterate)
      .map((form) => form(text))
      .find(fitsGsm7) ?? text
  );
}

/** The first character that GSM 7 bit can't carry in any form; undefined when it can carry the text. */
export function firstForeign(text: string, mayTransliterate: boolean): string | undefined {
  const form = mayTransliterate ? transliterated : composed;
  return firstNonGsm7(form(text))?.character;
}
