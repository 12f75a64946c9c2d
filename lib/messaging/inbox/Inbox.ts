import type { Clock } from '../../clock';
import { atMost, Semaphore } from '../../concurrency';
import { type GatewayClient, GatewayError, type IncomingSms } from '../../gateway-api';
import type { Store } from '../../store';
import type { RequestQueue } from '../requestQueue/RequestQueue';
import { stopped } from '../requestQueue/slot';
import type { PeriodicTask } from '../Scheduler';
import { Device } from './Device';
import type { Emit } from './EmitOutbox';
import { type ConsumerOptions, InboxConsumer, type TestSms } from './InboxConsumer';
import { InboxReading } from './InboxReading';
import { PollSchedule } from './PollSchedule';

export interface InboxOptions {
  requests: RequestQueue<GatewayClient>;
  store: Store;
  clock: Clock;
  /** Tells devices apart while no serial number is known. */
  address: string;
  signal: AbortSignal;
  /** What no flow is told of; by default nothing. */
  tests?: TestSms;
  /** A poll may be due earlier than before. */
  onChange: () => void;
  /** Worth a line in the log. */
  onError: (error: Error) => void;
}

/** How reading goes, for a node to show. */
export type InboxState = { is: 'fine' } | { is: 'catching up' } | { is: 'failed'; error: Error };

/** A node that wants the incoming SMS as they come. */
export interface Subscription extends ConsumerOptions {
  /** The serial number that its config node has; undefined = learned from replies. */
  sn?: string;
  /** `input`: the node asks by itself; here only its beginning is found out. */
  mode: 'poll' | 'input';
  /** Ms between two polls. */
  interval: number;
  onSms: Emit;
  onState: (state: InboxState) => void;
}

/** How many may wait for a look; who comes then finds what it asks for in the answer of one of those. */
const MOST_WAITING = 1000;

const tooMany = (): GatewayError =>
  new GatewayError('BUSY', `${MOST_WAITING} others wait to look at this gateway's SMS already`, 'no');

/** Consumers of nodes that don't listen, which are kept: those that only ask now and then, and those that are gone. */
const MOST_IDLE = 64;
/** How long the end waits for what is on its way into a flow, in ms. */
const CLOSE_TIMEOUT_MS = 500;

/** A gateway's incoming SMS, read once for all nodes that want them. */
export class Inbox implements PeriodicTask {
  private readonly consumers = new Map<string, InboxConsumer>();
  private readonly listening = new Map<InboxConsumer, Subscription>();
  private readonly device: Device;
  private readonly look: InboxReading;
  private readonly schedule: PollSchedule;
  private readonly mutex = new Semaphore({
    places: 1,
    most: MOST_WAITING,
    createAbortError: stopped,
    createFullError: tooMany,
  });
  private isStopped = false;

  constructor(private readonly options: InboxOptions) {
    this.device = new Device(options.store, options.address);
    this.look = new InboxReading({
      ...options,
      isAnotherDevice: (sn, consumers) => this.identify(sn, consumers),
      onFresh: (consumer) => this.emit(consumer),
      onNextPage: () => this.tell({ is: 'catching up' }),
    });
    this.schedule = new PollSchedule(options.clock);
  }

  /** Emits what comes in from now on, and what was left of before. Answers how to end it. */
  subscribe(subscription: Subscription): () => void {
    const consumer = this.consumerOf(subscription);
    this.listening.set(consumer, subscription);
    this.schedule.anew();
    this.options.onChange();
    return () => {
      if (this.listening.get(consumer) === subscription) this.listening.delete(consumer);
    };
  }

  /**
   * Emits, in one call, what has come in since the last time; nothing is emitted where nothing has.
   * Rejects with what the gateway or the store says; what was read by then is with the next time.
   */
  read(wanted: ConsumerOptions & { sn?: string }, emit: Emit, signal: AbortSignal): Promise<void> {
    return this.mutex.run(async () => {
      const consumer = this.consumerOf(wanted);
      await this.ready(consumer, wanted.sn);
      try {
        await this.look.through([consumer], signal, true);
      } catch (error) {
        await consumer.hold().catch(() => undefined);
        throw error;
      }
      await consumer.emit(emit, Number.POSITIVE_INFINITY);
    }, signal);
  }

