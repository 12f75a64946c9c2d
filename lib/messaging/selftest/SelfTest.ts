import type { Clock, Random } from '../../clock';
import { pause } from '../../concurrency';
import { type GatewayClient, GatewayError, isRegistered, type SendSmsRequest } from '../../gateway-api';
import type { Pushes } from '../Pushes';
import type { PortReader } from '../reading/PortReader';
import type { RequestQueue } from '../requestQueue/RequestQueue';
import { isDecided, judge } from './judge';
import { Observer } from './Observer';
import type { Report } from './report';
import { costOf, requestsOf, testSms } from './texts';

/** From which port to which: `number` is the one of the SIM in port `to`. */
export interface Way {
  from: number;
  to: number;
  number: string;
}

export interface SelfTestOptions {
  requests: Pick<RequestQueue<GatewayClient>, 'run'>;
  reader: Pick<PortReader, 'read'>;
  pushes: Pick<Pushes, 'on'>;
  clock: Clock;
  random: Random;
  /** Reserves `user_id`s that no SMS has had. */
  createUserIds: (count: number) => Promise<number[]>;
}

/** How often the gateway is asked what became of it, and for how long, in ms: a segment takes 5 to 8 s (manual 17.3). */
const POLL_INTERVAL_MS = 3000;
const MAX_DURATION_MS = 240_000;
/** What has brought nothing new for so long brings nothing more, in ms. */
const QUIET_AFTER_MS = 90_000;

/**
 * Has one port text another and looks at what becomes of it: what a gateway is trusted with later, tried with a few SMS.
 * Each is sent once, whatever happens.
 */
export class SelfTest {
  private readonly mark: string;
  private readonly sms;
  private readonly started: number;
  private readonly end = new AbortController();
  private readonly watch: Observer;
  private state: Report['state'] = 'running';
  private problem: Report['problem'];
  private accepted = 0;
  private refusal: string | undefined;
  private readonly tasks: number[] = [];

  constructor(
    private readonly options: SelfTestOptions,
    private readonly way: Way,
  ) {
    const { clock, random } = options;
    this.mark = Math.floor(random() * 36 ** 4)
      .toString(36)
      .padStart(4, '0');
    this.sms = testSms(this.mark);
    this.started = clock.now();
    this.watch = new Observer(options, way, this.end.signal);
  }

  get running(): boolean {
    return this.state === 'running';
  }

  get report(): Report {
    // What was never looked at is left open.
    const checks = this.judge(this.state === 'done' && !this.problem);
    const pair = checks.find(({ id }) => id === 'pair');
    return {
      state: this.state,
      ...this.way,
      ...costOf(this.sms),
      started: new Date(this.started).toISOString(),
      checks,
      ...(this.problem && { problem: this.problem }),
      combinesAll: pair?.state === 'good',
    };
  }

  /** Resolves when it is over, however it ends: the report tells. */
  async run(): Promise<void> {
    try {
      await this.checkPorts();
      const user_ids = await this.options.createUserIds(this.sms.length);
      await this.watch.begin(user_ids);
      await this.sendAll(user_ids);
      if (this.accepted > 0) await this.lookOn();
    } catch (error) {
      const { code = 'GATEWAY_ERROR', message } = error as Partial<GatewayError>;
      if (!this.end.signal.aborted) this.problem = { code, message: message ?? '' };
    } finally {
      this.watch.end();
      if (this.running) this.state = 'done';
    }
  }

  /** Nothing more is sent or waited for; what still waits in the gateway is stopped. */
  async abort(): Promise<void> {
    if (!this.running) return;
    this.state = 'aborted';
    this.end.abort();
    const { requests } = this.options;
    // What has gone out can't be stopped, and the gateway says so.
    const stopping = this.tasks.map((task_id) => requests.run({ kind: 'stop' }, (api) => api.stopSms({ task_id })));
    await Promise.allSettled(stopping);
  }

  private judge(over: boolean) {
    const { mark, sms, accepted, refusal } = this;
    return judge({ mark, sms, accepted, refusal, ...this.watch.seen }, over);
  }

  private async checkPorts(): Promise<void> {
    const { from, to } = this.way;
    const turn = { kind: 'command' as const, signal: this.end.signal };
    const { ports } = await this.options.reader.read({ ports: [from, to], info: ['reg'] }, turn);
    for (const port of [from, to]) {
      const told = ports.find((one) => one.port === port);
      if (isRegistered(told?.reg)) continue;
      const state = told?.reg ?? 'not there';
      throw new GatewayError('NO_PORT', `Port ${port} can't take part: ${state}.`, 'no');
    }
  }

  private async sendAll(user_ids: readonly number[]): Promise<void> {
    for (const request of requestsOf(this.sms, user_ids, this.way)) {
      if (this.end.signal.aborted) return;
      try {
        await this.send(request);
      } catch (error) {
        // Sent no more: what a gateway does after a refusal is no test of it.
        this.refusal = (error as Error).message;
        return;
      }
    }
  }

  // Seen to its end even when it is aborted: what the gateway has taken can then be stopped.
  private async send(request: SendSmsRequest): Promise<void> {
    const { requests } = this.options;
    const { task_id } = await requests.run({ kind: 'sms' }, (api) => api.sendSms(request));
    this.accepted += request.param.length;
    if (task_id !== undefined) this.tasks.push(task_id);
    if (this.end.signal.aborted && task_id !== undefined)
      await requests.run({ kind: 'stop' }, (api) => api.stopSms({ task_id }));
  }

  private async lookOn(): Promise<void> {
    const { clock } = this.options;
    const { signal } = this.end;
    const end = clock.monotonic() + MAX_DURATION_MS;
    let known = '';
    let news = clock.monotonic();
    while (clock.monotonic() < end && clock.monotonic() - news < QUIET_AFTER_MS) {
      await pause(clock, POLL_INTERVAL_MS);
      if (signal.aborted) return;
      await this.watch.look();
      const checks = this.judge(false);
      if (isDecided(checks)) return;
      if (JSON.stringify(checks) !== known) news = clock.monotonic();
      known = JSON.stringify(checks);
    }
  }
}
