import type { SmsStatus, StoredSms } from '../../store';

/** SMS that are looked at, and how many it takes to say anything. */
const LAST_SMS = 20;
const LEAST_SMS = 5;
/** After how long a report is overdue, in ms, where reports come at all. */
const REPORT_OVERDUE_MS = 3_600_000;

/** Of these the gateway has said that they didn't get through. */
const FAILED: ReadonlySet<SmsStatus> = new Set(['FAILED', 'PARTIAL', 'UNDELIVERED']);

interface End {
  is: 'good' | 'bad' | 'unreported';
  /** Monotonic, in ms. */
  at: number;
}

/** How many of a gateway's last 20 SMS got through, as far as the gateway says. */
export class DeliveredShare {
  /** The newest last. */
  private readonly ends = new Map<number, End>();
  /** Some networks and plans bring no reports: their absence says nothing there. */
  private reportsCome = false;

  /** An SMS has another status. `now`: monotonic, in ms. */
  note({ id, status, request_status_report }: StoredSms, now: number): void {
    const end = endOf(status, request_status_report);
    if (end === undefined) return;
    if (status === 'DELIVERED' || status === 'UNDELIVERED') this.reportsCome = true;
    this.ends.set(id, { is: end, at: now });
    for (const oldest of this.ends.keys()) {
      if (this.ends.size <= LAST_SMS) break;
      this.ends.delete(oldest);
    }
  }

  /** In percent; undefined for fewer than 5 SMS. One that is on air counts as good until its report is overdue by an hour. */
  percent(now: number): number | undefined {
    if (this.ends.size < LEAST_SMS) return undefined;
    const good = [...this.ends.values()].filter((end) => this.isGood(end, now)).length;
    return Math.round((100 * good) / this.ends.size);
  }

  private isGood({ is, at }: End, now: number): boolean {
    if (is !== 'unreported') return is === 'good';
    return !this.reportsCome || now - at < REPORT_OVERDUE_MS;
  }
}

function endOf(status: SmsStatus, wantsReport: boolean): End['is'] | undefined {
  if (FAILED.has(status)) return 'bad';
  if (status === 'DELIVERED') return 'good';
  if (status !== 'SENT_OK') return undefined;
  return wantsReport ? 'unreported' : 'good';
}
