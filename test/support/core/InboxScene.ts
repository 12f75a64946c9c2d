import type { IncomingSms } from '../../../lib/gateway-api';
import type { Handed } from '../../../lib/messaging/inbox/EmitOutbox';
import type { Subscription } from '../../../lib/messaging/inbox/Inbox';
import { MemoryStore } from '../../../lib/store';
import { FakeClock } from '../FakeClock';
import { InboxLife } from './InboxLife';
import { InboxModel } from './InboxModel';

/** Ms between two polls of the nodes of a scene. */
export const INTERVAL = 10_000;

/** The texts `t0`, `t1` … */
export const texts = (count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, place) => `t${from + place}`);

/** A flow that takes SMS, or doesn't: what it was given. */
export const flow = (isTaken: () => boolean) => {
  const given: string[] = [];
  const onSms = async (handed: Handed[]): Promise<boolean> => {
    if (isTaken()) given.push(...handed.map((one) => one.sms.text + (one.redelivered ? '!' : '')));
    return isTaken();
  };
  return { given, onSms };
};

/** A gateway, and one process after the other whose nodes read its inbox. */
export class InboxScene {
  readonly clock = new FakeClock();
  readonly gateway = new InboxModel(this.clock);
  readonly store = new MemoryStore({ random: Math.random });
  life = this.live();
  /** By node: the texts that were emitted, with a `!` where they were marked. */
  private readonly emitted = new Map<string, string[]>();

  static async open(): Promise<InboxScene> {
    const scene = new InboxScene();
    await scene.store.open();
    return scene;
  }

  /** Another process; the former one is at its end. */
  live(address?: string): InboxLife {
    const { store, clock, gateway } = this;
    this.life = new InboxLife({ store, clock, client: gateway.client, address });
    return this.life;
  }

  listen(node = 'n', own: Partial<Subscription> = {}): () => void {
    const heard = this.of(node);
    this.emitted.set(node, heard);
    const hear = ({ sms, redelivered }: Handed): void => void heard.push(sms.text + (redelivered ? '!' : ''));
    return this.life.listen(node, hear, own);
  }

  /** What a node has emitted. */
  of(node = 'n'): string[] {
    return this.emitted.get(node) ?? [];
  }

  /** A node listens, and has looked at the gateway. */
  async begin(node = 'n', own: Partial<Subscription> = {}): Promise<void> {
    this.listen(node, own);
    await this.clock.advance(1500);
  }

  /** The process ends politely, and another one begins. */
  async restart(): Promise<void> {
    const ended = this.life.end();
    await this.clock.advance(600);
    await ended;
    this.live();
  }

  /** SMS come in, with the texts that `texts` gives. */
  receive(count: number, from = 0): IncomingSms[] {
    return texts(count, from).map((text) => this.gateway.receive(text));
  }
}
