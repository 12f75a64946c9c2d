import type { Clock, Timer } from '../../clock';
import { CONDITION_WORDS, defaultRule } from '../../properties/conditions';
import type { Store } from '../../store';
import type { Flows } from '../Flows';
import type { SimFacts } from '../sims/usage';
import { type GatewayFacts, type KnownGateway, readKnown, readStored } from './facts';
import { type ConditionEvent, HealthWatch, type HealthWatchOptions } from './HealthWatch';

export interface HealthOptions {
  clock: Clock;
  store: Store;
  flows: Flows;
  /** The gateways in use. */
  getGateways: () => readonly KnownGateway[];
  /** Whether what waits for a gateway survives the process and can be kept now. */
  isDurable: (gateway: KnownGateway) => boolean;
  /** What the plans say of a gateway's SIMs; undefined while nothing is known of them. */
  getSims?: (gateway: KnownGateway) => Promise<readonly SimFacts[] | undefined>;
  /** Worth a line in the log. */
  onError: (error: Error) => void;
}

/** How a watch node watches. */
export type WatchRequest = Pick<HealthWatchOptions, 'rules' | 'gateways' | 'note' | 'onChange' | 'onLook' | 'onError'>;

/** How often what is known is looked at, in ms. */
const LOOK_INTERVAL_MS = 5000;

/**
 * How all gateways do: the one place that works it out, from what is known anyway. Only while a watch node is there a silent
 * gateway is asked one small question (docs/decisions/0053).
 */
export class Health {
  /** What was known at the last look. */
  facts: readonly GatewayFacts[] = [];
  private readonly watches = new Set<HealthWatch>();
  private readonly byDefault: HealthWatch;
  /** How many only read. */
  private readers = 0;
  private timer: Timer | undefined;
  private isLooking = false;

  constructor(private readonly options: HealthOptions) {
    const { clock, flows } = options;
    this.byDefault = new HealthWatch({
      ...{ clock, flows, note: undefined, gateways: [], asks: false },
      rules: CONDITION_WORDS.map(defaultRule),
      onChange: () => Promise.resolve(true),
      onError: (error) => options.onError(error as Error),
    });
  }

  /** Watches from now on, and asks gateways that are silent. Ends with `stop`, which resolves when what was told is noted. */
  watch(request: WatchRequest): { stop: () => Promise<void> } {
    const { clock, flows } = this.options;
    const watch = new HealthWatch({ ...request, clock, flows, asks: true });
    this.watches.add(watch);
    this.begin();
    return {
      stop: async () => {
        this.watches.delete(watch);
        this.rest();
        await watch.stop();
      },
    };
  }

  /** Keeps what is known up to date, and asks nobody; returns how to end that. */
  read(): () => void {
    this.readers += 1;
    this.begin();
    return () => {
      this.readers -= 1;
      this.rest();
    };
  }

  /** What is wrong now: by the watch nodes, and by the defaults for gateways that none watches. */
  get reasons(): ConditionEvent[] {
    const told = [...this.watches].flatMap(({ raised }) => raised);
    const others = this.byDefault.raised.filter(({ gateway }) => !this.isWatched(gateway));
    const byKey = new Map(
      [...others, ...told].map((event) => [
        `${event.condition} ${event.gateway ?? ''} ${event.sim?.port ?? ''}`,
        event,
      ]),
    );
    return [...byKey.values()];
  }

  /** What is wrong now with the gateway of a config node, and with what is all gateways'. */
  about(id: string): ConditionEvent[] {
    const ids = this.facts.find((fact) => fact.ids.includes(id))?.ids ?? [id];
    return this.reasons.filter(({ gateway }) => gateway === undefined || ids.includes(gateway));
  }

  private isWatched(gateway: string | undefined): boolean {
    const ids = this.facts.find((fact) => gateway !== undefined && fact.ids.includes(gateway))?.ids ?? [];
    return [...this.watches].some((watch) => watch.covers(ids));
  }

  private get isNeeded(): boolean {
    return this.watches.size > 0 || this.readers > 0;
  }

  private begin(): void {
    if (this.timer === undefined && !this.isLooking) this.plan(0);
  }

  private rest(): void {
    if (this.isNeeded) return;
    this.timer?.cancel();
    this.timer = undefined;
  }

  private plan(ms: number): void {
    this.timer = this.options.clock.after(ms, () => {
      this.timer = undefined;
      this.isLooking = true;
      void this.look().then(() => {
        this.isLooking = false;
        if (this.isNeeded) this.plan(LOOK_INTERVAL_MS);
      });
    });
  }

  private async look(): Promise<void> {
    this.facts = await Promise.all(this.options.getGateways().map((known) => this.factsOf(known)));
    for (const { ids, gateway } of this.facts) {
      const isAskedFor = [...this.watches].some((watch) => watch.covers(ids));
      if (isAskedFor) void gateway.health.askIfSilent();
    }
    await Promise.all([this.byDefault, ...this.watches].map((watch) => watch.look(this.facts)));
  }

  private async factsOf(known: KnownGateway): Promise<GatewayFacts> {
    const { store, clock, isDurable, getSims } = this.options;
    const facts = readKnown(known, { isDurable: isDurable(known), sims: getSims ? undefined : [] });
    try {
      const sims = getSims ? await getSims(known) : [];
      return { ...facts, sims, ...(await readStored(known, store, clock)) };
    } catch {
      // A store that can't be read keeps nothing either.
      return { ...facts, isDurable: false };
    }
  }
}
