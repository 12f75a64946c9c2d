import {
  type Charge,
  KEPT_AFTER_END_MS,
  type Usage,
  type UsageChange,
  type UsageQuestion,
  type UsageRow,
} from '../usage';

interface Counted {
  charge: Charge;
  /** How many SMS of a recipient. */
  uses: number;
}

type Counter = Map<string, Counted>;

/** What SIM cards have used. */
export class UsageShelf {
  /** By card and counter, then by period and recipient. */
  private readonly counters = new Map<string, Counter>();
  private readonly byRecipient = new Map<string, Set<Counted>>();

  /** Counts charges. Parts of sliding windows that are over are forgotten with the next one. */
  use(charges: readonly Charge[] = [], at: number): void {
    for (const charge of charges) {
      if (charge.sliding) this.forget(charge, (one) => one.sliding === true && one.until <= at && isAlike(one, charge));
      this.add(charge, 1);
    }
  }

  /** Takes charges off the counters; what is forgotten already stays so. */
  giveBack(charges: readonly Charge[] = []): void {
    for (const charge of charges) {
      const counted = this.counters.get(nameOf(charge))?.get(placeOf(charge));
      if (!counted) continue;
      counted.uses -= 1;
      if (charge.recipient === undefined) counted.charge.amount -= charge.amount;
      const isOver = charge.recipient === undefined ? counted.charge.amount <= 0 : counted.uses <= 0;
      if (isOver) this.delete(counted);
    }
  }

  change({ at, move = [], reset = [], giveBack, use }: UsageChange): void {
    for (const { from, to } of move) {
      if (from === to) continue;
      for (const counted of this.all().filter(({ charge }) => charge.card === from)) {
        this.delete(counted);
        this.add({ ...counted.charge, card: to }, counted.uses);
      }
    }
    for (const question of reset) {
      this.forget(question, ({ period }) => question.period === undefined || period === question.period);
    }
    this.giveBack(giveBack);
    this.use(use, at);
  }

  read(questions: readonly UsageQuestion[], recipients: readonly string[], now: number): Usage {
    const rows = questions.flatMap((question) => summed(this.counters.get(nameOf(question)), question, now));
    const known: Usage['known'] = [];
    for (const recipient of new Set(recipients)) {
      for (const { charge } of this.byRecipient.get(recipient) ?? []) {
        if (charge.until <= now) continue;
        const { amount: _, ...one } = charge;
        known.push({ ...one, recipient });
      }
    }
    return { rows, known };
  }

  /** Forgets counters that ended a week before a moment. */
  prune(before: number): void {
    for (const counted of this.all()) if (counted.charge.until < before - KEPT_AFTER_END_MS) this.delete(counted);
  }

  private add(charge: Charge, uses: number): void {
    const counter: Counter = this.counters.get(nameOf(charge)) ?? new Map();
    this.counters.set(nameOf(charge), counter);
    const there = counter.get(placeOf(charge));
    if (there) {
      there.uses += uses;
      if (charge.recipient === undefined) there.charge.amount += charge.amount;
      there.charge.until = Math.max(there.charge.until, charge.until);
      return;
    }
    const counted: Counted = { charge: { ...charge }, uses };
    counter.set(placeOf(charge), counted);
    if (charge.recipient === undefined) return;
    const others = this.byRecipient.get(charge.recipient) ?? new Set();
    this.byRecipient.set(charge.recipient, others.add(counted));
  }

  private forget(whose: UsageQuestion, isOver: (charge: Charge) => boolean): void {
    const counter = this.counters.get(nameOf(whose));
    for (const counted of counter?.values() ?? []) if (isOver(counted.charge)) this.delete(counted);
  }

  private delete(counted: Counted): void {
    const { charge } = counted;
    const counter = this.counters.get(nameOf(charge));
    counter?.delete(placeOf(charge));
    if (counter?.size === 0) this.counters.delete(nameOf(charge));
    if (charge.recipient === undefined) return;
    const others = this.byRecipient.get(charge.recipient);
    others?.delete(counted);
    if (others?.size === 0) this.byRecipient.delete(charge.recipient);
  }

  private all = (): Counted[] => [...this.counters.values()].flatMap((counter) => [...counter.values()]);
}

const nameOf = ({ card, counter }: { card: string; counter: string }): string => `${card} ${counter}`;
const placeOf = ({ period, recipient }: Charge): string => `${period} ${recipient ?? ''}`;
const isAlike = (one: Charge, other: Charge): boolean =>
  (one.recipient === undefined) === (other.recipient === undefined);

/** What is asked of a counter. Different recipients that end together are one row. */
function summed(counter: Counter | undefined, asked: UsageQuestion, now: number): UsageRow[] {
  const rows = new Map<string, UsageRow>();
  for (const { charge } of counter?.values() ?? []) {
    const { period, until, amount } = charge;
    if (asked.period === undefined ? until <= now : period !== asked.period) continue;
    const { recipient, ...row } = charge;
    const key = recipient === undefined ? `${period}` : `${period} ${until}`;
    const there = rows.get(key);
    if (there) there.amount += amount;
    else rows.set(key, row);
  }
  return [...rows.values()];
}
