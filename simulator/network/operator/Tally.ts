import { calendarOf } from './calendar';
import type { OperatorRule } from './rules';

/** A segment on its way through the network. */
export interface Transmission {
  readonly number: string;
  /** Whether it is the first one of its SMS. */
  readonly isFirst: boolean;
}

const lengths = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
  month: 30 * 86_400_000,
} as const;

/** What one card has sent under one rule. */
export class Tally {
  /** When each SMS or segment was sent, and to whom; or when each recipient was written to last. Oldest first. */
  private readonly sent = new Map<string | number, number>();
  private next = 0;
  private period = Number.NEGATIVE_INFINITY;
  private readonly periodOf: (at: number) => number;

  constructor(readonly rule: OperatorRule) {
    this.periodOf = rule.window === 'sliding' ? () => 0 : calendarOf(rule);
  }

  /** How much has been used by now. */
  used(at: number): number {
    this.forget(at);
    return this.sent.size;
  }

  /** How much would be used with this one; no more than the rule's `max` is allowed. */
  with(transmission: Transmission, at: number): number {
    this.forget(at);
    return this.sent.size + (this.counts(transmission) && !this.sent.has(this.keyOf(transmission)) ? 1 : 0);
  }

  add(transmission: Transmission, at: number): void {
    if (!this.counts(transmission)) return;
    const key = this.keyOf(transmission);
    this.sent.delete(key);
    this.sent.set(key, at);
    this.next += 1;
  }

  private counts({ isFirst }: Transmission): boolean {
    return isFirst || this.rule.count === 'segments';
  }

  private keyOf({ number }: Transmission): string | number {
    return this.rule.count === 'recipients' ? number.replace(/^(\+|00)/, '') : this.next;
  }

  private forget(at: number): void {
    if (this.rule.window === 'sliding') {
      const since = at - lengths[this.rule.per];
      for (const [key, sentAt] of this.sent) {
        if (sentAt > since) break;
        this.sent.delete(key);
      }
      return;
    }
    // Clocks that are put back over a reset begin no period a second time.
    const period = this.periodOf(at);
    if (period <= this.period) return;
    this.period = period;
    this.sent.clear();
  }
}
