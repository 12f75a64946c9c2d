import { type Clock, type Random, systemClock } from '../clock';
import { Gateways, type Health, type Outcome, type Recipient } from '../messaging';
import type { Store, StoredInput } from '../store';
import { Cautions } from './Cautions';
import { endDeleted, idsOfNodes, idsOfOurs } from './deletedNodes';
import { flowsAreStopping, flowsRun, untilFlowsRun, watchFlows, whenFlowsStart } from './flowStops';
import { DigestNotes } from './gateways/DigestNotes';
import { GatewayNodes } from './gateways/GatewayNodes';
import { GatewaySubscriptions } from './gateways/GatewaySubscriptions';
import { readByJsonata } from './gateways/readByJsonata';
import { Simulators } from './gateways/Simulators';
import { flows, untilHandedOn } from './handOn';
import { createHealth } from './health/createHealth';
import { shownReasons } from './health/shownReasons';
import type { Metrics } from './metrics/Metrics';
import { Observers } from './Observers';
import { LastPushes } from './push/LastPushes';
import { OwnAddresses } from './push/OwnAddresses';
import { PushRouter } from './push/PushRouter';
import type { Red, Status } from './red';
import { createSidebar, hearEditor } from './sidebar/createSidebar';
import type { Sidebar } from './sidebar/Sidebar';
import { Intake } from './sms/Intake';
import { PendingInputs } from './sms/PendingInputs';
import { DifferentNodes } from './stores/DifferentNodes';
import { type EmbeddedStore, embeddedStore, NO_SQLITE, withDatabase } from './stores/embedded';
import { ownFacts } from './stores/ownFacts';
import { SharedDatabase } from './stores/SharedDatabase';
import { StoreLifecycle } from './stores/StoreLifecycle';
import { StoreNodes, type StoreProperties } from './stores/StoreNodes';
import { sweep } from './sweep';
import { findApi } from './tracing/findApi';
import { Spans } from './tracing/Spans';
import { Users } from './Users';
import { Warnings } from './Warnings';

/** What there is once a Node-RED has shown where its files are. */
interface Core {
  /** What is this machine's alone. */
  own: Store;
  embedded: EmbeddedStore;
  lifecycle: StoreLifecycle;
  gateways: Gateways;
  health: Health;
}

/** What all our nodes of one Node-RED share. It outlives deploys; `RED` is whichever node came last. */
export class SharedRuntime {
  readonly gatewayNodes = new GatewayNodes();
  readonly storeNodes = new StoreNodes();
  readonly database: SharedDatabase;
  /** Of gateway nodes. */
  readonly users = new Users();
  readonly digestNotes = new DigestNotes(() => this.core?.embedded.store);
  readonly intake: Intake;
  readonly pendingInputs: PendingInputs;
  readonly pushRouter: PushRouter;
  readonly simulators: Simulators;
  readonly lastPushes: LastPushes;
  readonly subscriptions: GatewaySubscriptions;
  readonly sidebar: Sidebar;
  /** There once a node has asked for them. */
  metrics: Metrics | undefined;
  private readonly observers: Observers;
  private readonly warnings: Warnings;
  private readonly cautions = new Cautions(this);
  private readonly differentNodes = new DifferentNodes((id) => this.red?.nodes.getNode(id) ?? undefined);
  private core: Core | undefined;
  private red: Red | undefined;
  private sidebarRed: Red | undefined;

