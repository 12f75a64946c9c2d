import type {
  DeliveryStatus,
  GatewayClient,
  SendSmsReply,
  SendSmsRequest,
  SmsFilter,
  SmsResult,
} from '../../../lib/gateway-api';

/** A gateway without a network: answers at once what the test has prepared. For tests that let days pass. */
export class ScriptedApi {
  readonly sent: SendSmsRequest[] = [];
  /** The filters of its result queries. */
  readonly asked: SmsFilter[] = [];
  readonly askedReports: SmsFilter[] = [];
  results: SmsResult[] = [];
  /** Records of others, from before. */
  known: SmsResult[] = [];
  waiting = 0;
  reports: DeliveryStatus[] = [];
  /** Records that have lost their user_id. */
  nameless: SmsResult[] = [];
  /** Thrown by the next questions about the queue. */
  readonly queryFailures: Error[] = [];
  /** Thrown by the next requests to send. */
  failures: Error[] = [];
  /** Thrown by every request to send while it is set. */
  away: Error | undefined;
  /** The tasks it was asked to stop. */
  readonly stops: number[] = [];
  /** Thrown by the next requests to stop. */
  readonly stopFailures: Error[] = [];
  ready = [0, 1];
  closed = false;
  /** As the client tells of it. */
  contact: { answered?: number; silent?: number } = {};
  clockAhead: number | undefined;
  /** How often it was asked for its ports. */
  portsAsked = 0;
  /** Thrown, or waited for, by each question about ports while it is set. */
  portAnswer: (() => Promise<unknown>) | undefined;
  private tasks = 0;

  /** As the core takes it. */
  get client(): GatewayClient {
    return this as unknown as GatewayClient;
  }

  async sendSms(request: SendSmsRequest): Promise<SendSmsReply> {
    this.sent.push(request);
    const failure = this.failures.shift();
    if (failure) throw failure;
    if (this.away) throw this.away;
    this.tasks += 1;
    return { error_code: 202, sms_in_queue: this.sent.length, task_id: this.tasks } as SendSmsReply;
  }

  async querySmsResult(filter: SmsFilter) {
    if (!filter.user_id) return { error_code: 200, result: this.known };
    this.asked.push(filter);
    const own = this.results.filter(({ user_id = -1 }) => filter.user_id?.includes(user_id));
    return { error_code: 200, result: [...own, ...this.nameless] };
  }

  async querySmsDeliverStatus(filter: SmsFilter) {
    this.askedReports.push(filter);
    return { error_code: 200, result: this.reports.filter(({ number }) => filter.number?.includes(number)) };
  }

  async querySmsInQueue() {
    const failure = this.queryFailures.shift() ?? this.away;
    if (failure) throw failure;
    return { error_code: 200, in_queue: this.waiting };
  }

  async stopSms({ task_id }: { task_id: number }) {
    this.stops.push(task_id);
    const failure = this.stopFailures.shift();
    if (failure) throw failure;
    return { error_code: 200 };
  }

  async getPortInfo() {
    this.portsAsked += 1;
    await this.portAnswer?.();
    return { error_code: 200, info: [0, 1].map((port) => ({ port, reg: this.regOf(port) })) };
  }

  /** Somebody else's request was taken. */
  skipTask(): void {
    this.tasks += 1;
  }

  /** As after a reboot. */
  restartTasks(): void {
    this.tasks = 0;
  }

  close(): void {
    this.closed = true;
  }

  private regOf(port: number): string {
    return this.ready.includes(port) ? 'REGISTER_OK' : 'UNREGISTER';
  }
}
