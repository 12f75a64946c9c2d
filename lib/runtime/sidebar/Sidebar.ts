import type { Clock, Timer } from '../../clock';
import { type IncomingSms, meaningOf, REGISTER_STATUS } from '../../gateway-api';
import type { Gateway, Obstacle } from '../../messaging';
import type { SidebarSnapshot } from '../../sidebar/snapshot';
import type { StoredSms } from '../../store';
import type { GatewayNode } from '../gateways/GatewayNode';
import type { GatewayNodes } from '../gateways/GatewayNodes';
import { GatewayRecord } from './GatewayRecord';
import { Leases } from './Leases';
import { PortWatch } from './PortWatch';
import { readGateway, type SidebarParts } from './readGateway';
import type { JobsQuestion } from './readJobs';
import type { WaitingQuestions } from './readWaiting';

export interface SidebarOptions extends WaitingQuestions {
  clock: Clock;
  createTicket: () => string;
  nodes: GatewayNodes;
  getGateway: (id: string) => Gateway | undefined;
  getJobs: JobsQuestion;
  getConditions: SidebarParts['getConditions'];
  /** Sends to one of the editor's connections. */
  onSnapshot: (session: string, snapshot: SidebarSnapshot) => void;
}

/** How often what has changed is sent to those who look, in ms. */
const SNAPSHOT_INTERVAL_MS = 1000;

/**
 * What the sidebar shows of all gateways. It counts what passes by, whether somebody looks or not; it asks gateways and
 * stores only while somebody does.
 */
export class Sidebar {
  readonly leases: Leases;
  private readonly records = new Map<string, GatewayRecord>();
  private readonly watches = new Map<string, PortWatch>();
  /** What each connection was sent last. */
  private readonly sent = new Map<string, string>();
  private timer: Timer | undefined;
  private isSending = false;
  private again = false;

  constructor(private readonly options: SidebarOptions) {
    const { clock, createTicket } = options;
    this.leases = new Leases({ clock, createTicket, onChange: () => this.look() });
  }

  /** SMS have changed; `moved`: those whose status is another one now, by default all. */
  noticed(sms: readonly StoredSms[], moved?: ReadonlySet<number>): void {
    const { clock } = this.options;
    const isNews = (id: number): boolean => moved?.has(id) ?? true;
    for (const [gateway, own] of byGateway(sms))
      this.record(gateway).noticed(own, isNews, clock.now(), clock.monotonic());
  }

  /** SMS have come in, by push or because a node has read them; the sidebar shows each once. */
  received(id: string, sms: readonly IncomingSms[]): void {
    this.record(id).received(sms, this.options.clock.now());
  }

  /** The queue that these gateway nodes share has met an obstacle, or goes on. */
  met(members: readonly string[], obstacle: Obstacle | undefined): void {
    for (const id of members) this.record(id).met(obstacle, this.options.clock.now());
  }

  /** Listens to what a gateway pushes; answers how to end that. */
  attach(gateway: Gateway, { id }: GatewayNode): () => void {
    const { clock } = this.options;
    const record = (): GatewayRecord => this.record(id);
    const ends = [
      gateway.pushes.on('sms', (sms) => this.received(id, sms)),
      gateway.pushes.on('ussd', (texts) => {
        for (const { port, text } of texts) record().ussd(port, text, clock.now());
      }),
      gateway.pushes.on('register', (events) => {
        for (const { port, status } of events) {
          const said = meaningOf(REGISTER_STATUS, status);
          if (said !== undefined) record().port(port, said === 'up', clock.now());
        }
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }

  resetHourlyLimit(id: string): void {
    this.options.getGateway(id)?.sms.queue.resetHourlyLimit();
    this.record(id).hourlyLimitReset(this.options.clock.now());
  }

  /** What waits for a gateway is another thing now: it is shown at once. */
  hasChanged(): void {
    void this.send();
  }

  /** What a gateway's ports are like is asked for at once, where somebody looks. */
  askAgain(id: string): void {
    this.watches.get(id)?.again();
  }

  /** A connection shows its ticket: it is sent everything now, and then what changes. */
  show(ticket: string, session: string, user = ''): void {
    if (!this.leases.bind(ticket, session, user)) return;
    this.sent.delete(session);
    void this.send();
  }

  /** Everything, in the order of the flow file. */
  async snapshot(): Promise<SidebarSnapshot> {
    const { nodes, clock } = this.options;
    const now = clock.now();
    const gateways = await Promise.all(
      nodes.all().map((node) => readGateway(node, this.partsOf(node.id), clock.monotonic())),
    );
    return { now, gateways };
  }

  private partsOf(id: string): SidebarParts {
    return { ...this.options, gateway: this.options.getGateway(id), record: this.record(id) };
  }

  private record(id: string): GatewayRecord {
    const record = this.records.get(id) ?? new GatewayRecord();
    this.records.set(id, record);
    return record;
  }

  /** Begins when the first one looks, ends with the last. */
  private look(): void {
    if (this.leases.active) {
      if (this.timer === undefined) this.beat();
      return;
    }
    this.timer?.cancel();
    this.timer = undefined;
    this.sent.clear();
    for (const watch of this.watches.values()) watch.stop();
    this.watches.clear();
  }

  private beat(): void {
    this.watchThoseThere();
    this.timer = this.options.clock.after(SNAPSHOT_INTERVAL_MS, () => {
      if (!this.leases.active) return;
      this.beat();
      void this.send();
    });
  }

  // A deploy may have brought gateways, taken some away, or given one another address.
  private watchThoseThere(): void {
    this.forgetOthers();
    const { nodes, getGateway, clock } = this.options;
    const here = new Map(nodes.all().map(({ id }) => [id, getGateway(id)]));
    for (const [id, watch] of this.watches) {
      if (here.get(id) === watch.gateway) continue;
      watch.stop();
      this.watches.delete(id);
    }
    for (const [id, gateway] of here) {
      if (!gateway || this.watches.has(id)) continue;
      this.watches.set(id, new PortWatch({ gateway, record: this.record(id), clock, onNews: () => void this.send() }));
    }
  }

  /** What gateway nodes that are gone have left is over. */
  forgetOthers(): void {
    const here = new Set(this.options.nodes.all().map(({ id }) => id));
    for (const id of this.records.keys()) if (!here.has(id)) this.records.delete(id);
  }

  /** One after the other: an older snapshot must not come after a newer one. */
  private async send(): Promise<void> {
    this.again = this.isSending;
    if (this.isSending) return;
    this.isSending = true;
    await this.sendNow();
    this.isSending = false;
    if (this.again) await this.send();
  }

  private async sendNow(): Promise<void> {
    if (this.leases.sessions.length === 0) return;
    const snapshot = await this.snapshot();
    const said = JSON.stringify(snapshot.gateways);
    for (const session of this.leases.sessions) {
      if (this.sent.get(session) === said) continue;
      this.sent.set(session, said);
      this.options.onSnapshot(session, snapshot);
    }
  }
}

function byGateway(sms: readonly StoredSms[]): Map<string, StoredSms[]> {
  const all = new Map<string, StoredSms[]>();
  for (const one of sms) {
    const own = all.get(one.gateway);
    if (own) own.push(one);
    else all.set(one.gateway, [one]);
  }
  return all;
}
