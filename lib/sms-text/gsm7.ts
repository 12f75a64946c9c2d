// 3GPP TS 23.038, 6.2.1: the default alphabet without its escape code, in the order of the table's columns.
const DEFAULT_ALPHABET =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';

// 3GPP TS 23.038, 6.2.1.1: each of these travels as the escape code and a second septet.
const EXTENSION_TABLE = '\f^{}\\[~]|€';

// Septets by UTF-16 code; 0 = not in the alphabet. A table, because every character of every text is looked up.
const SEPTETS = new Uint8Array('€'.charCodeAt(0) + 1);
for (const character of DEFAULT_ALPHABET) SEPTETS[character.charCodeAt(0)] = 1;
for (const character of EXTENSION_TABLE) SEPTETS[character.charCodeAt(0)] = 2;

/** A character of a text, whole even when it is a surrogate pair, and where it begins (UTF-16 index). */
export interface FoundCharacter {
  character: string;
  index: number;
}

/** Septets that a UTF-16 code takes in GSM 7 bit: 1, 2 (extension table), or 0 when the alphabet doesn't have it. */
export function septetsOf(code: number): 0 | 1 | 2 {
  return (SEPTETS[code] ?? 0) as 0 | 1 | 2;
}

/**
 * The first character that GSM 7 bit (default alphabet and its extension table, no national shift tables) can't carry,
 * or undefined when it can carry them all (manual 1.4; 3GPP TS 23.038).
 */
export function firstNonGsm7(text: string): FoundCharacter | undefined {
  for (let index = 0; index < text.length; index++) {
    if (septetsOf(text.charCodeAt(index)) === 0) {
      return { character: String.fromCodePoint(text.codePointAt(index) as number), index };
    }
  }
  return undefined;
}

/** Whether GSM 7 bit carries every character of `text` (manual 1.4; 3GPP TS 23.038, no national shift tables). */
export function fitsGsm7(text: string): boolean {
  return firstNonGsm7(text) === undefined;
}
