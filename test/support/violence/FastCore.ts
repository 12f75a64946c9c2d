import type { Random } from '../../../lib/clock';
import { pause } from '../../../lib/concurrency';
import type { GatewayClientOptions } from '../../../lib/gateway-api';
import type { GatewaySettings } from '../../../lib/messaging/gatewayOptions';
import { MemoryStore, type Store } from '../../../lib/store';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../../simulator';
import { Book, type Verdict } from './Book';
import { LeapingClock } from './LeapingClock';
import { openRequests, type Requests } from './requests';

export interface FastCoreOptions {
  simulator?: SimulatorOptions;
  settings?: Partial<GatewaySettings>;
  store?: Store;
  /**
   * Default: one whose time passes only while nothing happens, for core and simulator. With another one a busy machine makes
   * requests late, and each late one is a fault that nobody has counted.
   */
  clock?: LeapingClock;
  random?: Random;
  client?: Partial<GatewayClientOptions>;
  /** What stands between client and gateway: its address, by the gateway's. */
  wire?: (url: string) => Promise<string>;
}

/** A status of an SMS, and when it was told, in ms of the core's time. */
interface Told {
  number: string;
  status: string;
  at: number;
}

/** In ms of the core's time. */
const LOOK_EVERY = 200;

/** The core in this process, for which time leaps, with a simulated gateway at the other end. */
export class FastCore {
  readonly book = new Book();
  readonly told: Told[] = [];
  /** Codes of the inputs that were refused. */
  readonly refused: string[] = [];

  private constructor(
    readonly simulator: Simulator,
    readonly store: Store,
    readonly clock: LeapingClock,
    private readonly requests: Requests,
  ) {}

  static async start(options: FastCoreOptions = {}): Promise<FastCore> {
    const { settings, client, wire, clock = new LeapingClock(), random = Math.random } = options;
    const { store = new MemoryStore({ random }) } = options;
    const simulator = await startSimulator({
      ...{ speed: 'fast', now: () => clock.now(), schedule: (ms, action) => clock.after(ms, action).cancel },
      ...options.simulator,
    });
    await store.open();
    const url = (await wire?.(simulator.url)) ?? simulator.url;
    clock.waitsFor([url, simulator.url]);
    const requests = openRequests({
      ...{ url, settings, client, store, clock, random },
      update: (_input, { number, status }) => core.told.push({ number, status, at: clock.now() }),
      async deliver({ id }, { recipients }) {
        core.book.hear([`outcome ${id} ${recipients.map(({ number, status }) => `${number}=${status}`).join(' ')}`]);
      },
    });
    const core = new FastCore(simulator, store, clock, requests);
    return core;
  }

  /** Takes an input to so many numbers; answers the numbers. */
  async take(count = 1): Promise<string[]> {
    const given = this.book.give(count);
    try {
      await this.requests.take(given);
      this.book.hear([`ack ${given.id}`]);
    } catch (error) {
      this.refused.push((error as { code?: string }).code ?? String(error));
    }
    return given.to;
  }

  /** Lets so many seconds of the core's time pass. */
  pass(seconds: number): Promise<void> {
    const until = this.clock.now() + seconds * 1000;
    return this.until(() => this.clock.now() >= until, seconds + 60);
  }

  /** Waits for something, at most so many seconds of the core's time. */
  async until(holds: () => boolean | Promise<boolean>, seconds: number): Promise<void> {
    const end = this.clock.now() + seconds * 1000;
    while (!(await holds())) {
      if (this.clock.now() > end) return;
      await pause(this.clock, LOOK_EVERY);
    }
  }

  /** The statuses that were told of a number, in order. */
  statuses(number: string): string[] {
    return this.told.filter((one) => one.number === number).map(({ status }) => status);
  }

  /** Waits until every input has its outcome, and tells how it all came out. */
  async judge(seconds = 600): Promise<Verdict> {
    await this.until(async () => (await this.store.openInputs(['gateway'], '', 1)).length === 0, seconds);
    return this.book.judge(this.simulator);
  }

  async close(): Promise<void> {
    await this.requests.close();
    await this.simulator.close();
    this.clock.stop();
  }
}
