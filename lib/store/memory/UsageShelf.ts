import {
  type Charge,
  KEPT_AFTER_END_MS,
  type KnownRecipient,
  type Usage,
  type UsageChange,
  type UsageQuestion,
  type UsageRow,
} from '../usage';

/** A recipient that is counted. What was given of it is nobody's to change: another object is put in its place. */
interface Counted {
  known: KnownRecipient;
  /** How many SMS of a recipient. */
  uses: number;
}

/** A counter of a card, by period: sums, and different recipients. */
interface Counter {
  sums: Map<number, UsageRow>;
  recipients: Map<number, Map<string, Counted>>;
}

/** What SIM cards have used. */
export class UsageShelf {
  /** By card, then by counter. */
  private readonly counters = new Map<string, Map<string, Counter>>();
  private readonly byRecipient = new Map<string, Set<Counted>>();

  /** Counts charges. Parts of sliding windows that are over are forgotten with the next one. */
  use(charges: readonly Charge[] = [], at: number): void {
    for (const charge of charges) {
      if (charge.sliding) this.forgetOver(charge, at);
      this.add(charge, 1);
    }
  }

  /** Takes charges off the counters; what is forgotten already stays so. */
  giveBack(charges: readonly Charge[] = []): void {
    for (const { card, counter: name, period, amount, recipient } of charges) {
      const counter = this.counters.get(card)?.get(name);
      if (recipient === undefined) {
        const sum = counter?.sums.get(period);
        if (!sum) continue;
        if (sum.amount > amount) counter?.sums.set(period, { ...sum, amount: sum.amount - amount });
        else this.deleteSum(sum);
      } else {
        const counted = counter?.recipients.get(period)?.get(recipient);
        if (!counted) continue;
        counted.uses -= 1;
        if (counted.uses <= 0) this.delete(counted);
      }
    }
  }

  change({ at, move = [], reset = [], giveBack, use }: UsageChange): void {
    for (const { from, to } of move) {
      if (from === to) continue;
      for (const sum of this.sums(from)) {
        this.deleteSum(sum);
        this.add({ ...sum, card: to }, 1);
      }
      for (const counted of this.counted(from)) {
        this.delete(counted);
        this.add({ ...counted.known, card: to, amount: 1 }, counted.uses);
      }
    }
    for (const { card, counter, period: asked } of reset) {
      const isMeant = ({ counter: name, period }: UsageRow | KnownRecipient): boolean =>
        name === counter && (asked === undefined || period === asked);
      for (const sum of this.sums(card)) if (isMeant(sum)) this.deleteSum(sum);
      for (const counted of this.counted(card)) if (isMeant(counted.known)) this.delete(counted);
    }
    this.giveBack(giveBack);
    this.use(use, at);
  }

  read(questions: readonly UsageQuestion[], recipients: readonly string[], now: number): Usage {
    const rows: UsageRow[] = [];
    for (const question of questions) {
      const counter = this.counters.get(question.card)?.get(question.counter);
      if (counter) addRows(rows, counter, question.period, now);
    }
    const known: KnownRecipient[] = [];
    for (const recipient of new Set(recipients)) {
      for (const counted of this.byRecipient.get(recipient) ?? [])
        if (counted.known.until > now) known.push(counted.known);
    }
    return { rows, known };
  }

  /** Forgets counters that ended a week before a moment. */
  prune(before: number): void {
    const isOld = ({ until }: { until: number }): boolean => until < before - KEPT_AFTER_END_MS;
    for (const card of [...this.counters.keys()]) {
      for (const sum of this.sums(card)) if (isOld(sum)) this.deleteSum(sum);
      for (const counted of this.counted(card)) if (isOld(counted.known)) this.delete(counted);
    }
  }

