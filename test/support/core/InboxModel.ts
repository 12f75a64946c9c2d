import { GatewayError, type IncomingSms, type IncomingSmsQuery, type IncomingSmsReply } from '../../../lib/gateway-api';
import type { FakeClock } from '../FakeClock';

/** A gateway's incoming SMS without a network: for tests that let days pass. */
export class InboxModel {
  records: IncomingSms[] = [];
  /** Records as a reply holds them when they can't be read. */
  unreadable: { incoming_sms_id?: number; why: string }[] = [];
  sn: string | undefined = 'da-1';
  /** Records in a reply. */
  pageSize = 5;
  /** Thrown by every question while it is set. */
  failure: GatewayError | undefined;
  /** Whether replies say how many SMS there are. */
  counts = true;
  /** The ids after which was asked, oldest first. */
  readonly asked: number[] = [];
  /** When (ms) each question came. */
  readonly askedAt: number[] = [];
  private nextId = 1;
  private serial = 0;

  constructor(private readonly clock: FakeClock) {}

  /** As the core takes it. */
  get client() {
    return this as never;
  }

  /** An SMS comes in. `serial` tells the test which one it is; nothing else does. */
  receive(text: string, more: Partial<IncomingSms> = {}): IncomingSms {
    const timestamp = new Date(this.clock.now()).toISOString().slice(0, 19).replace('T', ' ');
    this.serial += 1;
    const sms = { incoming_sms_id: this.nextId++, port: 0, number: '1', smsc: '', timestamp, text, ...more };
    this.records.push({ ...sms, serial: this.serial });
    return this.records.at(-1) as IncomingSms;
  }

  receiveMany(count: number, text = 'x'): IncomingSms[] {
    return Array.from({ length: count }, () => this.receive(text));
  }

  /** Ids start again at 1, in an empty database. */
  restart(): void {
    this.records = [];
    this.nextId = 1;
  }

  /** The next SMS gets the id after the highest that is still there. */
  reuseIds(): void {
    this.nextId = (this.records.at(-1)?.incoming_sms_id ?? 0) + 1;
  }

  delete(isGone: (sms: IncomingSms) => boolean): void {
    this.records = this.records.filter((sms) => !isGone(sms));
  }

  /** The device prints its times in another zone from now on. */
  shiftClock(hours: number): void {
    this.records = this.records.map((sms) => {
      const shifted = Date.parse(`${String(sms.timestamp).replace(' ', 'T')}Z`) + hours * 3_600_000;
      return { ...sms, timestamp: new Date(shifted).toISOString().slice(0, 19).replace('T', ' ') };
    });
  }

  async queryIncomingSms({ incoming_sms_id = 0, flag }: IncomingSmsQuery): Promise<IncomingSmsReply> {
    if (flag !== 'all') throw new Error('only flag=all reads without marking');
    this.asked.push(incoming_sms_id);
    this.askedAt.push(this.clock.now());
    if (this.failure) throw this.failure;
    const above = (id = 0): boolean => id > incoming_sms_id;
    const sms = this.records.filter((one) => above(one.incoming_sms_id)).slice(0, this.pageSize);
    const last = sms.at(-1)?.incoming_sms_id ?? Number.POSITIVE_INFINITY;
    const unreadable = this.unreadable.filter(({ incoming_sms_id: id }) => above(id) && (id ?? 0) <= last);
    const total = this.records.length + this.unreadable.length;
    return {
      error_code: 200,
      sms: sms.map((one) => ({ ...one })),
      ...(unreadable.length > 0 && { unreadable }),
      ...(this.counts && { read: 0, unread: total }),
      ...(this.sn !== undefined && { sn: this.sn }),
    };
  }
}

export const unreachable = (): GatewayError => new GatewayError('UNREACHABLE', 'down', 'no');
