import { GatewayError } from '../../gateway-api';
import type { Gateway, InboxState } from '../../messaging';
import { absence } from '../absentPorts';
import type { GatewayNode } from '../gateways/GatewayNode';
import type { OutageReporter } from '../gateways/OutageReporter';
import { handOn } from '../handOn';
import type { Message, RedNode, Send, Status } from '../red';
import { CATCHING_UP, FINE, WORKING } from '../status';

/** How it goes between a node and its gateway. */
export type EmittingState =
  | InboxState
  | { is: 'working' }
  | { is: 'failed'; error: unknown }
  /** All goes well, and this is worth knowing. */
  | { is: 'noting'; status: Status };

/** What a node that emits by itself has while it is attached to a gateway. */
export class Emitter {
  /** How often something was shown. */
  private shown = 0;
  private hasAsked = false;

  /**
   * @param ports it emits only what is of these: of those that the gateway doesn't have nothing would ever come
   * @param getCaution tells what somebody who uses a gateway node should know of it
   */
  constructor(
    private readonly node: RedNode,
    readonly gateway: Gateway,
    readonly from: GatewayNode,
    private readonly ports: readonly number[] | undefined,
    private readonly outage: OutageReporter,
    private readonly getCaution: (gateway: string) => Status | undefined,
  ) {}

  /** Shows how it goes, by the same words in every node; says each outage once. */
  show(state: EmittingState): void {
    const place = ++this.shown;
    if (this.mayBeAbsent(state)) void this.showAbsenceOr(state, place);
    else this.showNow(state);
  }

  private async showAbsenceOr(state: EmittingState, place: number): Promise<void> {
    const error = await absence(this.gateway, this.ports ?? [], 'ports');
    if (place === this.shown) this.showNow(error ? { is: 'failed', error } : state);
  }

  // Nobody else may have asked which ports there are. A gateway that can't tell isn't asked with each look.
  private mayBeAbsent(state: EmittingState): boolean {
    const toldOfNone = state.is === 'failed' && state.error instanceof GatewayError && state.error.code === 'BAD_REPLY';
    if (this.ports === undefined || !(state.is === 'fine' || toldOfNone)) return false;
    const isTime = !this.hasAsked || this.gateway.knownPorts.last !== undefined;
    this.hasAsked = true;
    return isTime;
  }

  private showNow(state: EmittingState): void {
    if (state.is === 'failed') this.outage.report(state.error);
    else if (state.is === 'noting') this.outage.clear(state.status);
    else if (state.is === 'fine') this.outage.clear(this.getCaution(this.from.id) ?? FINE);
    else this.node.status(state.is === 'working' ? WORKING : CATCHING_UP);
  }

  /** Sends at once, by the object that is attached: for what ends with it. Nothing once another machine talks to the gateway. */
  readonly send: Send = (messages) => {
    if (this.gateway.isOurs) this.node.send(messages);
  };

  /**
   * Sends by whichever object has the node's id by then; resolves with false when there is none (`handOn.ts`), or another machine
   * talks to the gateway by then.
   */
  async handOn(send: (node: RedNode) => void): Promise<boolean> {
    let hasLeft = true;
    const sendOurs = (node: RedNode): void => {
      hasLeft = this.gateway.isOurs;
      if (hasLeft) send(node);
    };
    return (await handOn(this.node.id, sendOurs)) && hasLeft;
  }

  /** What each message has beside its payload. */
  about(topic: string): Message {
    return { topic, gateway: this.from.identity };
  }
}
