import { type OperatorRule, readRules } from './rules';

/** How a card is barred: it stays registered and each SMS fails, or it loses the network. */
export type Barring = 'sms' | 'network';

/** What the operator asks of its cards. */
export interface OperatorTerms {
  /** A card that breaks one of them is barred; default none. */
  readonly rules?: readonly OperatorRule[];
  /** How; default 'sms'. */
  readonly bars?: Barring;
  /** What a segment costs, taken off the card's balance; default 0. A card without as much left sends nothing. */
  readonly price?: number;
}

/** Reads terms; what isn't said is left out. @throws RangeError that names what can't be read */
export function readTerms(given: unknown): OperatorTerms {
  if (typeof given !== 'object' || given === null) throw new RangeError('terms must be an object');
  const { rules, bars, price } = given as Record<string, unknown>;
  if (bars !== undefined && bars !== 'sms' && bars !== 'network') {
    throw new RangeError('bars must be one of sms, network');
  }
  if (price !== undefined && !(typeof price === 'number' && price >= 0 && Number.isFinite(price))) {
    throw new RangeError('price must be a number from 0');
  }
  return {
    ...(rules === undefined ? {} : { rules: readRules(rules) }),
    ...(bars === undefined ? {} : { bars }),
    ...(price === undefined ? {} : { price }),
  };
}
