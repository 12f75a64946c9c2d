/**
 * Code points that show nothing: format and control characters (marks of the writing direction, soft hyphens, byte order
 * marks), variation selectors, fillers, the frame of keycap emoji, and the empty Braille cell. White space is not among them.
 */
const UNSEEN = /(?!\s)(?:[\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]|\u20E3)/gu;
const DIGIT = /\p{Nd}/u;
const OTHER_DIGITS = /(?![0-9])\p{Nd}/gu;

/** Takes out of a text what can't be seen: it comes along when something is copied from a chat, a web page or a table. */
export const withoutUnseen = (text: string): string => text.replace(UNSEEN, '');

/** Takes out what can't be seen, and writes the digits of all scripts (full-width, Arabic, Devanagari …) as 0 to 9. */
export const plain = (text: string): string => withoutUnseen(text).replace(OTHER_DIGITS, digit);

/** Unicode keeps the decimal digits of each script in a row that begins with its zero. */
function digit(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  let first = code;
  while (DIGIT.test(String.fromCodePoint(first - 1))) first -= 1;
  return String((code - first) % 10);
}

/** A code point's name in Unicode's own notation, such as `U+202E`. */
export const nameOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** A text as an error may show it: what isn't plain ASCII is named, so that nothing refused looks right. */
export const named = (text: string): string => text.replace(/[^ -~]/gu, (character) => `<${nameOf(character)}>`);
