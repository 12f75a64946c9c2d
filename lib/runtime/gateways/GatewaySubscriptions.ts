import type { Gateway } from '../../messaging';
import type { GatewayNode } from './GatewayNode';
import type { GatewayNodes } from './GatewayNodes';

/** What a node does while a gateway is there for it; answers how to end that. */
export type Attach = (gateway: Gateway, node: GatewayNode) => () => void;

/** Which gateways a node stays in touch with: the one of that id, or every one. */
export type Wanted = { gateway: string } | 'every';

interface Subscription {
  wanted: Wanted;
  attach: Attach;
  attached: Map<GatewayNode, { gateway: Gateway; end: () => void }>;
}

/**
 * Nodes that emit on their own (incoming SMS, watched ports, late USSD texts) and the gateways they listen to, whatever is
 * deployed meanwhile. `review` brings them together; the shared runtime calls it whenever the flows have started.
 */
export class GatewaySubscriptions {
  private readonly all = new Set<Subscription>();

  constructor(
    private readonly nodes: GatewayNodes,
    private readonly getGateway: (id: string) => Gateway | undefined,
  ) {}

  /** Attaches from now on; answers how to end it all, as when the node closes. */
  add(wanted: Wanted, attach: Attach): () => void {
    const subscription: Subscription = { wanted, attach, attached: new Map() };
    this.all.add(subscription);
    this.reviewOne(subscription);
    return () => {
      this.all.delete(subscription);
      for (const { end } of subscription.attached.values()) end();
      subscription.attached.clear();
    };
  }

  review(): void {
    for (const subscription of this.all) this.reviewOne(subscription);
  }

  private reviewOne({ wanted, attach, attached }: Subscription): void {
    const here = this.nodes.all().filter(({ id }) => wanted === 'every' || wanted.gateway === id);
    for (const [node, { gateway, end }] of attached) {
      if (here.includes(node) && this.getGateway(node.id) === gateway) continue;
      attached.delete(node);
      end();
    }
    for (const node of here) {
      const gateway = this.getGateway(node.id);
      if (gateway && !attached.has(node)) attached.set(node, { gateway, end: attach(gateway, node) });
    }
  }
}
