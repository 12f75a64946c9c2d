import { GatewayError } from '../../../lib/gateway-api';
import type { Flows } from '../../../lib/messaging/Flows';
import type { ObservedGateway } from '../../../lib/messaging/health/facts';
import { Health } from '../../../lib/messaging/health/Health';
import type { ConditionEvent } from '../../../lib/messaging/health/HealthWatch';
import type { SimFacts } from '../../../lib/messaging/sims/usage';
import { CONDITION_WORDS, type ConditionRule, defaultRule } from '../../../lib/properties/conditions';
import { MemoryStore, type Store } from '../../../lib/store';
import type { FakeClock } from '../FakeClock';
import { type CoreParts, type JoinOptions, startScripted } from './index';
import type { ScriptedApi } from './ScriptedApi';

/** What a watch node is set to. */
export interface WatchSettings {
  rules?: readonly ConditionRule[];
  gateways?: readonly string[];
}

export const ALL_RULES = CONDITION_WORDS.map(defaultRule);
const READY: Flows = { untilReady: () => Promise.resolve(), untilHandedOn: () => Promise.resolve() };
/** How long a client waits for an answer, in ms. */
const TIMEOUT_MS = 15_000;

/** A gateway of whose test SMS something else is known. */
const observedWith = (gateway: ObservedGateway, canary: ObservedGateway['canary']): ObservedGateway => ({
  health: gateway.health,
  sms: gateway.sms,
  canary,
  get clockAhead() {
    return gateway.clockAhead;
  },
  get obstacle() {
    return gateway.obstacle;
  },
});

/** A core with one gateway node, `gateway`, whose health is watched in virtual time. */
export class WatchedCore {
  readonly health: Health;
  readonly told: ConditionEvent[] = [];
  /** When each was told, in seconds since the start. */
  readonly moments: string[] = [];
  isDurable = true;
  sims: readonly SimFacts[] | undefined = [];
  canaryFailures: number | undefined;
  /** Nobody is there to be told. */
  isAway = false;
  private watch: { stop: () => Promise<void> } | undefined;
  private readonly began: number;

  private constructor(
    readonly core: CoreParts & { api: ScriptedApi; clock: FakeClock },
    readonly store: Store,
    flows: Flows,
  ) {
    this.began = core.clock.monotonic();
    this.health = new Health({
      clock: core.clock,
      store,
      flows,
      getGateways: () =>
        core.gateways.ids().flatMap((id) => {
          const gateway = core.gateways.of(id);
          const { canaryFailures: failures } = this;
          const canary = { facts: failures === undefined ? gateway?.canary.facts : { failures } };
          return gateway ? [{ ids: [id], gateway: observedWith(gateway, canary) }] : [];
        }),
      isDurable: () => this.isDurable,
      getSims: async () => this.sims,
      onError: ({ message }) => void core.failures.push(message),
    });
  }

  static async start(
    options: JoinOptions & { store?: Store; flows?: Flows; clock?: FakeClock } = {},
  ): Promise<WatchedCore> {
    const { store = new MemoryStore({ random: Math.random }), flows = READY } = options;
    return new WatchedCore(await startScripted({ ...options, store }), store, flows);
  }

  get api(): ScriptedApi {
    return this.core.api;
  }

  get clock(): FakeClock {
    return this.core.clock;
  }

  /** Deploys a watch node, in the place of the one that is there. */
  async deploy({ rules = ALL_RULES, gateways = [] }: WatchSettings = {}): Promise<void> {
    await this.watch?.stop();
    this.watch = this.health.watch({
      rules,
      gateways,
      note: { key: 'health told by w', notes: this.store },
      onChange: async (event) => {
        if (this.isAway) return false;
        this.told.push(event);
        this.moments.push(`${this.seconds} s: ${event.condition} ${event.state}`);
        return true;
      },
      onError: (error) => void this.core.failures.push(String(error)),
    });
  }

  /** Takes the watch node away. */
  async undeploy(): Promise<void> {
    await this.watch?.stop();
    this.watch = undefined;
  }

  async pass(seconds: number): Promise<void> {
    await this.clock.advance(seconds * 1000);
  }

  get seconds(): number {
    return Math.round((this.clock.monotonic() - this.began) / 1000);
  }

  /** The gateway answers, as it does once anything is asked. */
  answer(): void {
    this.api.portAnswer = async () => this.heard();
    this.heard();
  }

  /** It answers nothing: each question ends when the client has waited long enough. */
  hang(): void {
    this.api.portAnswer = async () => {
      await new Promise<void>((resolve) => this.clock.after(TIMEOUT_MS, resolve));
      this.api.contact = { silent: this.clock.now(), ...this.api.contact };
      throw new GatewayError('TIMEOUT', 'no answer in time', 'unknown');
    };
  }

  heard(): void {
    this.api.contact = { answered: this.clock.now() };
  }

  async close(): Promise<void> {
    await this.watch?.stop();
    // What still waits for an answer gets none.
    await this.pass(TIMEOUT_MS / 1000);
    await this.core.close();
  }
}
