import type { Clock } from '../../clock';
import { atMost } from '../../concurrency';
import type { Gateway } from '../../messaging';
import { flowsAreStopping, onceFlowsRun, untilFlowsRun } from '../flowStops';
import type { GatewayIdentity, GatewayNode } from '../gateways/GatewayNode';
import type { GatewayNodes } from '../gateways/GatewayNodes';
import type { Attach, GatewaySubscriptions, Leave, Wanted } from '../gateways/GatewaySubscriptions';
import { OutageReporter } from '../gateways/OutageReporter';
import type { Message, RedNode, Status } from '../red';
import { follows, otherStore } from '../status';
import { Emitter } from './Emitter';

/** What a node that emits by itself needs of the runtime that all nodes share. */
export interface EmittingContext {
  readonly clock: Clock;
  readonly gatewayNodes: Pick<GatewayNodes, 'get' | 'choose'>;
  readonly subscriptions: Pick<GatewaySubscriptions, 'add' | 'holders'>;
  /** What somebody who uses a gateway node should know of it. */
  cautionFor(gateway: string): Status | undefined;
}

/** What one kind of node does of its own. */
export interface Emitting<Prepared> {
  /** Whose records it emits. */
  wanted: Wanted;
  /** False where a message may name another gateway: then nothing is told of one that is missing. */
  needsGateway: boolean;
  /** Whether it listens until a deploy has replaced it: to what comes only once, and is kept nowhere else. */
  staysUntilReplaced?: boolean;
  /** Finds out what has to be clear before a gateway is asked, such as for which ports. Its error is told. */
  prepare: () => Prepared | Promise<Prepared>;
  /** The only ports whose records it emits; undefined: all. */
  portsOf?: (prepared: Prepared) => readonly number[] | undefined;
  /** What errors that come by themselves say of where they come from. */
  about: (gateway: GatewayIdentity | undefined) => Message;
  /** Takes up work with a gateway; returns how to end it, which may resolve when what was emitted is noted. */
  attach: (emitter: Emitter, prepared: Prepared) => () => void | Promise<void>;
}

/** How long the close of a node waits until what it emitted is noted, in ms: less than Node-RED waits for it. */
const CLOSE_TIMEOUT_MS = 10_000;

/**
 * Lets a node emit by itself from its start to its close, whatever is deployed meanwhile: it is prepared, attached to its
 * gateway whenever that is there, and says each outage once. What is wrong with its properties or its gateway is told when
 * all nodes are there.
 */
export function emitByItself<Prepared>(runtime: EmittingContext, node: RedNode, emitting: Emitting<Prepared>): void {
  new EmittingNode(runtime, node, emitting).start();
}

class EmittingNode<Prepared> {
  private readonly outage: OutageReporter;
  /** What is being noted of gateways that were left. */
  private readonly ending = new Set<Promise<void>>();
  private isClosed = false;
  private subscription: Leave | undefined;

  constructor(
    private readonly runtime: EmittingContext,
    private readonly node: RedNode,
    private readonly emitting: Emitting<Prepared>,
  ) {
    this.outage = new OutageReporter(node, () => emitting.about(this.own?.identity));
  }

  start(): void {
    this.node.on('close', (removed, closed) => {
      this.isClosed = true;
      const isReplaced = !removed && !flowsAreStopping();
      if (isReplaced && this.emitting.staysUntilReplaced) this.subscription?.whenReplaced();
      else this.subscription?.now();
      // The object that takes this one's place reads what this one has noted.
      void atMost(this.runtime.clock, CLOSE_TIMEOUT_MS, Promise.allSettled(this.ending)).then(() => closed());
    });
    void this.begin().catch((reason: unknown) => this.fail(reason));
  }

  private async begin(): Promise<void> {
    const { prepare, wanted, needsGateway } = this.emitting;
    const given = prepare();
    // What is clear at once is attached at once: it hears what comes before the flows run.
    const prepared = given instanceof Promise ? await onceFlowsRun(given) : given;
    if (this.isClosed) return;
    const attach: Attach = (gateway, from) => this.attach(gateway, from, prepared);
    this.subscription = this.runtime.subscriptions.add(wanted, attach, this.node.id);
    await untilFlowsRun();
    if (!needsGateway || wanted === 'every' || this.isClosed) return;
    await this.runtime.gatewayNodes.choose({ ...wanted, gatewayFrom: 'node' }, {}).gateway();
  }

  // Nobody catches an error before all nodes are there.
  private async fail(reason: unknown): Promise<void> {
    await untilFlowsRun();
    if (!this.isClosed) this.outage.report(reason);
  }

  /** Takes up work with a gateway: the one place where that begins, for every kind of node. */
  private attach(gateway: Gateway, from: GatewayNode, prepared: Prepared): () => void {
    // A gateway that was missing is there now.
    this.outage.forget();
    if (!gateway.isOurs) return this.follow(gateway);
    const caution = (id: string): Status | undefined => this.runtime.cautionFor(id);
    const ports = this.emitting.portsOf?.(prepared);
    const end = this.emitting.attach(new Emitter(this.node, gateway, from, ports, this.outage, caution), prepared);
    return () => {
      const noted = Promise.resolve(end());
      this.ending.add(noted);
      const over = (): void => void this.ending.delete(noted);
      noted.then(over, over);
    };
  }

  /** Another machine talks to the gateway, and emits: here only that is shown. */
  private follow(gateway: Gateway): () => void {
    const show = (): void => {
      const { holder, keptElsewhere } = gateway.lease ?? {};
      this.node.status(keptElsewhere === undefined ? follows(holder) : otherStore(keptElsewhere));
    };
    show();
    const deafen = this.runtime.subscriptions.holders.on(show);
    // Status nodes hear nothing before the flows run.
    let isOver = false;
    void untilFlowsRun().then(() => isOver || show());
    return () => {
      isOver = true;
      deafen();
    };
  }

  /** The gateway node that it is set to. */
  private get own(): GatewayNode | undefined {
    const { wanted } = this.emitting;
    return wanted === 'every' ? undefined : this.runtime.gatewayNodes.get(wanted.gateway);
  }
}
