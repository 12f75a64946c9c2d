import { OldestOut } from '../../bounded/OldestOut';
import type { DeliveryStatus } from '../../gateway-api';

/** When a report came to light: after the look at `after`, which didn't have it, and not later than `by`; in ms, by one clock. */
export interface CameToLight {
  after: number;
  by: number;
}

/** How much is remembered: what is older is looked at as if for the first time. */
const MOST_NUMBERS = 2000;
const MOST_REPORTS = 10_000;
/** Characters: a time may be any text. */
const LONGEST_KEY = 100;
/** Gateways write a number in several ways; its end is the same. */
const TAIL_DIGITS = 8;

/** What earlier looks at a gateway's delivery reports have shown: a gateway keeps old ones and shows them every time. */
export class ReportLooks {
  private readonly looks = new OldestOut<string, number>(MOST_NUMBERS);
  private readonly reports = new OldestOut<string, CameToLight>(MOST_REPORTS);

  /** A look for these numbers at `now`, which showed these reports. */
  add(numbers: readonly string[], reports: readonly DeliveryStatus[], now: number): void {
    for (const report of reports) {
      const key = keyOf(report);
      if (this.reports.has(key)) continue;
      this.reports.set(key, { after: this.lastLook(report.number), by: now });
    }
    for (const number of numbers) this.looks.set(tailOf(number), now);
  }

  /** Of a report that a look has shown. */
  of(report: DeliveryStatus): CameToLight {
    return this.reports.get(keyOf(report)) ?? { after: Number.NEGATIVE_INFINITY, by: Number.POSITIVE_INFINITY };
  }

  private lastLook(number: string): number {
    return this.looks.get(tailOf(number)) ?? Number.NEGATIVE_INFINITY;
  }
}

const tailOf = (number: string): string => number.replace(/\D/g, '').slice(-TAIL_DIGITS);

const keyOf = ({ port, number, ref_id, status_code, time }: DeliveryStatus): string =>
  [port, tailOf(number), ref_id, status_code, time].join(' ').slice(0, LONGEST_KEY);
