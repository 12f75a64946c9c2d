import type { Counter, Gauge, Histogram } from 'prom-client';
import { OldestOut } from '../../bounded/OldestOut';
import type { IncomingSms } from '../../gateway-api';
import type { GatewayFacts, Recipient } from '../../messaging';
import type { StoredInput } from '../../store';
import type { GatewayNodes } from '../gateways/GatewayNodes';
import { stagesOf } from './stages';

type Library = typeof import('./library');

export interface MetricsOptions {
  library: Library;
  nodes: Pick<GatewayNodes, 'all' | 'get'>;
  /** What was known at the last look; a scrape asks nobody. */
  getFacts: () => readonly GatewayFacts[];
}

/** Incoming SMS that are remembered, so that push and list count one once. */
const MOST_INCOMING = 1000;
/** Seconds: from one that leaves at once to one that waits for a day. */
const BUCKETS = [1, 2, 5, 10, 30, 60, 300, 900, 3600, 14_400, 86_400];

/** The metrics of this Node-RED, for Prometheus. Counters begin at 0 with the process; no number and no text is in a label. */
export class Metrics {
  private readonly registry;
  private readonly sms: Counter<'gateway' | 'status'>;
  private readonly segments: Counter<'gateway'>;
  private readonly incomingSms: Counter<'gateway'>;
  private readonly withheld: Counter<'gateway' | 'code'>;
  private readonly stages: Histogram<'gateway' | 'stage'>;
  private readonly gauges: Record<keyof typeof GAUGES, Gauge>;
  private readonly seen = new OldestOut<string, true>(MOST_INCOMING);

  constructor(private readonly options: MetricsOptions) {
    const { Counter, Gauge, Histogram, Registry } = options.library;
    const registry = new Registry();
    const registers = [registry];
    this.registry = registry;
    this.sms = new Counter({ ...SMS, labelNames: ['gateway', 'status'], registers });
    this.segments = new Counter({ ...SEGMENTS, labelNames: ['gateway'], registers });
    this.incomingSms = new Counter({ ...INCOMING, labelNames: ['gateway'], registers });
    this.withheld = new Counter({ ...WITHHELD, labelNames: ['gateway', 'code'], registers });
    this.stages = new Histogram({ ...STAGES, labelNames: ['gateway', 'stage'], buckets: BUCKETS, registers });
    const entries = Object.entries(GAUGES).map(([name, { help, labels }]) => [
      name,
      new Gauge({ name, help, labelNames: [...labels], registers }),
    ]);
    this.gauges = Object.fromEntries(entries) as Record<keyof typeof GAUGES, Gauge>;
  }

  static readonly contentType = 'text/plain; version=0.0.4; charset=utf-8';

  /** An SMS has another status. */
  moved(input: StoredInput, recipient: Recipient): void {
    const gateway = this.labelOf(input.gateway);
    const { status, error, history } = recipient;
    if (history.at(-1)?.status !== status) return;
    this.sms.inc({ gateway, status });
    if (status === 'WITHHELD') this.withheld.inc({ gateway, code: error?.code ?? 'UNKNOWN' });
    for (const { stage, seconds } of stagesOf(input.taken_at, history))
      this.stages.observe({ gateway, stage }, seconds);
    const isFirst = !history.slice(0, -1).some((entry) => isOnAir(entry.status));
    if (isOnAir(status) && isFirst) this.segments.inc({ gateway }, recipient.succ_count ?? recipient.count ?? 1);
  }

  /** SMS have come in, by push or because a node has read them; each counts once. */
  incoming(id: string, sms: readonly IncomingSms[]): void {
    for (const { incoming_sms_id, timestamp, port } of sms) {
      const key = `${id} ${incoming_sms_id} ${port} ${String(timestamp).slice(0, 40)}`;
      if (!this.seen.has(key)) this.incomingSms.inc({ gateway: this.labelOf(id) });
      this.seen.set(key, true);
    }
  }

  /** All of it in Prometheus' text format. */
  async text(): Promise<string> {
    for (const gauge of Object.values(this.gauges)) gauge.reset();
    const facts = this.options.getFacts();
    for (const fact of facts) this.show(fact);
    if (facts.length > 0) this.gauges.dinstar_store_durable.set(facts.every(({ isDurable }) => isDurable) ? 1 : 0);
    return this.registry.metrics();
  }

  private show(fact: GatewayFacts): void {
    const gateway = this.labelOf(fact.ids[0] ?? '');
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

  /** A gateway node's name; its id where it has none, or shares it with another. */
  private labelOf(id: string): string {
    const name = this.options.nodes.get(id)?.properties.name ?? '';
    const isOwn = this.options.nodes.all().filter((node) => node.properties.name === name).length === 1;
    return name !== '' && isOwn ? name : id;
  }
}

const isOnAir = (status: string): boolean => ['SENT_OK', 'DELIVERED', 'UNDELIVERED', 'PARTIAL'].includes(status);

const SMS = { name: 'dinstar_sms_total', help: 'SMS that came to a status; one SMS comes to several.' };
const SEGMENTS = { name: 'dinstar_sms_segments_total', help: 'Segments that went on air, which operators bill.' };
const INCOMING = { name: 'dinstar_incoming_total', help: 'SMS that came in.' };
const WITHHELD = { name: 'dinstar_withheld_total', help: 'SMS that a rule never let out, by the rule.' };
const STAGES = {
  name: 'dinstar_stage_seconds',
  help: 'Seconds that SMS took: waited here, until sent, until delivered.',
};

/** The gauges by their names, with their labels. */
const GAUGES = {
  dinstar_waiting: { help: 'SMS that wait here, at most 100000.', labels: ['gateway', 'priority'] },
  dinstar_oldest_waiting_seconds: {
    help: 'Age of the oldest SMS that waits here and may leave; 0 where none does.',
    labels: ['gateway', 'priority'],
  },
  dinstar_in_gateway: { help: 'SMS that the gateway has, or may have, and that are not on air.', labels: ['gateway'] },
  dinstar_in_doubt: { help: 'SMS of which it is not clear whether they went out.', labels: ['gateway'] },
  dinstar_gateway_up: { help: '1 where the gateway answers, 0 where it does not.', labels: ['gateway'] },
  dinstar_last_push_timestamp_seconds: { help: 'When the gateway pushed last.', labels: ['gateway'] },
  dinstar_port_ready: { help: '1 where the SIM is registered.', labels: ['gateway', 'port'] },
  dinstar_port_signal: { help: 'Signal of the port, 0 to 31.', labels: ['gateway', 'port'] },
  dinstar_sim_used: { help: 'How much of a plan limit a SIM has used.', labels: ['gateway', 'port', 'count', 'per'] },
  dinstar_sim_limit: { help: 'The plan limit of a SIM.', labels: ['gateway', 'port', 'count', 'per'] },
  dinstar_sim_balance: { help: 'Balance of a SIM, in its currency.', labels: ['gateway', 'port'] },
  dinstar_store_durable: { help: '1 where what waits survives the process.', labels: [] },
} as const;
