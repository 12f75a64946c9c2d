import { responseTo, statusCode } from '../../network/specialNumbers';
import type { World } from '../world';
import type { DeliveryStatus, SmsRecords } from './SmsRecords';
import type { Sms } from './sms';

/** The delivery reports of the network: one for every segment, some time after it was sent (manual 17.4). */
export class Reports {
  constructor(
    private readonly world: World,
    private readonly records: SmsRecords,
  ) {}

  /** A segment is out: its report will come, unless none was asked for (manual 17.5). */
  expect(sms: Sms, index: number): void {
    const response = responseTo(sms.number);
    if (!sms.request_status_report || response === 'never reports') return;
    const received = () => this.later('report', sms, index, statusCode.received);
    if (response === 'undeliverable') this.later('report', sms, index, statusCode.permanent);
    else if (response === 'temporary error first') this.later('report', sms, index, statusCode.temporary, received);
    else if (response === 'slow to deliver') this.later('slowReport', sms, index, statusCode.received);
    else received();
  }

  private later(wait: 'report' | 'slowReport', sms: Sms, index: number, code: number, then = () => {}): void {
    this.world.air.after(this.world.pace(wait), () => {
      // A reboot took the SMS off the air: nobody waits for this any more.
      if (sms.state === 'LOST' || sms.state === 'QUEUED') return;
      // The network keeps what a switched-off SIM cannot take, and what overtakes the acknowledgement of a long SMS.
      if (!this.world.running || sms.state === 'SENDING') return this.later('report', sms, index, code, then);
      this.arrive(sms, index, code);
      then();
    });
  }

  private arrive(sms: Sms, index: number, code: number): void {
    const status: DeliveryStatus = {
      port: sms.sentPort ?? sms.plannedPort,
      number: sms.number,
      time: sms.sentAt === undefined ? sms.time : this.world.printNetwork(sms.sentAt),
      ref_id: ((sms.ref_id ?? 0) + index) % 256,
      status_code: code,
      ...(this.world.settings.laterKeys ? { imsi: sms.imsi } : {}),
    };
    this.records.statuses.add(status);
    this.world.push({ sms_deliver_status: [status] });
    if (code === statusCode.permanent && sms.state === 'SENT_OK') sms.state = 'UNDELIVERED';
    if (code !== statusCode.received) return;
    sms.received += 1;
    if (sms.received < sms.count || sms.state !== 'SENT_OK') return;
    sms.state = 'DELIVERED';
    sms.deliveredAt = this.world.settings.now();
    if (this.world.settings.statusInResult) this.world.push({ sms_result: [this.records.resultOf(sms)] });
  }
}
