import { randomUUID } from 'node:crypto';
import { BOARD_TOPIC } from '../board/snapshot';
import { OldestOut } from '../bounded/OldestOut';
import { type Clock, type Random, systemClock } from '../clock';
import { Gateways, type Outcome, type Recipient } from '../messaging';
import type { StoredInput } from '../store';
import { Board } from './board/Board';
import { flowsAreStopping, flowsRun, untilFlowsRun, watchFlows, whenFlowsStart } from './flowStops';
import { Attachments } from './gateways/attachments';
import { GatewayNodes } from './gateways/GatewayNodes';
import { Simulators } from './gateways/simulators';
import { untilHandedOn } from './handOn';
import { Feed } from './push/feed';
import { LastPushes } from './push/lastPushes';
import { OwnAddresses } from './push/OwnAddresses';
import { nameOf, type Red, type RedNode, type Status } from './red';
import { Desk } from './sms/desk';
import { NOT_DURABLE, OTHER_SETTINGS } from './status';
import { type EmbeddedStore, embeddedStore } from './stores/embedded';
import { EMBEDDED, StoreNodes, type StoreProperties } from './stores/StoreNodes';
import { Users } from './users';

/** Troubles that are remembered, so that each is said once a minute. */
const MOST_SAID = 100;

/** What there is once a Node-RED has shown where its files are. */
interface Rooms {
  embedded: EmbeddedStore;
  gateways: Gateways;
  opened?: Promise<void>;
}

/** What all our nodes of one Node-RED share. It outlives deploys; `RED` is whichever node came last. */
export class House {
  readonly gatewayNodes = new GatewayNodes();
  readonly storeNodes = new StoreNodes();
  /** Of gateway nodes. */
  readonly users = new Users();
  readonly desk: Desk;
  readonly feed: Feed;
  readonly simulators: Simulators;
  readonly lastPushes: LastPushes;
  readonly attachments: Attachments;
  readonly board: Board;
  private readonly said = new OldestOut<string, number>(MOST_SAID);
  private rooms: Rooms | undefined;
  private red: Red | undefined;
  private boardRed: Red | undefined;

  constructor(
    readonly clock: Clock,
    readonly random: Random,
  ) {
    const gateways = (): Gateways => this.gateways;
    this.lastPushes = new LastPushes(clock);
    this.desk = new Desk({
      gateways,
      clone: (message) => this.red?.util.cloneMessage(message) ?? message,
      orphan: (line) => this.red?.log.info(line),
    });
    this.feed = new Feed(this.gatewayNodes, gateways, new OwnAddresses(clock));
    this.attachments = new Attachments(this.gatewayNodes, (id) => this.rooms?.gateways.of(id));
    this.board = this.newBoard();
    this.simulators = new Simulators({ pushed: (body, name) => this.feed.fromSimulator(body, name) });
    whenFlowsStart(() => {
      this.rooms?.gateways.resume(this.rooms.opened !== undefined);
      void this.takeStock();
    });
  }

  private newBoard(): Board {
    return new Board({
      clock: this.clock,
      newTicket: randomUUID,
      nodes: this.gatewayNodes,
      gatewayOf: (id) => this.rooms?.gateways.of(id),
      waitingCounts: async (...query) => (await this.rooms?.embedded.store.waitingCounts(...query)) ?? [],
      publish: (session, data) =>
        this.boardRed?.events.emit('comms', { topic: BOARD_TOPIC, data, retain: false, session }),
    });
  }

  /** The sidebar is there, once a process: it hears what gateways push, and is told what is new over this Node-RED's editor. */
  openBoard(red: Red): void {
    if (this.boardRed) return;
    this.boardRed = red;
    red.events.on(`comms:message:${BOARD_TOPIC}`, ({ session, data, user }) => {
      if (typeof data === 'string') this.board.show(data, session, nameOf(user));
    });
    this.attachments.add('every', (gateway, node) => this.board.attach(gateway, node));
  }

  /** Each of our nodes introduces itself at its start. */
  enter(red: Red): void {
    this.red = red;
    watchFlows(red);
    this.rooms ??= this.furnish(red);
  }

  get gateways(): Gateways {
    if (!this.rooms) throw new Error('no node has entered the house');
    return this.rooms.gateways;
  }

  /** What messages are kept by: `memory` where this Node has no SQLite. */
  get storedBy(): string {
    return this.rooms?.embedded.kind ?? 'memory';
  }

  /** Opens the store when the first gateway needs it. Rejects when it can't be opened; its calls try again by themselves. */
  open(): Promise<void> {
    const { rooms } = this;
    if (!rooms) return Promise.resolve();
    rooms.opened ??= rooms.embedded.store.open();
    return rooms.opened;
  }

