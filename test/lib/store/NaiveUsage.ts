import type { Charge, Usage, UsageChange, UsageQuestion } from '../../../lib/store';

type Counted = Charge & { uses: number };

const isSame = (one: Charge, other: Charge): boolean =>
  one.card === other.card &&
  one.counter === other.counter &&
  one.period === other.period &&
  one.recipient === other.recipient;

/** What the cards of a naive store have used. */
export abstract class NaiveUsage {
  private counted: Counted[] = [];

  /** Throws when the store isn't open. */
  protected abstract check(): void;

  async usage(questions: UsageQuestion[], recipients: string[], now: number): Promise<Usage> {
    this.check();
    const rows = questions.flatMap(({ card, counter, period }) => {
      const own = this.counted.filter((one) => one.card === card && one.counter === counter);
      const found = own.filter((one) => (period === undefined ? one.until > now : one.period === period));
      const people = found.filter(({ recipient }) => recipient !== undefined);
      const ends = new Map(people.map((one) => [`${one.period} ${one.until}`, { ...one, amount: 0 }]));
      for (const one of people) (ends.get(`${one.period} ${one.until}`) ?? one).amount += 1;
      return [...found.filter(({ recipient }) => recipient === undefined), ...ends.values()];
    });
    const who = [...new Set(recipients)];
    const known = who.flatMap((recipient) =>
      this.counted.filter((one) => one.recipient === recipient && one.until > now),
    );
    return structuredClone({
      rows: rows.map(({ uses, recipient, ...row }) => row),
      known: known.map(({ uses, amount, ...one }) => ({ ...one, recipient: one.recipient ?? '' })),
    });
  }

  async changeUsage({ at, move = [], reset = [], giveBack = [], use = [] }: UsageChange): Promise<void> {
    this.check();
    for (const { from, to } of move) {
      const moved = this.counted.filter(({ card }) => card === from);
      this.counted = this.counted.filter(({ card }) => card !== from);
      for (const one of moved) this.add({ ...one, card: to }, one.uses);
    }
    for (const { card, counter, period = 'all' } of reset) {
      this.counted = this.counted.filter(
        (one) => one.card !== card || one.counter !== counter || ![one.period, 'all'].includes(period),
      );
    }
    this.takeBack(giveBack);
    this.use(use, at);
  }

  protected use(charges: Charge[], at: number): void {
    for (const charge of structuredClone(charges)) {
      const isOver = (one: Counted): boolean => {
        const isPerson = (one.recipient === undefined) === (charge.recipient === undefined);
        return isPerson && one.sliding === true && one.until <= at;
      };
      const isOwn = (one: Counted): boolean => one.card === charge.card && one.counter === charge.counter;
      if (charge.sliding) this.counted = this.counted.filter((one) => !isOwn(one) || !isOver(one));
      this.add(charge, 1);
    }
  }

  protected takeBack(charges: Charge[]): void {
    for (const charge of charges) {
      const there = this.counted.find((one) => isSame(one, charge));
      if (!there) continue;
      there.uses -= 1;
      there.amount -= charge.recipient === undefined ? charge.amount : 0;
      const left = charge.recipient === undefined ? there.amount : there.uses;
      if (left <= 0) this.counted = this.counted.filter((one) => one !== there);
    }
  }

  protected pruneUsage(before: number): void {
    this.counted = this.counted.filter(({ until }) => until >= before - 7 * 86_400_000);
  }

  private add(charge: Charge, uses: number): void {
    const there = this.counted.find((one) => isSame(one, charge));
    if (!there) this.counted.push({ ...charge, uses });
    else {
      there.uses += uses;
      there.until = Math.max(there.until, charge.until);
      there.amount += charge.recipient === undefined ? charge.amount : 0;
    }
  }
}