  /**
   * Keeps pushed SMS for every node that listens; rejects when one of them can't be kept. Asks for a
   * look at the list where only that can tell what is new.
   */
  async pushed(sms: readonly IncomingSms[]): Promise<void> {
    if (this.isStopped) throw stopped();
    // One without an id can't be told from others; the poll brings it.
    const usable = sms.filter(({ incoming_sms_id }) => incoming_sms_id > 0);
    const polling = [...this.listening].filter(([, { mode }]) => mode === 'poll');
    await Promise.all(
      polling.map(async ([consumer, { sn }]) => {
        await this.ready(consumer, sn);
        try {
          await consumer.pushed(usable);
        } finally {
          this.emit(consumer);
          if (consumer.needsAll) this.lookSoon();
        }
      }),
    );
  }

  private lookSoon(): void {
    this.schedule.soon();
    this.options.onChange();
  }

  /** In how many ms the next poll is due. */
  async due(): Promise<number | undefined> {
    const wanted = this.wanted();
    if (wanted.length === 0) return undefined;
    const next = this.schedule.next(wanted.map(([, { interval }]) => interval));
    return next - this.options.clock.monotonic();
  }

  /** One poll for all nodes. Its failure is told to them; it never rejects. */
  run(): Promise<void> {
    return this.mutex.run(() => this.poll());
  }

  /** Resolves when what has been read or pushed is stored, and what is on its way has arrived or is known not to have. */
  async stop(): Promise<void> {
    this.isStopped = true;
    const last = this.mutex.run(() => Promise.resolve()).catch(() => undefined);
    await atMost(this.options.clock, CLOSE_TIMEOUT_MS, last);
    const consumers = [...this.consumers.values()];
    await Promise.allSettled(consumers.map((consumer) => consumer.settle(this.options.clock, CLOSE_TIMEOUT_MS)));
  }

  private async poll(): Promise<void> {
    this.schedule.begun();
    try {
      await Promise.all(this.wanted().map(([consumer, { sn }]) => this.ready(consumer, sn)));
      // One whose flow takes nothing mustn't hold up the others.
      const consumers = this.wanted().flatMap(([consumer]) => (consumer.isFull ? [] : [consumer]));
      if (consumers.length > 0) await this.look.through(consumers, this.options.signal);
      this.schedule.ended(true);
      this.tell({ is: 'fine' });
    } catch (error) {
      this.schedule.ended(false);
      this.tell({ is: 'failed', error: error as Error });
    }
    // What couldn't be emitted or stored before may be by now.
    for (const [consumer] of this.listening) this.emit(consumer);
  }

  /** Consumers that a poll is for. */
  private wanted(): [InboxConsumer, Subscription][] {
    return [...this.listening].filter(
      ([consumer, { mode, backlog }]) => mode === 'poll' || (consumer.begins && !backlog),
    );
  }

  private async ready(consumer: InboxConsumer, sn: string | undefined): Promise<void> {
    await consumer.load(await this.device.name(sn), this.options.address);
  }

  /** Whether another device has answered: then what was read of the former one's list is worth nothing. */
  private async identify(sn: string | undefined, consumers: readonly InboxConsumer[]): Promise<boolean> {
    if (!sn) return false;
    await this.device.says(sn);
    const name = await this.device.name(undefined);
    const others = consumers.filter(({ device }) => device !== name);
    await Promise.all(others.map((consumer) => consumer.load(name, this.options.address)));
    return others.length > 0;
  }

  private consumerOf(wanted: ConsumerOptions): InboxConsumer {
    const key = JSON.stringify([wanted.gateway, wanted.node]);
    const known = this.consumers.get(key);
    const consumer = known ?? new InboxConsumer(this.options.store, wanted, this.options.tests);
    consumer.options = wanted;
    this.consumers.set(key, consumer);
    // Not before those that ask in this turn: it would take the place of one of them.
    if (!known) queueMicrotask(() => void this.mutex.run(() => this.makeRoom()).catch(() => undefined));
    return consumer;
  }

  /** Forgets the consumers of nodes that are gone, the oldest first, once what they know is in the store. */
  private async makeRoom(): Promise<void> {
    const idle = [...this.consumers].filter(([, consumer]) => !this.listening.has(consumer));
    for (const [key, consumer] of idle.slice(0, Math.max(0, idle.length - MOST_IDLE))) {
      await consumer.settle(this.options.clock, CLOSE_TIMEOUT_MS);
      // Its node may have come back meanwhile.
      if (!this.listening.has(consumer)) this.consumers.delete(key);
    }
  }

  private emit(consumer: InboxConsumer): void {
    const subscription = this.listening.get(consumer);
    if (subscription?.mode !== 'poll') return;
    consumer.emit(subscription.onSms).catch((error: Error) => this.options.onError(error));
  }

  private tell(state: InboxState): void {
    for (const subscription of this.listening.values()) if (subscription.mode === 'poll') subscription.onState(state);
  }
}
