import { OldestOut } from '../../bounded/OldestOut';
import type { Clock } from '../../clock';
import {
  type DeliveryStatus,
  type GatewayClient,
  type IncomingSms,
  meaningOf,
  SMS_STATUS,
  type SmsResult,
} from '../../gateway-api';
import type { Pushes } from '../Pushes';
import type { RequestQueue } from '../requestQueue/RequestQueue';
import type { Observations } from './judge';
import { newestId } from './newestId';

/** What is looked at of a self-test. */
type Sight = Pick<Observations, 'user_ids' | 'results' | 'reports' | 'arrived' | 'pushed' | 'ahead'>;

interface ObserverOptions {
  requests: Pick<RequestQueue<GatewayClient>, 'run'>;
  pushes: Pick<Pushes, 'on'>;
  clock: Clock;
}

/** Most pages of the inbox read in one look. */
const MAX_PAGES_PER_READ = 20;
/** Characters of a text that are kept: more than any of the self-test's own. */
const LONGEST_TEXT = 500;
/** Texts of others may come as well, or be invented. */
const MOST_PUSHED = 1000;
const MOST_ARRIVED = 1000;

/** Watches what becomes of a self-test's SMS: results, delivery reports, the other port's inbox, pushes. */
export class Observer {
  private user_ids: readonly number[] = [];
  private begun = 0;
  private cursor = 0;
  private readonly former = new Set<string>();
  private readonly results = new Map<number, SmsResult>();
  private reports: DeliveryStatus[] = [];
  /** Their texts by id. */
  private readonly arrived = new OldestOut<number, string>(MOST_ARRIVED);
  private readonly pushed = new Set<string>();
  private ahead: number | undefined;
  private stopListening: () => void = () => undefined;

  constructor(
    private readonly options: ObserverOptions,
    private readonly way: { from: number; to: number; number: string },
    private readonly signal: AbortSignal,
  ) {}

  get seen(): Sight {
    const { user_ids, results, reports, pushed, ahead } = this;
    const arrived = [...this.arrived].map(([incoming_sms_id, text]) => ({ incoming_sms_id, text }));
    return { user_ids, results, reports, arrived, pushed, ahead };
  }

  /** Before anything is sent: where the inbox ends, and which reports are older. */
  async begin(user_ids: readonly number[]): Promise<void> {
    this.user_ids = user_ids;
    this.cursor = await newestId(async (after) => (await this.inbox(after)).map((one) => one.incoming_sms_id));
    for (const report of await this.askReports()) this.former.add(JSON.stringify(report));
    this.begun = this.options.clock.monotonic();
    this.stopListening = this.options.pushes.on('sms', (records) => {
      for (const { port, text } of records)
        if (port === this.way.to && this.pushed.size < MOST_PUSHED) this.pushed.add(text.slice(0, LONGEST_TEXT));
    });
  }

  end(): void {
    this.stopListening();
  }

  /** Asks the gateway once; what it can't answer now it may answer the next time. */
  async look(): Promise<void> {
    for (const part of [() => this.lookAtResults(), () => this.lookAtReports(), () => this.lookAtInbox()]) {
      await part().catch(() => undefined);
    }
  }

  private async lookAtResults(): Promise<void> {
    const { result } = await this.ask((api, signal) => api.querySmsResult({ user_id: [...this.user_ids] }, { signal }));
    for (const one of result) {
      // The gateway's answer may hold rows outside the filter (manual 3.4).
      if (one.user_id === undefined || !this.user_ids.includes(one.user_id)) continue;
      // The first look that shows a time bounds it best.
      const told = outTime(one);
      if (told !== outTime(this.results.get(one.user_id))) this.learnClock(told);
      this.results.set(one.user_id, one);
    }
  }

  private async lookAtReports(): Promise<void> {
    this.reports = (await this.askReports()).filter((one) => !this.former.has(JSON.stringify(one)));
  }

  private async lookAtInbox(): Promise<void> {
    for (let page = 0; page < MAX_PAGES_PER_READ; page++) {
      const found = (await this.inbox(this.cursor)).filter(({ incoming_sms_id: id }) => id > this.cursor);
      if (found.length === 0) return;
      for (const { incoming_sms_id, text } of found) this.arrived.set(incoming_sms_id, text.slice(0, LONGEST_TEXT));
      this.cursor = Math.max(...found.map((one) => one.incoming_sms_id));
    }
  }

  // It was sent after we began and before now: by how much its time lies outside, so much the clock is off at least.
  private learnClock(time: string | undefined): void {
    const told = Date.parse(time ?? '');
    if (Number.isNaN(told)) return;
    const now = this.options.clock.now();
    const begun = now - (this.options.clock.monotonic() - this.begun);
    const off = Math.max(0, told - now) + Math.min(0, told + 1000 - begun);
    const seconds = Math.round(off / 1000);
    if (this.ahead === undefined || Math.abs(seconds) < Math.abs(this.ahead)) this.ahead = seconds;
  }

  private async askReports(): Promise<DeliveryStatus[]> {
    const { number, from } = this.way;
    const filter = { number: [number], port: [from] };
    return (await this.ask((api, signal) => api.querySmsDeliverStatus(filter, { signal }))).result;
  }

  private async inbox(after: number): Promise<IncomingSms[]> {
    const query = { incoming_sms_id: after, flag: 'all' as const, port: [this.way.to] };
    return (await this.ask((api, signal) => api.queryIncomingSms(query, { signal }))).sms;
  }

  private ask<T>(request: (api: GatewayClient, signal?: AbortSignal) => Promise<T>): Promise<T> {
    return this.options.requests.run({ kind: 'poll', signal: this.signal }, request);
  }
}

/** When an SMS went out, by its record; one that is being sent may tell anything. */
const outTime = (result: SmsResult | undefined): string | undefined =>
  result && meaningOf(SMS_STATUS, result.status) !== 'SENDING' ? result.time_iso : undefined;
