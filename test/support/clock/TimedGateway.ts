import {
  type GatewayClient,
  GatewayError,
  type IncomingSmsQuery,
  type SendSmsReply,
  type SendSmsRequest,
  type SmsFilter,
} from '../../../lib/gateway-api';
import { Pushes } from '../../../lib/messaging/Pushes';
import { InboxModel, unreachable } from '../core/InboxModel';
import { ScriptedApi } from '../core/ScriptedApi';
import type { FakeClock } from '../FakeClock';
import { Network } from '../ussd/Network';

/** How a request to send fares: `lost` never arrives, `unanswered` arrives and its answer is lost. */
export type Mishap = 'fine' | 'lost' | 'unanswered';

const ON_AIR = 6000;
const DELIVERED = 3000;

/** A gateway with a clock of its own, which never steps: it sends, receives and has USSD, all in virtual time. */
export class TimedGateway extends ScriptedApi {
  readonly inbox: InboxModel;
  readonly ussd: Network;
  isUp = true;
  readonly mishaps: Mishap[] = [];
  /** The numbers of the SMS that arrived, and when (monotonic). */
  readonly taken: { number: string; at: number }[] = [];
  private lastRef = 0;

  constructor(private readonly clock: FakeClock) {
    super();
    this.known = [{ port: 0, number: '1', user_id: 1, status: 'SENT_OK' }];
    this.results = [...this.known];
    this.inbox = new InboxModel(clock);
    const push = { isLost: true, late: 0 };
    const answerOf = (n: number) => ({ text: `answer ${n}`, after: 1500, isStubborn: false, isLast: true, push });
    this.ussd = new Network({ clock, pushes: new Pushes(), latency: 0, answerOf });
  }

  override async sendSms(request: SendSmsRequest): Promise<SendSmsReply> {
    this.mustBeUp();
    const mishap = this.mishaps.shift() ?? 'fine';
    if (mishap === 'lost') throw noAnswer();
    for (const { number, user_id = -1 } of request.param) this.send(number, user_id);
    const reply = await super.sendSms(request);
    if (mishap === 'unanswered') throw noAnswer();
    return reply;
  }

  override async querySmsResult(filter: SmsFilter) {
    this.mustBeUp();
    return super.querySmsResult(filter);
  }

  override async querySmsDeliverStatus(filter: SmsFilter) {
    this.mustBeUp();
    return super.querySmsDeliverStatus(filter);
  }

  override async querySmsInQueue() {
    this.mustBeUp();
    return super.querySmsInQueue();
  }

  override async getPortInfo() {
    this.mustBeUp();
    return super.getPortInfo();
  }

  async queryIncomingSms(query: IncomingSmsQuery) {
    this.mustBeUp();
    return this.inbox.queryIncomingSms(query);
  }

  async sendUssd(request: Parameters<Network['sendUssd']>[0]) {
    this.mustBeUp();
    return this.ussd.sendUssd(request);
  }

  async queryUssdReply(query: { port: number[] }) {
    this.mustBeUp();
    return this.ussd.queryUssdReply(query);
  }

  override get client(): GatewayClient {
    return this as unknown as GatewayClient;
  }

  private mustBeUp(): void {
    if (!this.isUp) throw unreachable();
  }

  private send(number: string, user_id: number): void {
    const { clock } = this;
    this.taken.push({ number, at: clock.monotonic() });
    this.waiting += 1;
    clock.after(ON_AIR, () => {
      this.waiting -= 1;
      this.lastRef = (this.lastRef + 1) % 256;
      const told = { port: 0, number, ref_id: this.lastRef };
      this.results.push({ ...told, user_id, status: 'SENT_OK', count: 1, succ_count: 1 });
      clock.after(DELIVERED, () => void this.reports.push({ ...told, status_code: 0 }));
    });
  }
}

const noAnswer = (): GatewayError => new GatewayError('UNKNOWN_OUTCOME', 'the answer was lost', 'unknown');