  constructor(
    readonly clock: Clock,
    readonly random: Random,
  ) {
    const getGateways = (): Gateways => this.gateways;
    this.lastPushes = new LastPushes(clock);
    this.warnings = new Warnings({ clock, nodes: this.gatewayNodes, onWarning: (line) => this.red?.log.warn(line) });
    this.database = new SharedDatabase({
      ...{ clock, random, getGateways, nodes: this.storeNodes },
      getFacts: (connection) => ownFacts(this, connection, idsOfOurs(this.red)),
      onError: (error) => this.warnings.say(error, []),
    });
    this.intake = new Intake(clock, () => this.core?.gateways.hasAlarm ?? false);
    this.pendingInputs = new PendingInputs({
      clock,
      getGateways,
      createCopy: (message) => this.red?.util.cloneMessage(message) ?? message,
      onOrphan: (line) => this.red?.log.info(line),
    });
    this.pushRouter = new PushRouter(this.gatewayNodes, getGateways, new OwnAddresses(clock));
    this.subscriptions = new GatewaySubscriptions(this.gatewayNodes, (id) => this.core?.gateways.of(id));
    this.sidebar = createSidebar({
      ...{ clock, nodes: this.gatewayNodes },
      getGateways: () => this.core?.gateways,
      getStore: () => this.core?.embedded.store,
      getConditions: (id) => (this.red ? shownReasons(this.health.about(id), this.gatewayNodes, this.red) : []),
      getRed: () => this.sidebarRed,
    });
    const spans = new Spans({
      getApi: () => findApi(this.red?.settings.userDir),
      getName: (id) => this.gatewayNodes.get(id)?.properties.name || id,
    });
    const onError = (error: Error): void => this.warnings.say(error, []);
    this.observers = new Observers({ sidebar: this.sidebar, spans, getMetrics: () => this.metrics, onError });
    this.simulators = new Simulators({ clock, onPush: (body, name) => this.pushRouter.fromSimulator(body, name) });
    whenFlowsStart(() => {
      this.core?.gateways.resume(this.isOpen);
      void this.sweep();
    });
  }

  /** The sidebar is there, once a process: it hears what gateways push, and is told what is new over this Node-RED's editor. */
  openSidebar(red: Red): void {
    if (this.sidebarRed) return;
    this.sidebarRed = red;
    hearEditor(red, this.sidebar);
    this.subscriptions.add('every', (gateway, node) => this.sidebar.attach(gateway, node));
  }

  /** What nothing from outside may bring into a message, status, log or browser. */
  readonly secrets = (): string[] => this.pushRouter.secrets();

  /** Each of our nodes introduces itself at its start. */
  register(red: Red): void {
    this.red = red;
    watchFlows(red);
    this.core ??= this.init(red);
  }

  private get started(): Core {
    if (!this.core) throw new Error('no node has registered yet');
    return this.core;
  }

  get gateways(): Gateways {
    return this.started.gateways;
  }

  /** How the gateways do. */
  get health(): Health {
    return this.started.health;
  }

  /** Where small facts that must survive are kept. */
  get notes(): Pick<Store, 'notes' | 'putNotes'> {
    return this.started.embedded.store;
  }

  /** What messages are kept by: `memory` where this Node has no SQLite. */
  get storedBy(): string {
    return this.core?.embedded.kind ?? 'memory';
  }

  /** Opens the store when the first gateway needs it. Rejects when it can't be opened; its calls try again by themselves. */
  open(): Promise<void> {
    return this.core?.lifecycle.open() ?? Promise.resolve();
  }

  private init(red: Red): Core {
    const { clock, random } = this;
    const { isShared, isInMemory } = this.cautions;
    const own = embeddedStore({ userDir: red.settings.userDir, clock, random, isInMemory });
    const embedded = withDatabase(own, this.database, isShared);
    if (embedded.kind === 'memory') red.log.warn(NO_SQLITE);
    const gateways = new Gateways({
      store: embedded.store,
      clock,
      random,
      flows,
      getKeepDays: () => this.keepDays,
      getByJsonata: (expression, text, members) => readByJsonata(red, members, { expression, text }),
      onOutcome: (input, outcome) => this.deliver(input, outcome),
      onUpdate: (input, recipient) => this.update(input, recipient),
      onChange: (...change) => this.observers.changed(...change),
      onSmsChange: (...change) => this.observers.smsChanged(...change),
      onTaken: (gateway, sms) => this.observers.taken(gateway, sms.length),
      onObstacle: (members, obstacle) => {
        this.sidebar.met(members, obstacle);
        this.pendingInputs.show();
      },
      isShared,
      onHolders: () => {
        this.subscriptions.holdersChanged();
        this.pendingInputs.show();
        this.differentNodes.show(gateways.sharing?.others.differences() ?? []);
      },
      onError: (error, members) => this.warnings.say(error, members),
    });
    const health = createHealth({
      ...{ clock, store: embedded.store, gateways, nodes: this.gatewayNodes, isLost: this.cautions.isLost },
      onError: (error) => this.warnings.say(error, []),
    });
    const lifecycle = new StoreLifecycle(embedded, this.database);
    return { own: own.store, embedded, lifecycle, gateways, health };
  }

