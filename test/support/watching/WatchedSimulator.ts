import { pause } from '../../../lib/concurrency';
import type { GatewayClientOptions } from '../../../lib/gateway-api';
import { Health } from '../../../lib/messaging';
import type { CanaryFacts } from '../../../lib/messaging/canary/Canary';
import { CONDITION_WORDS, type Condition, defaultRule } from '../../../lib/properties/conditions';
import { readPush } from '../../../lib/push';
import { byKind } from '../../../lib/runtime/push/byKind';
import { MemoryStore, type Priority } from '../../../lib/store';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../../simulator';
import { LeapingClock } from '../violence/LeapingClock';
import { openRequests, type Requests } from '../violence/requests';

/** A condition that was told, and how many seconds after the trouble began. */
export interface Told {
  condition: Condition;
  state: 'raised' | 'cleared';
  after: number;
}

const READY = { untilReady: () => Promise.resolve(), untilHandedOn: () => Promise.resolve() };
const LOOK_EVERY_MS = 500;

/** A core with a watch, and a simulated gateway at the other end, over a real connection; time leaps. */
export class WatchedSimulator {
  readonly told: Told[] = [];
  isDurable = true;
  private began = 0;
  private given = 0;
  private watch: { stop: () => Promise<void> } | undefined;

  private constructor(
    readonly clock: LeapingClock,
    readonly simulator: Simulator,
    readonly requests: Requests,
  ) {}

  static async start(simulated: SimulatorOptions = {}, client: Partial<GatewayClientOptions> = {}) {
    const clock = new LeapingClock();
    const pushed: { to?: Requests } = {};
    const simulator = await startSimulator({
      ...{ speed: 'fast', now: () => clock.now(), schedule: (ms, action) => clock.after(ms, action).cancel },
      onPush: async (body) => {
        await pushed.to?.gateways.of('gateway')?.pushed(byKind(readPush(body)));
      },
      ...simulated,
    });
    // As a real one: what is kept is there for the next process.
    const store = Object.assign(new MemoryStore({ random: Math.random }), { durable: true });
    await store.open();
    const requests = openRequests({
      ...{ url: simulator.url, store, clock, client, deliver: async () => true },
      settings: { unknownHold: 600 },
    });
    pushed.to = requests;
    const watched = new WatchedSimulator(clock, simulator, requests);
    const health = new Health({
      ...{ clock, store, flows: READY },
      getGateways: () => {
        const gateway = requests.gateways.of('gateway');
        return gateway ? [{ ids: ['gateway'], gateway }] : [];
      },
      isDurable: () => watched.isDurable,
      getSims: async () => [],
      onError: (error) => {
        throw error;
      },
    });
    watched.watch = health.watch({
      ...{ rules: CONDITION_WORDS.map(defaultRule), gateways: [], note: undefined },
      onChange: async ({ condition, state }) => {
        watched.told.push({ condition, state, after: Math.round((clock.monotonic() - watched.began) / 1000) });
        return true;
      },
      onError: (error) => {
        throw error;
      },
    });
    return watched;
  }

  /** The trouble begins now. */
  begin(): void {
    this.began = this.clock.monotonic();
  }

  /** Takes an SMS, by default to a number of its own. */
  async take({ to, priority }: { to?: string | undefined; priority?: Priority } = {}): Promise<void> {
    this.given += 1;
    const given = { id: `i${this.given}`, to: [to ?? `+49170${1_000_000 + this.given}`], text: 'Hello' };
    await this.requests.take({ ...given, ...(priority && { priority }) });
  }

  /** Test SMS go from SIM to SIM every so many hours. */
  wantCanary(hours: number): void {
    const every = hours * 3_600_000;
    this.requests.gateways.of('gateway')?.canary.want({ every, numbers: new Map(), plus: 'keep' });
  }

  get canary(): CanaryFacts | undefined {
    return this.requests.gateways.of('gateway')?.canary.facts;
  }

  /** Nobody watches any more. */
  async endWatching(): Promise<void> {
    await this.watch?.stop();
    this.watch = undefined;
  }

  /** Lets so many seconds pass. */
  pass(seconds: number): Promise<void> {
    return this.passUntil(() => false, seconds);
  }

  /** Lets time pass until something is so, at most so many seconds. */
  async passUntil(isSo: () => boolean, seconds: number): Promise<void> {
    const end = this.clock.monotonic() + seconds * 1000;
    while (!isSo() && this.clock.monotonic() < end) await pause(this.clock, LOOK_EVERY_MS);
  }

  async close(): Promise<void> {
    await this.watch?.stop();
    await this.requests.close();
    await this.simulator.close();
    this.clock.stop();
  }
}
