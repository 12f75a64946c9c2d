import { nameOf, plain } from './unseen';

/** Why a text is no telephone number. */
export interface NumberProblem {
  /**
   * `none`: nothing in it, or zeros only; `character`: one that is no part of a number; `plus`: a + that isn't at its
   * beginning; `zero`: a country code that begins with 0; `dots`: read as a decimal; `rounded`: digits are lost; `several`:
   * parted, and more digits than one number has.
   */
  why: 'none' | 'character' | 'plus' | 'zero' | 'dots' | 'rounded' | 'several';
  /** The character that is to blame, as `U+0416`. */
  character?: string;
  /** What it stands for in the text, where that can be shown. */
  shown?: string;
}

/** A number is at most 24 bytes (manual 2.2). */
export const LONGEST_NUMBER = 24;

/** Digits of a number with its country code (ITU-T E.164, 6.1), behind what is dialled to get abroad. */
const MOST_DIGITS = /^(?:\+|0{1,3}|011|0011)?[0-9]{1,15}$/;

/** What stands between several numbers in one text: commas and semicolons of all scripts, and lines. */
const BETWEEN = /[,;\uFF0C\u3001\u060C\uFF1B\u061B\r\n\u0085\u2028\u2029]+/;

/** The numbers in a text, each as it was given. */
export const splitNumbers = (text: string): string[] =>
  text
    .replace(DECIMAL_COMMA, '$1')
    .split(BETWEEN)
    .filter((part) => plain(part).trim() !== '');

/** A whole number that went through a table of a country that writes decimals with a comma: 491701234567,0 */
const DECIMAL_COMMA = /^(\s*\+?[0-9]{7,}),0{1,2}\s*$/;
const PLUS = /[\uFF0B\uFE62\u207A\u2795]/g;
const DOT = /[\uFF0E\u3002\uFE52]/g;
const SCHEME = /^ ?(?:tel|sms|smsto|callto):/i;
/** A text that a table was told to leave alone, or that brings its quotes along. */
const QUOTES = /^["'\u2018\u2019\u201C\u201D]+|(?<!["'\u2018\u2019\u201C\u201D])["'\u2018\u2019\u201C\u201D]+$/g;
/** "+49 (0)171": a zero that is dialled only without the country code. Italy's is a part of the number. */
const OPTIONAL_ZERO = /^(?! ?(?:\+|00)? ?(?:39|378))( ?\+? ?[0-9][0-9 ]{0,4})[ .-]*[(\uFF08] ?0 ?[)\uFF09]/;
/** What people write into numbers to read them better. */
const ORNAMENTS = /[\s()[\]\uFF08\uFF09/\u2044\u2215\uFF0F\u00B7\p{Pd}\u2212]/gu;
/** A whole number that went through a table or a script: 491701234567.0 */
const DECIMAL_ZEROS = /^(\+?[0-9]{7,})\.0{1,2}$/;
/** No other number ends in a group of zeros behind its only dot: what a table writes of one, or of a short one, is refused. */
const DECIMAL = /^\+?[0-9]+\.0+$/;
const EXPONENT = /^[+-]?[0-9]+(?:\.[0-9]+)?e\+?[0-9]+$/i;

/**
 * Reads one telephone number: takes out what can't be seen and what only parts it (spaces, dashes, slashes, brackets, and
 * dots between groups of two and more digits), reads the digits of all scripts. What is left is given as it was.
 */
export function cleanNumber(given: unknown): string | NumberProblem {
  if (typeof given === 'number') return Number.isSafeInteger(given) ? checked(String(given)) : { why: 'rounded' };
  if (typeof given === 'bigint') return checked(String(given));
  if (typeof given !== 'string') return { why: 'none' };
  const spaced = plain(given).replace(/\s+/g, ' ').trim();
  const text = spaced.replace(PLUS, '+').replace(DOT, '.').replace(QUOTES, '').replace(SCHEME, '');
  const grouped = text.replace(OPTIONAL_ZERO, '$1').replace(ORNAMENTS, '').replace(DECIMAL_ZEROS, '$1');
  if (EXPONENT.test(grouped)) return { why: 'rounded' };
  if (DECIMAL.test(grouped)) return { why: 'dots' };
  const number = checked(grouped);
  // Of two numbers in one cell each would get nothing.
  const isParted = /[0-9][^0-9+]+[0-9]/.test(text);
  return typeof number === 'string' && isParted && !MOST_DIGITS.test(number) ? { why: 'several' } : number;
}

/** A number without its ornaments, the dots still in it. */
function checked(number: string): string | NumberProblem {
  const odd = /[^0-9.+]/u.exec(number)?.[0];
  if (odd !== undefined)
    return { why: 'character', character: nameOf(odd), ...(/[!-~\p{L}]/u.test(odd) && { shown: odd }) };
  if (!/[1-9]/.test(number)) return { why: 'none' };
  if (number.lastIndexOf('+') > 0) return { why: 'plus' };
  if (hasOddGroups(number)) return { why: 'dots' };
  const digits = number.replace(/\./g, '');
  if (digits.startsWith('+0')) return { why: 'zero' };
  return digits;
}

/** A dot before or behind a single digit is a decimal's; "+1." and "+7." are country codes, and a dot may end a sentence. */
function hasOddGroups(number: string): boolean {
  const groups = number.replace(/\.$/, '').split('.');
  if (groups.length === 1) return false;
  return groups.some((group, place) => group.length < 2 || (place > 0 && group.includes('+')));
}
