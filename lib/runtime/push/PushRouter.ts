import type { Gateways } from '../../messaging';
import { identifyGateway, openPush, type PushEvent, readEvents } from '../../push';
import { isUnmistakable, maskValue } from '../../secrets/mask';
import type { GatewayNode } from '../gateways/GatewayNode';
import type { GatewayNodes } from '../gateways/GatewayNodes';
import { byKind } from './byKind';
import type { OwnAddresses } from './OwnAddresses';

/** A push that was read: its records, and whose it is. */
export interface RoutedPush {
  events: PushEvent[];
  gateway?: GatewayNode;
}

/** Takes what gateways push to whoever waits for it. */
export class PushRouter {
  /** Each with the token of its address. */
  private readonly receivers = new Map<(push_: RoutedPush) => void, string | undefined>();

  constructor(
    private readonly nodes: GatewayNodes,
    private readonly getGateways: () => Gateways,
    private readonly ownAddresses: OwnAddresses,
  ) {}

  /** A push receiver wants the pushes of the simulated gateways too, which know no URL. Returns how it leaves. */
  listen(receiver: (push_: RoutedPush) => void, token: string | undefined): () => void {
    this.receivers.set(receiver, token);
    return () => this.receivers.delete(receiver);
  }

  /** What no push and no answer of a gateway may bring back: the tokens of push receivers, and the gateways' logins. */
  readonly secrets = (): string[] => [
    ...[...this.receivers.values()].filter((token) => token !== undefined).filter(isUnmistakable),
    ...this.nodes.secrets(),
  ];

  /**
   * Reads a push and feeds the gateway it belongs to; resolves when what it says is safe.
   * Throws a PushError for a body that can't be mended; rejects when the store can't keep it.
   * @param from where it came from, and the gateway node that the receiver is set to
   */
  async take(body: unknown, from: { address: string; fixed?: string }): Promise<RoutedPush> {
    const push = maskValue(openPush(body), this.secrets());
    const whose = identifyGateway({ sn: push.sn, address: from.address }, this.nodes.all(), from.fixed);
    const gateway = whose && this.nodes.get(whose.id);
    const onOddity = gateway && this.getGateways().of(gateway.id)?.oddities.note;
    const events = readEvents(push, { ...gateway?.clockFace, onOddity });
    if (gateway) await this.hand(gateway, events, from.address);
    // Test SMS from SIM to SIM are for no flow.
    const known = gateway && this.getGateways().of(gateway.id);
    const isTest = (event: PushEvent): boolean => event.kind === 'sms' && known?.isTest(event.payload) === true;
    return { events: events.filter((event) => !isTest(event)), gateway };
  }

  async fromSimulator(body: string, name: string): Promise<void> {
    const fixed = this.nodes.all().find(({ simulator }) => simulator === name)?.id;
    const push_ = await this.take(body, { address: '127.0.0.1', fixed });
    for (const receiver of this.receivers.keys()) receiver(push_);
  }

  private async hand(node: GatewayNode, events: readonly PushEvent[], address: string): Promise<void> {
    // One that is just starting waits for the store: what is pushed meanwhile is answered when it can be kept.
    const gateway = this.getGateways().of(node.id) ?? (await node.gateway().catch(() => undefined));
    if (!gateway) return;
    const pushed = byKind(events);
    const matters = pushed.results !== undefined || pushed.reports !== undefined;
    const isCredible = !matters || node.simulator !== undefined || (await this.ownAddresses.has(node.host, address));
    await this.getGateways().pushed(gateway, node.id, { ...pushed, isCredible });
  }
}