  /** What somebody who uses a gateway node should know of it. */
  cautionFor(gateway: string): Status | undefined {
    return this.cautions.of(gateway);
  }

  /** Finished messages of all gateways lie together; whoever wants them longest decides. */
  private get keepDays(): number {
    return this.storeNodes.longest(this.gatewayNodes.all().map(({ properties }) => properties.store));
  }

  /** The store that a gateway node has chosen. */
  storeOf(gateway: string): StoreProperties {
    return this.cautions.storeOf(gateway);
  }

  // While a deploy replaces the nodes an outcome waits for the new ones; when the process ends, for the next start.
  private async deliver(input: StoredInput, outcome: Outcome): Promise<boolean> {
    if (this.closing) return false;
    await untilFlowsRun();
    this.pendingInputs.deliver(input, outcome);
    await untilHandedOn();
    return true;
  }

  private update(input: StoredInput, recipient: Recipient): void {
    if (flowsRun()) this.pendingInputs.update(input, recipient);
    else void untilFlowsRun().then(() => this.pendingInputs.update(input, recipient));
  }

  /** Whether nodes are closing for good, or only until the deploy has replaced them. */
  get closing(): boolean {
    return flowsAreStopping();
  }

  /** A config node has gone for good: its queue ends when what is being sent has been seen to its end. */
  async release(id: string): Promise<void> {
    if (this.closing) this.gateways.rest();
    await this.gateways.leave(id);
    await this.keepSimulators();
    // The last one closes it: another may have no queue yet, and take something all the same.
    if (this.closing && this.gateways.ids().length === 0 && this.intake.isEmpty) await this.core?.lifecycle.close();
  }

  /** Whether the flows run and the store is open. */
  async isReady(): Promise<boolean> {
    return flowsRun() && (await this.core?.lifecycle.isReady()) === true;
  }

  private async sweep(): Promise<void> {
    await sweep(this, () => this.core?.gateways);
    // What can't be ended now is at the next start.
    await this.endDeleted().catch(() => undefined);
  }

  private async endDeleted(): Promise<void> {
    const { core, red, clock } = this;
    if (!core?.lifecycle.isOpen || !red) return;
    await core.lifecycle.open();
    const [{ own: store, gateways }, shared, nodes] = [core, this.database.store, idsOfNodes(red)];
    await endDeleted({ store, shared, gateways, clock, keepDays: this.keepDays, nodes });
  }

  /** Ends the simulated gateways that no gateway node uses. */
  keepSimulators(): Promise<void> {
    const names = this.gatewayNodes.all().flatMap(({ simulator }) => simulator ?? []);
    return this.simulators.keepOnly(new Set(names));
  }

  /** Whether something may be stored: a gateway has opened the store. */
  get isOpen(): boolean {
    return this.core?.lifecycle.isOpen ?? false;
  }
}

/** The shared runtime of this process. */
export let runtime = new SharedRuntime(systemClock, Math.random);

/** Hands in another one, such as one whose time a test lets pass; no node may run meanwhile. */
export function shareRuntime(other: SharedRuntime): void {
  runtime = other;
}