  private add({ recipient, amount, ...one }: Charge, uses: number): void {
    const counter = this.counterOf(one.card, one.counter);
    if (recipient === undefined) {
      const sum = counter.sums.get(one.period);
      const until = Math.max(sum?.until ?? one.until, one.until);
      counter.sums.set(one.period, sum ? { ...sum, until, amount: sum.amount + amount } : { ...one, amount });
      return;
    }
    const period = counter.recipients.get(one.period) ?? new Map<string, Counted>();
    counter.recipients.set(one.period, period);
    const there = period.get(recipient);
    if (there) {
      there.uses += uses;
      if (there.known.until < one.until) there.known = { ...there.known, until: one.until };
      return;
    }
    const counted: Counted = { known: { ...one, recipient }, uses };
    period.set(recipient, counted);
    const others = this.byRecipient.get(recipient) ?? new Set();
    this.byRecipient.set(recipient, others.add(counted));
  }

  private counterOf(card: string, name: string): Counter {
    const ofCard = this.counters.get(card) ?? new Map<string, Counter>();
    this.counters.set(card, ofCard);
    const counter = ofCard.get(name) ?? { sums: new Map(), recipients: new Map() };
    ofCard.set(name, counter);
    return counter;
  }

  /** Of those that are counted as a charge is: sums, or recipients. */
  private forgetOver({ card, counter: name, recipient }: Charge, at: number): void {
    const counter = this.counters.get(card)?.get(name);
    const isOver = ({ sliding, until }: UsageRow | KnownRecipient): boolean => sliding === true && until <= at;
    if (recipient === undefined) {
      for (const sum of counter?.sums.values() ?? []) if (isOver(sum)) this.deleteSum(sum);
    } else {
      for (const period of counter?.recipients.values() ?? [])
        for (const counted of period.values()) if (isOver(counted.known)) this.delete(counted);
    }
  }

  private deleteSum({ card, counter: name, period }: UsageRow): void {
    const counter = this.counters.get(card)?.get(name);
    counter?.sums.delete(period);
    if (counter) this.forgetEmpty(card, name, counter);
  }

  private delete(counted: Counted): void {
    const { card, counter: name, period, recipient } = counted.known;
    const counter = this.counters.get(card)?.get(name);
    const ofPeriod = counter?.recipients.get(period);
    ofPeriod?.delete(recipient);
    if (ofPeriod?.size === 0) counter?.recipients.delete(period);
    if (counter) this.forgetEmpty(card, name, counter);
    const others = this.byRecipient.get(recipient);
    others?.delete(counted);
    if (others?.size === 0) this.byRecipient.delete(recipient);
  }

  private forgetEmpty(card: string, name: string, { sums, recipients }: Counter): void {
    if (sums.size + recipients.size > 0) return;
    const ofCard = this.counters.get(card);
    ofCard?.delete(name);
    if (ofCard?.size === 0) this.counters.delete(card);
  }

  private sums = (card: string): UsageRow[] => this.of(card).flatMap(({ sums }) => [...sums.values()]);

  private counted = (card: string): Counted[] =>
    this.of(card).flatMap(({ recipients }) => [...recipients.values()].flatMap((period) => [...period.values()]));

  private of = (card: string): Counter[] => [...(this.counters.get(card)?.values() ?? [])];
}

/** What is asked of a counter. Different recipients that end together are one row. */
function addRows(rows: UsageRow[], { sums, recipients }: Counter, asked: number | undefined, now: number): void {
  if (asked === undefined) {
    for (const sum of sums.values()) if (sum.until > now) rows.push(sum);
    for (const period of recipients.values()) addRecipients(rows, period, now);
    return;
  }
  const sum = sums.get(asked);
  if (sum) rows.push(sum);
  const period = recipients.get(asked);
  if (period) addRecipients(rows, period, Number.NEGATIVE_INFINITY);
}

function addRecipients(rows: UsageRow[], period: ReadonlyMap<string, Counted>, now: number): void {
  const byEnd = new Map<number, UsageRow>();
  for (const { known } of period.values()) {
    if (known.until <= now) continue;
    const there = byEnd.get(known.until);
    if (there) there.amount += 1;
    else {
      const { recipient: _, ...one } = known;
      byEnd.set(known.until, { ...one, amount: 1 });
    }
  }
  rows.push(...byEnd.values());
}
