import { isPairAt } from './surrogates';

/**
 * Bytes of `text` in UTF-8, the unit of the gateway's limits (manual 2.3: 1500 bytes of text; 7.2: 60 bytes of USSD).
 * A lone surrogate counts 3, as the replacement character that it becomes.
 */
export function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x80) continue;
    bytes += code < 0x800 ? 1 : 2;
    // The pair's second unit is paid for: four bytes for two units.
    if (isPairAt(text, index)) index++;
  }
  return bytes;
}
