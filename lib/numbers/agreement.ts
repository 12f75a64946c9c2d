import { cleanNumber } from './clean';
import { identityOf } from './e164';

/** How many last digits tell two numbers apart well enough where other things speak for one of them. */
const TAIL_DIGITS = 7;
/** What is dialled before a national number within its country, and before nothing elsewhere. */
const TRUNK = /^(?:|0|8|06|1)$/;
/** What may stand before it instead: a country code of up to three digits, perhaps with a mobile 1 or 9, or behind 00, 011. */
const ABROAD = /^(?:00|011)?\d{0,4}$/;

/** The digits by which a number is found whatever its writing: the last seven, without what may be dialled before them. */
export const tailOf = (number: string): string => number.replace(/\D/g, '').replace(/^0+/, '').slice(-TAIL_DIGITS);

/**
 * How a number that a gateway prints agrees with one of ours. `number`: it is ours in some writing; `digits`: only the last
 * digits are alike, or it says nothing; `none`: it is another one.
 */
export type Agreement = 'number' | 'digits' | 'none';

/** Compares one of our numbers with one that a gateway prints: national, international, empty, or a name. */
export function agreement(ours: string, printed: string, country?: string): Agreement {
  const number = cleanNumber(printed.replace(/^\s*\+(?=0)/, ''));
  // A name, or digits behind asterisks, says nothing.
  if (typeof number !== 'string') return 'digits';
  // Nor does what stands for none, or one that was cut short, or whose end is hidden behind zeros.
  if (bare(number).length < LEAST && bare(ours).length >= LEAST) return 'digits';
  if (isBeginning(bare(ours), bare(number))) return 'digits';
  const [own, other] = [tailOf(ours), tailOf(number)];
  const length = Math.min(own.length, other.length);
  if (length === 0 || own.slice(-length) !== other.slice(-length))
    return bare(ours) === bare(number) ? 'number' : 'none';
  if (bare(ours) === bare(number)) return 'number';
  const [one, two] = [identityOf(ours, country), identityOf(number, country)];
  if (one === two) return 'number';
  if (isInternational(one) && isInternational(two)) return 'digits';
  return isOtherWriting(bare(ours), bare(number)) ? 'number' : 'digits';
}

/** Whether a number that a gateway prints can be one of ours: it doesn't contradict. */
export const mayBe = (ours: string, printed: string): boolean =>
  ours === printed || agreement(ours, printed) !== 'none';

/** Returns those of a list whose number agrees best with the printed one; none where all contradict. */
export function closest<T extends { number: string }>(list: readonly T[], printed: string, country?: string): T[] {
  const graded = list.map((one) => ({ one, grade: agreement(one.number, printed, country) }));
  const best = graded.some(({ grade }) => grade === 'number') ? 'number' : 'digits';
  return graded.filter(({ grade }) => grade === best).map(({ one }) => one);
}

/** Whether a printed number is one of ours without its end, which it leaves out or shows as zeros. */
function isBeginning(ours: string, printed: string): boolean {
  const shown = printed.length === ours.length ? printed.replace(HIDDEN, '') : printed;
  return shown.length >= LEAST_SHOWN && shown.length < ours.length && ours.startsWith(shown);
}

/** Digits of the shortest short codes. */
const LEAST = 3;
/** At least so many digits are shown of a number, or it is another one. */
const LEAST_SHOWN = 4;
/** As many zeros as hide something. */
const HIDDEN = /(?<!0)0{2,}$/;

const bare = (number: string): string => number.replace(/^(?:\+|00)/, '');
const isInternational = (number: string): boolean => number.startsWith('+');

/** Whether two writings differ only by what stands before a national number. */
function isOtherWriting(one: string, other: string): boolean {
  let alike = 0;
  while (alike < Math.min(one.length, other.length) && one.at(-1 - alike) === other.at(-1 - alike)) alike += 1;
  if (alike < TAIL_DIGITS) return false;
  const [head, rest] = [one.slice(0, -alike), other.slice(0, -alike)];
  return (TRUNK.test(head) && ABROAD.test(rest)) || (TRUNK.test(rest) && ABROAD.test(head));
}
