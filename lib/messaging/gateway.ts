import { randomUUID } from 'node:crypto';
import type { Clock, Random } from '../clock';
import type { DeliveryStatus, GatewayClient, SmsResult } from '../gateway-api';
import { GatewayError, invalidInput } from '../gateway-api';
import type { InputRecord, NewSms, Store, StoredInput, StoredSms } from '../store';
import { Housekeeper } from './housekeeper';
import { Line } from './line/line';
import type { Outcome, Recipient } from './outcome/outcome';
import { Outcomes } from './outcome/outcomes';
import { Ports } from './ports';
import { Admission } from './sender/admission';
import type { Combine } from './sender/compose';
import { expireWaiting } from './sender/expiry';
import type { Obstacle } from './sender/holdOff';
import { Sender } from './sender/sender';
import type { Order } from './taking/order';
import { UserIds } from './taking/userIds';
import { Tracker } from './tracker/tracker';

/** What a `dinstar-gateway` node says of its gateway, as far as the line is concerned. */
export interface GatewaySettings {
  concurrency: number;
  combine: Combine;
  combineBytes: number;
  queueLimit: number;
}

export interface GatewayListener {
  outcome: (input: StoredInput, outcome: Outcome) => Promise<void>;
  update: (input: StoredInput, recipient: Recipient) => void;
  /** The line's state has changed: an obstacle, or none. */
  state: (obstacle: Obstacle | undefined) => void;
  /** A failure worth a line in the log. */
  failed: (error: Error) => void;
}

export interface GatewayOptions {
  api: GatewayClient;
  settings: GatewaySettings;
  store: Store;
  clock: Clock;
  random: Random;
  listener: GatewayListener;
}

/** An order with what its outcome needs to find its way back. */
export interface Letter {
  order: Order;
  /** The gateway's config node. */
  gateway: string;
  /** The `send sms` node. */
  node: string;
  onTimeout: 'keep' | 'withdraw';
  key?: string;
  /** The JSON part of the flow's message. */
  msg: string;
}

/** Expired SMS and ended waits handled in one go. */
const AT_A_TIME = 128;
const DAY = 24 * 3600 * 1000;

/** One gateway: the line to it, and all that goes over it. Lives as long as its address is in use, longer than a deploy. */
export class Gateway {
  readonly line: Line<GatewayClient>;
  readonly ports: Ports;
  readonly tracker: Tracker;
  readonly sender: Sender;
  /** The config nodes that share this line. */
  readonly members = new Set<string>();
  private readonly outcomes: Outcomes;
  private readonly userIds: UserIds;
  private readonly admission: Admission;
  private readonly chores: Housekeeper[];

  constructor(private readonly options: GatewayOptions) {
    const { api, settings, store, clock, random, listener } = options;
    const gateways = (): string[] => [...this.members];
    const changed = (sms: StoredSms[]): Promise<void> => this.changed(sms);
    this.line = new Line({ api, clock, concurrency: settings.concurrency });
    this.admission = new Admission(settings.queueLimit);
    this.ports = new Ports(clock, this.admission, () => this.sender.wake());
    this.userIds = new UserIds(store);
    this.outcomes = new Outcomes({ store, clock, deliver: listener.outcome, update: listener.update });
    this.tracker = new Tracker({ line: this.line, store, clock, gateways, changed });
    this.sender = new Sender({
      line: this.line,
      store,
      clock,
      random,
      gateways,
      combine: () => this.options.settings.combine,
      combineBytes: () => this.options.settings.combineBytes,
      admission: this.admission,
      changed,
      ports: this.ports,
      firstPoll: (now) => this.tracker.firstPoll(now),
      state: listener.state,
      failed: listener.failed,
    });
    const chore = (due: () => Promise<number | undefined>, run: () => Promise<unknown>): Housekeeper =>
      new Housekeeper(clock, { due, run: async () => void (await run()) }, listener.failed);
    const next = async () => store.nextDue(gateways());
    this.chores = [
      chore(
        async () => (await next()).poll,
        () => this.tracker.poll(),
      ),
      chore(
        async () => (await next()).expiry,
        () => expireWaiting({ store, clock, gateways: gateways(), limit: AT_A_TIME, changed }),
      ),
      chore(
        async () => (await next()).wait,
        () => this.outcomes.waitsEnded(gateways(), AT_A_TIME),
      ),
    ];
  }

  /** A deploy has changed the address, the login or the settings: what waits goes on with the new ones. */
  configure(api: GatewayClient, settings: GatewaySettings): void {
    this.options.settings = settings;
    this.admission.queueLimit = settings.queueLimit;
    this.line.use(api, settings.concurrency);
    this.sender.holdOff.end();
    this.wake();
  }

  /**
   * Takes an order: resolves when its SMS are safe in the store, with the input's id.
   * Rejects with `INVALID_INPUT` for a `user_id` in use, `STORE_UNAVAILABLE` when nothing could be kept.
   */
  async take(letter: Letter, keepDays: number): Promise<string> {
    const { store, clock } = this.options;
    const now = clock.now();
    const sms = await this.withUserIds(letter.order.sms);
    const usedSince = { user_id: now - keepDays * DAY, key: now - DAY };
    const input = inputOf(letter, now);
    const [taken] = await this.kept(store.take([{ input, sms, usedSince }]));
    if (!taken?.taken) throw invalidInput('userId', `${taken?.user_id} is in use on this gateway`);
    this.sender.wake(sms[0]?.priority === 'high' ? 'high' : 'normal');
    this.look();
    return input.id;
  }

  /** Pushed results and delivery reports of SMS. */
  async pushed(event: { results?: SmsResult[]; reports?: DeliveryStatus[] }): Promise<void> {
    if (event.results) await this.tracker.pushedResults(event.results);
    if (event.reports) await this.tracker.pushedReports(event.reports);
    this.look();
  }

  /** Something may be due or able to leave: called at the start, and after every change from outside. */
  wake(): void {
    this.sender.wake();
    this.look();
  }

  /** Nothing new leaves; a request under way is seen to its end by who closes the line. */
  stop(): void {
    this.sender.stop();
    this.ports.stop();
    for (const chore of this.chores) chore.stop();
    this.line.close();
    this.line.api.close();
  }

  private async changed(sms: StoredSms[]): Promise<void> {
    if (sms.length === 0) return;
    await this.outcomes.changed(sms);
    this.wake();
  }

  private look(): void {
    for (const chore of this.chores) chore.look();
  }

  private async withUserIds(sms: Order['sms']): Promise<NewSms[]> {
    const ids = await this.kept(this.userIds.next(sms.filter(({ user_id }) => user_id === undefined).length));
    return sms.map((one) => ({ ...one, user_id: one.user_id ?? (ids.shift() as number) }));
  }

  private kept<T>(keeping: Promise<T>): Promise<T> {
    return keeping.catch((error: Error) => {
      throw new GatewayError('STORE_UNAVAILABLE', `The message could not be kept: ${error.message}`, 'no');
    });
  }
}

const inputOf = ({ order, gateway, node, onTimeout, key, msg }: Letter, now: number): InputRecord => ({
  id: randomUUID(),
  gateway,
  node,
  taken_at: now,
  until: order.until,
  wait_until: order.wait === 0 ? 0 : now + order.wait * 1000,
  on_timeout: onTimeout,
  duplicates: order.duplicates,
  ...(key !== undefined && { key }),
  msg,
});
