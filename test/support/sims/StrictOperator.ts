import type { Operator } from '../../../simulator/network/operator/Operator';

/** What was bought for a card: how much of what in which time, as the contract says it. */
export interface Bought {
  count: 'sms' | 'segments' | 'recipients';
  /** A stretch of so many ms, or from one reset to the next: a day, week or month of these clocks. */
  per: number | { calendar: 'day' | 'week' | 'month'; zone: string };
  max: number;
}

interface Sent {
  at: number;
  number: string;
  isFirst: boolean;
}

/** An SMS on air: its first segment. */
export interface Transmitted {
  at: number;
  port: number;
}

/**
 * An operator of its own, who looks at all that a card has ever sent each time it sends, and bars it for good when that is more
 * than was bought. It shares no line with what it judges.
 */
export class StrictOperator {
  /** Which card broke what, and when. */
  readonly barred: string[] = [];
  private readonly byCard = new Map<string, Sent[]>();
  private readonly cards = new Map<number, string>();
  private readonly byNumber = new Map<string, Transmitted[]>();
  private readonly days = new Map<string, Intl.DateTimeFormat>();
  private readonly periods = new Map<Bought['per'], Map<number, string>>();

  /** @param getBought what was bought for the card in a port */
  constructor(
    operator: Operator,
    private readonly now: () => number,
    private readonly getBought: (port: number) => readonly Bought[],
  ) {
    operator.transmit = (card, port, { number, isFirst }) =>
      this.judge(card.iccid, port, { at: now(), number, isFirst });
  }

  /** How many segments went by each card. */
  get counts(): number[] {
    return [...this.byCard.values()].map(({ length }) => length);
  }

  /** What went to a number, in order. */
  sentTo = (number: string): readonly Transmitted[] => this.byNumber.get(number) ?? [];

  /** When the card in a port sent last. */
  lastOf = (port: number): number => this.sentBy(port).at(-1)?.at ?? Number.NEGATIVE_INFINITY;

  /**
   * What the card in a port has used by now of what was bought, and of which numbers.
   * @param slack so many ms before a stretch or a period began count, too
   */
  usedNow(port: number, bought: Bought, slack: number): { used: number; numbers: ReadonlySet<string> } {
    const counted = this.counted(this.sentBy(port), this.now(), bought.per, slack);
    return { used: amountOf(counted, bought.count), numbers: new Set(counted.map(({ number }) => number)) };
  }

  private sentBy = (port: number): readonly Sent[] => this.byCard.get(this.cards.get(port) ?? '') ?? [];

  private judge(iccid: string, port: number, one: Sent): boolean {
    const sent = this.byCard.get(iccid) ?? [];
    this.byCard.set(iccid, sent);
    this.cards.set(port, iccid);
    sent.push(one);
    if (one.isFirst) this.byNumber.set(one.number, [...this.sentTo(one.number), { at: one.at, port }]);
    for (const bought of this.getBought(port)) {
      const used = this.usedOf(sent, bought);
      if (used <= bought.max) continue;
      const at = new Date(this.now()).toISOString();
      this.barred.push(
        `${at} port ${port}: ${used} ${bought.count} per ${JSON.stringify(bought.per)}, bought ${bought.max}`,
      );
      return false;
    }
    return true;
  }

  private usedOf(sent: readonly Sent[], { count, per }: Bought): number {
    return amountOf(this.counted(sent, (sent.at(-1) as Sent).at, per, 0), count);
  }

  private counted(sent: readonly Sent[], now: number, per: Bought['per'], slack: number): Sent[] {
    const counted: Sent[] = [];
    for (let place = sent.length - 1; place >= 0; place -= 1) {
      const one = sent[place] as Sent;
      if (!this.isTogether(one.at, now, per) && !this.isTogether(one.at + slack, now, per)) break;
      counted.push(one);
    }
    return counted;
  }

  private isTogether(at: number, now: number, per: Bought['per']): boolean {
    if (typeof per === 'number') return now - at < per;
    return this.periodOf(at, per) === this.periodOf(now, per);
  }

  /** A period changes on a quarter of an hour, whatever the zone. */
  private periodOf(at: number, per: Exclude<Bought['per'], number>): string {
    const quarter = Math.floor(at / 900_000);
    const known = this.periods.get(per) ?? new Map<number, string>();
    this.periods.set(per, known);
    const period = known.get(quarter) ?? this.periodAt(at, per);
    known.set(quarter, period);
    return period;
  }

  private periodAt(at: number, { calendar, zone }: Exclude<Bought['per'], number>): string {
    const format = this.days.get(zone) ?? new Intl.DateTimeFormat('en-CA', { timeZone: zone });
    this.days.set(zone, format);
    const day = format.format(at);
    if (calendar === 'day') return day;
    if (calendar === 'month') return day.slice(0, 7);
    const date = new Date(`${day}T00:00:00Z`);
    date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
    return date.toISOString().slice(0, 10);
  }
}

function amountOf(counted: readonly Sent[], count: Bought['count']): number {
  if (count === 'segments') return counted.length;
  const first = counted.filter(({ isFirst }) => isFirst);
  return count === 'sms' ? first.length : new Set(first.map(({ number }) => number)).size;
}
