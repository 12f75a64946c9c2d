import type { SimCard } from '../simCard';
import type { OperatorRule } from './rules';
import { Tally, type Transmission } from './Tally';
import { type OperatorTerms, readTerms } from './terms';

/** The operator has barred a card: the SMS that broke a rule wasn't sent, nor is anything after it. */
export interface Judgement {
  /** By the network's clock, milliseconds since 1970. */
  readonly at: number;
  readonly iccid: string;
  readonly imsi: string;
  readonly port: number;
  readonly number: string;
  readonly rule: OperatorRule;
  /** What the card would have used with it. */
  readonly value: number;
  /** All of it as a sentence. */
  readonly text: string;
}

/** A card's part in a rule. */
export interface CardUse extends OperatorRule {
  readonly value: number;
}

const mostKept = 10_000;

/** The operator of the simulated network: counts what each card sends, takes its price, and bars the card that breaks a rule. */
export class Operator {
  /** Each card that it has barred, with when and why: the newest 10,000, oldest first. */
  readonly log: Judgement[] = [];
  private given: Required<OperatorTerms> = { rules: [], bars: 'sms', price: 0 };
  private readonly tallies = new Map<string, Tally[]>();

  /** @param now the time by the network's clock, ms since 1970 */
  constructor(readonly now: () => number) {}

  get terms(): Required<OperatorTerms> {
    return this.given;
  }

  /**
   * Changes the terms, what isn't said stays. With new rules counting begins anew.
   * @throws RangeError that names what can't be read
   */
  setTerms(terms: OperatorTerms): void {
    const read = readTerms(terms);
    if (read.rules) this.tallies.clear();
    this.given = { ...this.given, ...read };
  }

  /** A card sends a segment by a port. Answers whether the network took it. */
  transmit(card: SimCard, port: number, transmission: Transmission): boolean {
    const { price } = this.given;
    if (card.barred || card.balance < price) return false;
    const at = this.now();
    const tallies = this.talliesOf(card);
    const broken = tallies.find((tally) => tally.with(transmission, at) > tally.rule.max);
    if (broken) {
      this.judge(card, port, transmission, broken, at);
      return false;
    }
    for (const tally of tallies) tally.add(transmission, at);
    card.balance = rounded(card.balance - price);
    return true;
  }

  /** What a card has used of each rule that holds for it. */
  usedOf(card: SimCard): CardUse[] {
    const at = this.now();
    return this.talliesOf(card).map((tally) => ({ ...tally.rule, value: tally.used(at) }));
  }

  private judge(card: SimCard, port: number, { number }: Transmission, tally: Tally, at: number): void {
    const { rule } = tally;
    const value = tally.used(at) + 1;
    const why = `${value} ${rule.count} per ${rule.per} (${rule.window}), allowed are ${rule.max}`;
    const text = `Card ${card.iccid} in port ${port} is barred: ${why}`;
    card.barred = { how: this.given.bars, at, why };
    this.log.push({ at, iccid: card.iccid, imsi: card.imsi, port, number, rule, value, text });
    if (this.log.length > mostKept) this.log.shift();
  }

  private talliesOf({ iccid }: SimCard): Tally[] {
    const known = this.tallies.get(iccid);
    if (known) return known;
    const rules = this.given.rules.filter((rule) => rule.iccid === undefined || rule.iccid === iccid);
    const fresh = rules.map((rule) => new Tally(rule));
    this.tallies.set(iccid, fresh);
    return fresh;
  }
}

/** Money without the crumbs of binary fractions. */
const rounded = (amount: number): number => Math.round(amount * 10_000) / 10_000;
