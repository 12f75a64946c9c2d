import {
  type DeliveryStatus,
  GatewayError,
  type IncomingSms,
  type PortInfo,
  type SendSmsRequest,
  type SmsResult,
} from '../../../lib/gateway-api';
import { Pushes } from '../../../lib/messaging/Pushes';
import type { Check, CheckId } from '../../../lib/messaging/selftest/report';
import { SelfTest, type Way } from '../../../lib/messaging/selftest/SelfTest';
import { FakeClock, settled } from '../FakeClock';

const SECOND = 1000;
export const WAY: Way = { from: 0, to: 1, number: '43664' };

/** A gateway that does at once what it is asked, unless the test says otherwise. */
export class SelfTestModel {
  ports: PortInfo[] = [
    { port: 0, reg: 'REGISTER_OK' },
    { port: 1, reg: 'REGISTER_OK' },
  ];
  readonly asked: string[] = [];
  readonly sent: SendSmsRequest[] = [];
  readonly stopped: number[] = [];
  results: SmsResult[] = [];
  reports: DeliveryStatus[] = [];
  inbox: IncomingSms[] = [];
  pageSize = 10;
  /** What becomes of each SMS that it takes. */
  onSms: (text: string, user_id: number) => void = () => undefined;
  /** Before it takes a request, the first is 1. */
  onRequest: (count: number) => unknown = () => undefined;
  /** Whether answers name a task. */
  hasTasks = true;

  constructor(private readonly clock: FakeClock) {}

  iso(ahead = 0): string {
    return new Date(this.clock.now() + ahead * SECOND).toISOString();
  }

  /** The SMS goes out, is delivered and arrives. */
  deliver(text: string, user_id: number): void {
    const common = { port: WAY.from, number: WAY.number, ref_id: user_id };
    const count = text.length > 160 ? 2 : 1;
    this.results.push({ ...common, user_id, status: 'SENT_OK', count, time: '', time_iso: this.iso() } as SmsResult);
    for (let segment = 0; segment < count; segment++)
      this.reports.push({ ...common, ref_id: user_id + segment, status_code: 0, time: this.iso() } as DeliveryStatus);
    this.arrive(text);
  }

  arrive(text: string): void {
    const incoming_sms_id = (this.inbox.at(-1)?.incoming_sms_id ?? 0) + 1;
    this.inbox.push({ incoming_sms_id, port: WAY.to, number: '1', smsc: '', text });
  }

  async sendSms(request: SendSmsRequest) {
    this.sent.push(request);
    await this.onRequest(this.sent.length);
    for (const { text_param: [text = request.text] = [], user_id = 0 } of request.param) this.onSms(text, user_id);
    return { error_code: 202, ...(this.hasTasks && { task_id: this.sent.length }) };
  }

  async querySmsResult() {
    return { result: this.results };
  }

  async querySmsDeliverStatus({ number, port }: { number: string[]; port: number[] }) {
    return { result: this.reports.filter((one) => number.includes(one.number) && port.includes(one.port ?? -1)) };
  }

  async queryIncomingSms({ incoming_sms_id, flag, port }: { incoming_sms_id: number; flag: string; port: number[] }) {
    if (flag !== 'all') throw new Error('only flag=all reads without marking');
    const above = this.inbox.filter((one) => one.incoming_sms_id > incoming_sms_id && port.includes(one.port ?? -1));
    return { sms: above.slice(0, this.pageSize) };
  }

  async stopSms({ task_id }: { task_id: number }) {
    this.stopped.push(task_id);
    return { error_code: 200 };
  }
}

/** Self-tests of such a gateway, in virtual time. */
export class SelfTestScene {
  readonly clock = new FakeClock();
  readonly gateway = new SelfTestModel(this.clock);
  readonly pushes = new Pushes();
  /** The kinds of the requests, in their order. */
  readonly turns: string[] = [];

  constructor() {
    const { gateway } = this;
    gateway.onSms = (text, id) => gateway.deliver(text, id);
  }

  make(random = 0.5): SelfTest {
    const { clock, gateway, pushes, turns } = this;
    const run = async ({ kind, signal }: { kind: string; signal?: AbortSignal }, work: Work): Promise<unknown> => {
      turns.push(kind);
      if (signal?.aborted) throw new GatewayError('STOPPED', 'stopped', 'no');
      return work(gateway, signal);
    };
    return new SelfTest(
      {
        requests: { run } as never,
        reader: {
          read: async ({ ports }, { kind }) => {
            turns.push(`${kind} of ${ports}`);
            return { ports: gateway.ports, left_out: [] };
          },
        },
        pushes,
        clock,
        random: () => random,
        createUserIds: async (count) => Array.from({ length: count }, (_, place) => 10 * (place + 1)),
      },
      WAY,
    );
  }

  /** Runs one until it is over; resolves with how many seconds that took. */
  async run(test: SelfTest): Promise<number> {
    const begun = this.clock.monotonic();
    let isOver = false;
    void test.run().then(() => {
      isOver = true;
    });
    await settled();
    while (!isOver) await this.clock.advance(SECOND);
    return (this.clock.monotonic() - begun) / SECOND;
  }
}

type Work = (api: SelfTestModel, signal?: AbortSignal) => unknown;

/** One line of a report. */
export const stateOf = (test: SelfTest, id: CheckId): Check | undefined =>
  test.report.checks.find((one) => one.id === id);