  private furnish(red: Red): Rooms {
    const { clock, random } = this;
    const { userDir } = red.settings;
    const inMemory = (gateway: string): boolean => this.storeOf(gateway).kind === 'memory';
    const embedded = embeddedStore({ userDir, clock, random, inMemory });
    if (embedded.kind === 'memory') red.log.warn(NO_SQLITE);
    const gateways = new Gateways({
      store: embedded.store,
      clock,
      random,
      ready: untilFlowsRun,
      keepDays: () => this.keepDays,
      deliver: (input, outcome) => this.deliver(input, outcome),
      update: (input, recipient) => this.update(input, recipient),
      noticed: (sms, moved) => this.board.noticed(sms, moved),
      state: (members, obstacle) => {
        this.board.met(members, obstacle);
        this.desk.show();
      },
      failed: (error, members) => this.say(error, members),
    });
    return { embedded, gateways };
  }

  /** What somebody who uses a gateway node should know of it. */
  cautionFor(gateway: string): Status | undefined {
    if (this.gateways.differs(gateway)) return OTHER_SETTINGS;
    const isMeantToLast = this.gatewayNodes.get(gateway) !== undefined && this.storeOf(gateway).kind === 'file';
    return isMeantToLast && this.storedBy === 'memory' ? NOT_DURABLE : undefined;
  }

  /** Finished messages of all gateways lie together; whoever wants them longest decides. */
  private get keepDays(): number {
    const wanted = this.gatewayNodes.all().map(({ id }) => this.storeOf(id).keepDays);
    return wanted.length > 0 ? Math.max(...wanted) : EMBEDDED.keepDays;
  }

  /** The store that a gateway node has chosen. */
  storeOf(gateway: string): StoreProperties {
    return this.storeNodes.of(this.gatewayNodes.get(gateway)?.properties.store ?? '');
  }

  // While a deploy replaces the nodes an outcome waits for the new ones; when the process ends, for the next start.
  private async deliver(input: StoredInput, outcome: Outcome): Promise<boolean> {
    if (this.closing) return false;
    await untilFlowsRun();
    this.desk.deliver(input, outcome);
    await untilHandedOn();
    return true;
  }

  private update(input: StoredInput, recipient: Recipient): void {
    if (flowsRun()) this.desk.update(input, recipient);
    else void untilFlowsRun().then(() => this.desk.update(input, recipient));
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
    if (this.closing && this.gateways.ids().length === 0) await this.lockUp();
  }

  private async lockUp(): Promise<void> {
    const { rooms } = this;
    if (!rooms?.opened) return;
    rooms.opened = undefined;
    await rooms.embedded.store.close();
  }

  // A deploy may replace a gateway node by one that can't start: the line of the former one must not go on.
  private async takeStock(): Promise<void> {
    const nodes = this.gatewayNodes.all();
    await Promise.allSettled(nodes.map((node) => node.gateway()));
    if (!this.rooms) return;
    const missing = this.gateways.ids().filter((id) => !this.gatewayNodes.get(id)?.works);
    await Promise.all(missing.map((id) => this.gateways.leave(id)));
    await this.keepSimulators();
    this.attachments.review();
    this.board.forgetOthers();
    for (const { id, node } of nodes) if (this.gateways.differs(id)) giveWay(node);
    this.desk.show();
  }

  /** Ends the simulated gateways that no gateway node uses. */
  keepSimulators(): Promise<void> {
    const names = this.gatewayNodes.all().flatMap(({ simulator }) => simulator ?? []);
    return this.simulators.keepOnly(new Set(names));
  }

  // One trouble shows at every corner of the house; once is enough.
  private say(error: Error, members: readonly string[]): void {
    const now = this.clock.monotonic();
    if (now - (this.said.get(error.message) ?? Number.NEGATIVE_INFINITY) < SAID_AGAIN) return;
    this.said.set(error.message, now);
    const node = members.map((id) => this.gatewayNodes.get(id)).find((found) => found !== undefined);
    if (node) node.node.warn(error.message);
    else this.red?.log.warn(error.message);
  }
}

function giveWay(node: RedNode): void {
  node.status(OTHER_SETTINGS);
  node.warn('another gateway node has the same address and comes first: its login and line settings are used');
}

/** The same trouble is said again after a minute. */
const SAID_AGAIN = 60_000;

const NO_SQLITE =
  'dinstar: this Node.js has no SQLite, so SMS that wait are kept in memory and lost when Node-RED ends; ' +
  'Node.js 22.13 or later has it, or install libsql in the user directory';

/** The house of this process. */
export const house = new House(systemClock, Math.random);
