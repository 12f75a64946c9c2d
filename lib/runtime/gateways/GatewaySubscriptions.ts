import { type Gateway, Listeners } from '../../messaging';
import type { GatewayNode } from './GatewayNode';
import type { GatewayNodes } from './GatewayNodes';

/** What a node does while a gateway is there for it; answers how to end that. */
export type Attach = (gateway: Gateway, node: GatewayNode) => () => void;

/** Which gateways a node stays in touch with: the one of that id, or every one. */
export type Wanted = { gateway: string } | 'every';

/** How a node leaves its gateways. */
export interface Leave {
  now(): void;
  /** Stays until the node's next object is attached, so that nothing is missed, or until that is known not to come. */
  whenReplaced(): void;
}

interface Subscription {
  wanted: Wanted;
  attach: Attach;
  /** The id of the node. */
  owner: string | undefined;
  /** Whether it stays only until it is replaced. */
  isLeaving: boolean;
  attached: Map<GatewayNode, { gateway: Gateway; end: () => void }>;
}

/**
 * Nodes that emit on their own (incoming SMS, watched ports, late USSD texts) and the gateways they listen to, whatever is
 * deployed meanwhile. `review` brings them together anew; the shared runtime calls it whenever the flows have started.
 */
export class GatewaySubscriptions {
  private readonly all = new Set<Subscription>();
  /** Told when another machine has come or gone, or talks to a gateway. */
  readonly holders = new Listeners<void>();

  constructor(
    private readonly nodes: GatewayNodes,
    private readonly getGateway: (id: string) => Gateway | undefined,
  ) {}

  /** Attaches from now on. `owner` is the id of the node whose former object this one replaces. */
  add(wanted: Wanted, attach: Attach, owner?: string): Leave {
    const subscription: Subscription = { wanted, attach, owner, isLeaving: false, attached: new Map() };
    this.all.add(subscription);
    this.reviewOne(subscription);
    return {
      now: () => this.end(subscription),
      whenReplaced: () => {
        subscription.isLeaving = true;
      },
    };
  }

  /** Another machine has come or gone, or talks to a gateway. */
  holdersChanged(): void {
    for (const subscription of this.all) if (!subscription.isLeaving) this.reviewOne(subscription);
    this.holders.tell();
  }

  review(): void {
    for (const subscription of this.all) if (!subscription.isLeaving) this.reviewOne(subscription);
    for (const subscription of this.all) if (subscription.isLeaving) this.end(subscription);
  }

  private reviewOne(subscription: Subscription): void {
    const { wanted, attach, attached, owner } = subscription;
    const here = this.nodes.all().filter(({ id }) => wanted === 'every' || wanted.gateway === id);
    for (const [node, { gateway, end }] of attached) {
      if (here.includes(node) && this.getGateway(node.id) === gateway) continue;
      attached.delete(node);
      end();
    }
    for (const node of here) {
      const gateway = this.getGateway(node.id);
      if (!gateway) this.reviewOnceThere(subscription, node);
      if (!gateway || attached.has(node)) continue;
      this.endFormer(owner);
      attached.set(node, { gateway, end: attach(gateway, node) });
    }
  }

  /** Attaches as soon as a gateway that is starting is there: what it pushes from then on is heard. */
  private reviewOnceThere(subscription: Subscription, node: GatewayNode): void {
    const review = (): void => {
      if (this.all.has(subscription) && !subscription.isLeaving) this.reviewOne(subscription);
    };
    // Whoever needs one that can't start is told so by `gateway()`.
    node.gateway().then(review, () => undefined);
  }

  private endFormer(owner: string | undefined): void {
    for (const former of this.all) if (former.isLeaving && former.owner === owner) this.end(former);
  }

  private end(subscription: Subscription): void {
    this.all.delete(subscription);
    for (const { end } of subscription.attached.values()) end();
    subscription.attached.clear();
  }
}
