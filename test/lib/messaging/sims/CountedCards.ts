import type { Charge, Usage, UsageQuestion } from '../../../../lib/store';

/** What cards have used, as a list of charges that is read anew each time: slow, and plain enough to be believed. */
export class CountedCards {
  private readonly charges: Charge[] = [];

  use(charges: readonly Charge[]): void {
    this.charges.push(...charges);
  }

  rows(card: string, now: number): Usage['rows'] {
    return this.usage(
      [...new Set(this.charges.map(({ counter }) => counter))].map((counter) => ({ card, counter })),
      [],
      now,
    ).rows;
  }

  usage(questions: readonly UsageQuestion[], recipients: readonly string[], now: number): Usage {
    const rows = new Map<string, Usage['rows'][number]>();
    const seen = new Map<string, Usage['known'][number]>();
    for (const { card, counter, period, until, amount, recipient } of this.charges) {
      if (recipient === undefined) {
        const key = `${card} ${counter} ${period}`;
        const row = rows.get(key) ?? { card, counter, period, until, amount: 0 };
        rows.set(key, { ...row, amount: row.amount + amount, until: Math.max(row.until, until) });
      } else {
        const key = `${card} ${counter} ${period} ${recipient}`;
        const known = seen.get(key) ?? { card, counter, period, until, recipient };
        seen.set(key, { ...known, until: Math.max(known.until, until) });
      }
    }
    const all = [...rows.values(), ...[...seen.values()].map(({ recipient, ...row }) => ({ ...row, amount: 1 }))];
    const isAsked = (row: Usage['rows'][number]): boolean =>
      questions.some(({ card, counter, period }) => {
        const isWanted = period === undefined ? row.until > now : row.period === period;
        return row.card === card && row.counter === counter && isWanted;
      });
    const known = [...seen.values()].filter(({ recipient, until }) => recipients.includes(recipient) && until > now);
    return { rows: all.filter(isAsked), known };
  }
}
