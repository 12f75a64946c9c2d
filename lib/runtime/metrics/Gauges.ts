import type { Gauge, Registry } from 'prom-client';
import type { ConditionEvent, GatewayFacts } from '../../messaging';
import { CONDITION_WORDS } from '../../properties/conditions';
import { GAUGES } from './declared';

/** There is one store, whatever the number of gateways. */
const OF_GATEWAYS = CONDITION_WORDS.filter((condition) => condition !== 'store-not-durable');

/** What a scrape shows of this moment: each time all of it anew, so that nothing stays of what is gone. */
export class Gauges {
  private readonly gauges: Record<keyof typeof GAUGES, Gauge>;

  /** @param getLabel names a gateway, by its node's id */
  constructor(
    { Gauge }: Pick<typeof import('./library'), 'Gauge'>,
    registry: Registry,
    private readonly getLabel: (id: string) => string,
  ) {
    const entries = Object.entries(GAUGES).map(([name, { help, labels }]) => [
      name,
      new Gauge({ name, help, labelNames: [...labels], registers: [registry] }),
    ]);
    this.gauges = Object.fromEntries(entries) as Record<keyof typeof GAUGES, Gauge>;
  }

  /** Sets them to what is known now, and to what is wrong now. */
  show(facts: readonly GatewayFacts[], reasons: readonly ConditionEvent[]): void {
    for (const gauge of Object.values(this.gauges)) gauge.reset();
    // One without labels would be 0 where nothing is known.
    this.gauges.dinstar_store_durable.remove();
    for (const fact of facts) this.showGateway(fact);
    if (facts.length > 0) {
      this.gauges.dinstar_store_durable.set(facts.every(({ isDurable }) => isDurable) ? 1 : 0);
      this.gauges.dinstar_conditions_raised.set({ condition: 'store-not-durable' }, 0);
    }
    for (const { condition, gateway } of reasons) {
      const own = gateway === undefined ? {} : { gateway: this.getLabel(gateway) };
      this.gauges.dinstar_conditions_raised.inc({ condition, ...own });
    }
  }

  private showGateway(fact: GatewayFacts): void {
    const gateway = this.getLabel(fact.ids[0] ?? '');
    for (const condition of OF_GATEWAYS) this.gauges.dinstar_conditions_raised.set({ gateway, condition }, 0);
    const set = (
      name: keyof typeof GAUGES,
      value: number | undefined,
      labels: Record<string, string | number> = {},
    ): void => {
      if (value !== undefined) this.gauges[name].set({ gateway, ...labels }, value);
    };
    for (const priority of ['high', 'normal', 'low'] as const) {
      set('dinstar_waiting', fact.waiting?.[priority], { priority });
      set('dinstar_oldest_waiting_seconds', fact.oldest?.[priority], { priority });
    }
    set('dinstar_in_gateway', fact.inGateway);
    set('dinstar_in_doubt', fact.inDoubt);
    set('dinstar_gateway_up', fact.silent === undefined ? undefined : Number(fact.silent === 0));
    set('dinstar_last_push_timestamp_seconds', fact.pushedAt === undefined ? undefined : fact.pushedAt / 1000);
    const { failures, seconds, arrivedAt } = fact.canary ?? {};
    set('dinstar_canary_failures', failures);
    set('dinstar_canary_seconds', seconds);
    set('dinstar_canary_arrived_timestamp_seconds', arrivedAt === undefined ? undefined : arrivedAt / 1000);
    const { sims, signals } = fact.gateway.health;
    for (const [port, isReady] of sims.ports) set('dinstar_port_ready', Number(isReady), { port });
    for (const [port, signal] of signals) set('dinstar_port_signal', signal, { port });
    for (const { port, used, balance } of fact.sims ?? []) {
      for (const { count, per, value, max } of used) {
        set('dinstar_sim_used', value, { port, count, per });
        set('dinstar_sim_limit', max, { port, count, per });
      }
      set('dinstar_sim_balance', balance ?? undefined, { port });
    }
  }
}
