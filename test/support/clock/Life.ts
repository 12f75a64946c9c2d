import { atOnce } from '../../../lib/concurrency';
import { Gateways } from '../../../lib/messaging/Gateways';
import type { Outcome } from '../../../lib/messaging/sms/outcome/outcome';
import { validateRequest } from '../../../lib/messaging/taking/validateRequest';
import { type MemoryStore, SteadyStore, type Store } from '../../../lib/store';
import type { FakeClock } from '../FakeClock';
import { SETTINGS } from '../gatewaySettings';
import type { TimedGateway } from './TimedGateway';

/** How long a doubt is kept, in ms. */
export const UNKNOWN_HOLD = SETTINGS.unknownHold * 1000;

/** What is told to the nodes, over all lives. */
export interface Told {
  outcomes: { id: string; outcome: Outcome; at: number }[];
  updates: { number: string; status: string; at: number }[];
  received: string[];
  failures: string[];
}

/** A process with one gateway node, one that receives, and whoever sends; times of what is told are monotonic. */
export class Life {
  private readonly store: SteadyStore;
  private readonly gateways: Gateways;
  private isOver = false;

  constructor(
    private readonly options: {
      clock: FakeClock;
      kept: MemoryStore;
      api: TimedGateway;
      told: Told;
      maxPerHour: number;
    },
  ) {
    const { clock, kept, told } = options;
    this.store = new SteadyStore(
      whileAlive(kept, () => !this.isOver),
      clock,
    );
    this.gateways = new Gateways({
      store: this.store,
      clock,
      random: () => 0,
      onOutcome: async ({ id }, outcome) => void told.outcomes.push({ id, outcome, at: clock.monotonic() }),
      onUpdate: (_input, { number, status }) => void told.updates.push({ number, status, at: clock.monotonic() }),
      onObstacle: () => undefined,
      onError: ({ message }) => void told.failures.push(message),
    });
  }

  async begin(): Promise<void> {
    const { api, told, maxPerHour } = this.options;
    await this.store.open();
    const settings = { ...SETTINGS, maxPerHour };
    this.gateways.join({ ...PLACE, settings, createClient: () => api.client });
    this.gateway?.inbox.subscribe({
      ...{ node: 'receive', gateway: 'gateway', backlog: false, mode: 'poll', interval: 10_000 },
      onState: () => undefined,
      onSms: async (handed) => {
        told.received.push(...handed.map(({ sms }) => sms.text));
        return true;
      },
    });
  }

  get gateway() {
    return this.gateways.of('gateway');
  }

  /** An SMS to `to` is taken; `id` is that of its input. */
  async take(id: string, asked: { to: string; validity: number; wait: number; key?: string }): Promise<void> {
    const { key, ...rest } = asked;
    const validated = atOnce(
      validateRequest({ ...rest, text: 'Hello', until: 'sent' }, 'keep', this.options.clock.now()),
    );
    const address = { gateway: 'gateway', node: 'send', onTimeout: 'keep' as const, msg: '{}' };
    await this.gateways.take({ ...address, id, validated, ...(key !== undefined && { key }) }, 7);
  }

  async end(): Promise<void> {
    const left = this.gateways.leave('gateway');
    await this.options.clock.advance(600);
    await left;
    await this.store.close();
    this.isOver = true;
  }
}

const PLACE = { id: 'gateway', address: 'http://gateway', rank: 0, wiring: '' };

/** The store as one process sees it: when that is over its timers find nothing any more. */
const whileAlive = (kept: Store, isAlive: () => boolean): Store =>
  new Proxy(kept, {
    get(target, name) {
      const own: unknown = Reflect.get(target, name);
      if (typeof own !== 'function') return own;
      return (...given: unknown[]): unknown => (isAlive() ? own.apply(target, given) : new Promise(() => undefined));
    },
  });
