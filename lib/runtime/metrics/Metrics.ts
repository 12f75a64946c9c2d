import type { Counter, Histogram } from 'prom-client';
import { OldestOut } from '../../bounded/OldestOut';
import type { IncomingSms } from '../../gateway-api';
import type { ConditionEvent, GatewayFacts } from '../../messaging';
import { freeSince, SMS_STATUSES, type StoredInput, type StoredSms } from '../../store';
import type { GatewayNodes } from '../gateways/GatewayNodes';
import { INCOMING, SEGMENTS, SMS, STAGES, WITHHELD } from './declared';
import { Gauges } from './Gauges';
import { stagesOf } from './stages';

type Library = typeof import('./library');

export interface MetricsOptions {
  library: Library;
  nodes: Pick<GatewayNodes, 'all' | 'get'>;
  /** What was known at the last look; a scrape asks nobody. */
  getFacts: () => readonly GatewayFacts[];
  /** What is wrong now. */
  getReasons: () => readonly ConditionEvent[];
}

/** Incoming SMS that are remembered, so that push and list count one once. */
const MOST_INCOMING = 1000;
/** Gateways whose counters are known to be there. */
const MOST_BEGUN = 1000;

/** The metrics of this Node-RED, for Prometheus. Counters begin at 0 with the process; no number and no text is in a label. */
export class Metrics {
  private readonly registry;
  private readonly sms: Counter<'gateway' | 'status'>;
  private readonly segments: Counter<'gateway'>;
  private readonly incomingSms: Counter<'gateway'>;
  private readonly withheld: Counter<'gateway' | 'code'>;
  private readonly stages: Histogram<'gateway' | 'stage'>;
  private readonly gauges: Gauges;
  private readonly seen = new OldestOut<string, true>(MOST_INCOMING);
  private readonly begun = new OldestOut<string, true>(MOST_BEGUN);

  constructor(private readonly options: MetricsOptions) {
    const { Counter, Histogram, Registry } = options.library;
    const registry = new Registry();
    const registers = [registry];
    this.registry = registry;
    this.sms = new Counter({ ...SMS, registers });
    this.segments = new Counter({ ...SEGMENTS, registers });
    this.incomingSms = new Counter({ ...INCOMING, registers });
    this.withheld = new Counter({ ...WITHHELD, registers });
    this.stages = new Histogram({ ...STAGES, buckets: [...STAGES.buckets], registers });
    this.gauges = new Gauges(options.library, registry, (id) => this.labelOf(id));
  }

  /** SMS have been taken. */
  taken(gateway: string, count: number): void {
    this.sms.inc({ gateway: this.labelOf(gateway), status: 'QUEUED' }, count);
  }

  /** An SMS has another status, or something else holds it back. */
  moved(input: StoredInput, sms: StoredSms): void {
    const { status, error, history } = sms;
    // One that the gateway gave back was taken only once, and one that is held has been counted.
    if (status === 'QUEUED') return;
    const gateway = this.labelOf(input.gateway);
    this.sms.inc({ gateway, status });
    if (status === 'WITHHELD') this.withheld.inc({ gateway, code: error?.code ?? 'UNKNOWN' });
    for (const { stage, seconds } of stagesOf(freeSince(sms, input), history))
      this.stages.observe({ gateway, stage }, seconds);
    const isFirst = !history.slice(0, -1).some((entry) => isOnAir(entry.status));
    if (isOnAir(status) && isFirst) this.segments.inc({ gateway }, sms.succ_count ?? sms.count ?? 1);
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
    const facts = this.options.getFacts();
    for (const fact of facts) this.begin(this.labelOf(fact.ids[0] ?? ''));
    this.gauges.show(facts, this.options.getReasons());
    return this.registry.metrics();
  }

  /** Makes a gateway's counters before there is something to count: the first one of a kind is seen as a step, too. */
  private begin(gateway: string): void {
    if (this.begun.get(gateway)) return;
    this.begun.set(gateway, true);
    for (const status of SMS_STATUSES) this.sms.inc({ gateway, status }, 0);
    this.segments.inc({ gateway }, 0);
    this.incomingSms.inc({ gateway }, 0);
  }

  /** A gateway node's name; its id where it has none, or shares it with another. */
  private labelOf(id: string): string {
    const name = this.options.nodes.get(id)?.properties.name ?? '';
    const isOwn = this.options.nodes.all().filter((node) => node.properties.name === name).length === 1;
    return name !== '' && isOwn ? name : id;
  }
}

const isOnAir = (status: string): boolean => ['SENT_OK', 'DELIVERED', 'UNDELIVERED', 'PARTIAL'].includes(status);
