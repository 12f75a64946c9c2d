import { type Clock, type Random, systemClock } from '../clock';
import { Gateways } from '../messaging/gateways';
import { MemoryStore, type Store } from '../store';
import { flowsAreStopping, watchFlows, whenFlowsStart } from './flowStops';
import { GatewayNodes } from './gateways/GatewayNodes';
import { Simulators } from './gateways/simulators';
import { Feed } from './push/feed';
import type { Red, RedNode } from './red';
import { Desk } from './sms/desk';
import { OTHER_SETTINGS } from './status';

export interface HouseOptions {
  clock: Clock;
  random: Random;
  store: Store;
}

/** What all our nodes of one Node-RED share. It outlives deploys; `RED` is whichever node came last. */
export class House {
  readonly clock: Clock;
  readonly gatewayNodes = new GatewayNodes();
  readonly gateways: Gateways;
  readonly desk: Desk;
  readonly feed: Feed;
  readonly simulators: Simulators;
  /** Rejects when nothing can be kept. */
  readonly ready: Promise<void>;
  private red: Red | undefined;

  constructor({ clock, random, store }: HouseOptions) {
    this.clock = clock;
    this.desk = new Desk({
      gateways: () => this.gateways,
      clone: (message) => this.red?.util.cloneMessage(message) ?? message,
      orphan: (line) => this.red?.log.info(line),
    });
    this.gateways = new Gateways({
      store,
      clock,
      random,
      deliver: (input, outcome) => this.desk.deliver(input, outcome),
      update: (input, recipient) => this.desk.update(input, recipient),
      state: () => this.desk.show(),
      failed: (error, members) => this.say(error, members),
    });
    this.feed = new Feed(this.gatewayNodes, this.gateways);
    this.simulators = new Simulators({ pushed: (body, name) => this.feed.fromSimulator(body, name) });
    this.ready = store.open();
    this.ready.catch(() => undefined);
    whenFlowsStart(() => {
      this.gateways.resume();
      void this.takeStock();
    });
  }

  /** Each of our nodes introduces itself at its start. */
  enter(red: Red): void {
    this.red = red;
    watchFlows(red);
  }

  /** Whether nodes are closing for good, or only until the deploy has replaced them. */
  get closing(): boolean {
    return flowsAreStopping();
  }

  /** A config node has gone for good: its line ends when what is being sent has been seen to its end. */
  async dismiss(id: string): Promise<void> {
    if (this.closing) this.gateways.rest();
    await this.gateways.leave(id);
    await this.keepSimulators();
  }

  // A deploy may replace a gateway node by one that can't start: the line of the former one must not go on.
  private async takeStock(): Promise<void> {
    const nodes = this.gatewayNodes.all();
    await Promise.allSettled(nodes.map((node) => node.gateway()));
    const missing = this.gateways.ids().filter((id) => !this.gatewayNodes.get(id)?.works);
    await Promise.all(missing.map((id) => this.gateways.leave(id)));
    await this.keepSimulators();
    for (const { id, node } of nodes) if (this.gateways.differs(id)) giveWay(node);
    this.desk.show();
  }

  private keepSimulators(): Promise<void> {
    const names = this.gatewayNodes.all().flatMap(({ simulator }) => simulator ?? []);
    return this.simulators.keepOnly(new Set(names));
  }

  private say(error: Error, members: readonly string[]): void {
    const node = members.map((id) => this.gatewayNodes.get(id)).find((found) => found !== undefined);
    if (node) node.node.warn(error.message);
    else this.red?.log.warn(error.message);
  }
}

function giveWay(node: RedNode): void {
  node.status(OTHER_SETTINGS);
  node.warn('another gateway node has the same address and comes first: its login and line settings are used');
}

/** The house of this process. */
export const house = new House({
  clock: systemClock,
  random: Math.random,
  store: new MemoryStore({ random: Math.random }),
});
