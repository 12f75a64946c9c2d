/** A text as it is packed into SMS, by the letter of 3GPP TS 23.038 and 23.040 and without a thought for speed. */
export interface Packed {
  encoding: 'gsm-7bit' | 'unicode';
  /** The characters in each SMS. */
  parts: string[][];
  /** Units left in the last one. */
  left: number;
}

// TS 23.038, table 6.2.1, row by row as it is printed (b7 b6 b5 = 000 to 111); the escape code is no character.
const TABLE = [
  '@Δ 0¡P¿p',
  '£_!1AQaq',
  '$Φ"2BRbr',
  '¥Γ#3CScs',
  'èΛ¤4DTdt',
  'éΩ%5EUeu',
  'ùΠ&6FVfv',
  "ìΨ'7GWgw",
  'òΣ(8HXhx',
  'ÇΘ)9IYiy',
  '\nΞ*:JZjz',
  'Ø+;KÄkä',
  'øÆ,<LÖlö',
  '\ræ-=MÑmñ',
  'Åß.>NÜnü',
  'åÉ/?O§oà',
].join('');
// Table 6.2.1.1, by code.
const ESCAPED = ['\f', '^', '{', '}', '\\', '[', '~', ']', '|', '€'];

const costInGsm = (character: string): number => (ESCAPED.includes(character) ? 2 : TABLE.includes(character) ? 1 : 0);

/** Packs `text`, in GSM 7 bit where that has all its characters. */
export function packed(text: string): Packed {
  // By code points: a pair of surrogates is one character, a lone one too.
  const characters = [...text];
  const isGsm = characters.every((character) => costInGsm(character) > 0);
  const cost = isGsm ? costInGsm : (character: string): number => character.length;
  const [alone, together] = isGsm ? [160, 153] : [70, 67];
  const unitsOf = (part: readonly string[]): number => part.reduce((sum, character) => sum + cost(character), 0);
  const encoding = isGsm ? 'gsm-7bit' : 'unicode';
  if (unitsOf(characters) <= alone) return { encoding, parts: [characters], left: alone - unitsOf(characters) };
  const parts: string[][] = [[]];
  let left = together;
  for (const character of characters) {
    if (cost(character) > left) {
      parts.push([]);
      left = together;
    }
    parts.at(-1)?.push(character);
    left -= cost(character);
  }
  return { encoding, parts, left };
}
