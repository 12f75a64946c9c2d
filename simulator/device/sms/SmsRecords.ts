import { Ledger } from '../Ledger';
import type { World } from '../world';
import type { Sms } from './sms';

/** A delivery status as the gateway keeps it (manual 4.3). */
export interface DeliveryStatus {
  readonly port: number;
  readonly number: string;
  readonly time: string;
  readonly ref_id: number;
  readonly status_code: number;
  readonly imsi?: string;
}

/** An SMS result as it is printed (manual 3.3). */
export interface SmsResult {
  readonly port: number;
  readonly user_id?: number;
  readonly number: string;
  readonly time: string;
  readonly status: 'FAILED' | 'SENDING' | 'SENT_OK' | 'DELIVERED';
  readonly count: number;
  readonly succ_count: number;
  readonly ref_id: number;
  readonly imsi?: string;
}

const capacity = 100_000;

/** What the gateway remembers of what it has sent: the newest 100,000 of each kind. */
export class SmsRecords {
  results = this.newResults();
  statuses = this.newStatuses();

  constructor(private readonly world: World) {}

  /** Empties the device's database. */
  forget(): void {
    this.results = this.newResults();
    this.statuses = this.newStatuses();
  }

  /** The SMS as query_sms_result and the push print it (manual 3.4); without a user_id when it was sent without. */
  resultOf(sms: Sms): SmsResult {
    return {
      port: sms.sentPort ?? sms.plannedPort,
      ...(sms.user_id === undefined ? {} : { user_id: sms.user_id }),
      number: sms.number,
      time: sms.time,
      status: this.statusOf(sms),
      count: sms.count,
      succ_count: sms.succ_count,
      ref_id: sms.ref_id ?? 0,
      ...(this.world.settings.laterKeys ? { imsi: sms.imsi } : {}),
    };
  }

  private statusOf(sms: Sms): SmsResult['status'] {
    switch (sms.state) {
      case 'DELIVERED':
        return this.world.settings.statusInResult ? 'DELIVERED' : 'SENT_OK';
      case 'SENT_OK':
      case 'UNDELIVERED':
        return 'SENT_OK';
      case 'FAILED':
        return 'FAILED';
      default:
        return 'SENDING';
    }
  }

  private newResults() {
    return new Ledger<Sms, 'user_id' | 'number'>(capacity, {
      user_id: (sms) => sms.user_id,
      number: (sms) => sms.number,
    });
  }

  private newStatuses() {
    return new Ledger<DeliveryStatus, 'number'>(capacity, { number: (status) => status.number });
  }
}
