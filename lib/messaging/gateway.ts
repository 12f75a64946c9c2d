import type { Clock, Random } from '../clock';
import type { DeliveryStatus, GatewayClient, PortInfo, SmsResult } from '../gateway-api';
import type { Stage, Store, StoredSms } from '../store';
import { GatewayClocks } from './clocks/GatewayClocks';
import { PortSetter } from './commands/PortSetter';
import { StkMenus } from './dialogs/stk/StkMenus';
import { PortTurns } from './dialogs/Turns';
import { UssdDialogs } from './dialogs/ussd/UssdDialogs';
import { HomeCountry } from './HomeCountry';
import { Housekeeper } from './housekeeper';
import { Inbox } from './inbox/Inbox';
import { Line } from './line/line';
import type { Oddities } from './oddities';
import { Ports } from './ports';
import { type PushedRecords, Pushes } from './pushes';
import { KnownPorts } from './reading/KnownPorts';
import { PortReader } from './reading/PortReader';
import { Correlator } from './sms/correlation/Correlator';
import { Evidence } from './sms/evidence/Evidence';
import { type Changed, movedBy } from './sms/ledger/changed';
import type { UnknownPolicy } from './sms/ledger/policy';
import { abandoned } from './sms/ledger/verdict';
import { LostSmsDetector } from './sms/reconcile/LostSmsDetector';
import { Reconciler } from './sms/reconcile/Reconciler';
import { Admission } from './sms/sender/Admission';
import type { Obstacle } from './sms/sender/Backoff';
import type { Combine } from './sms/sender/compose';
import type { FuseState } from './sms/sender/Fuse';
import { Sender } from './sms/sender/Sender';
import { Stopper } from './sms/stopping/Stopper';
import { Tracker } from './sms/tracker/Tracker';
import { untilDue } from './untilDue';
import { CallRecords } from './watching/cdr/CallRecords';

/** What a `dinstar-gateway` node says of its gateway, as far as the line is concerned. */
export interface GatewaySettings {
  concurrency: number;
  /** ISO code of the country of its SIMs; empty = learned from them. */
  country: string;
  combine: Combine;
  combineBytes: number;
  queueLimit: number;
  /** SMS an hour; 0 = any number. */
  maxPerHour: number;
  unknownPolicy: UnknownPolicy;
  /** Seconds after which a doubt ends by the policy. */
  unknownHold: number;
}

export interface GatewayOptions {
  api: GatewayClient;
  /** What its client tells of. */
  oddities: Oddities;
  /** In the one form that all config nodes with this gateway have. */
  address: string;
  settings: GatewaySettings;
  store: Store;
  clock: Clock;
  random: Random;
  changed: Changed;
  /** The line's state has changed: an obstacle, or none. */
  state: (obstacle: Obstacle | undefined) => void;
  /** A failure worth a line in the log. */
  failed: (error: Error) => void;
}

/** Pushed records by their kind: results and delivery reports of SMS, and the others. */
export interface Pushed extends Partial<PushedRecords> {
  results?: SmsResult[];
  reports?: DeliveryStatus[];
  /** False where it came from another address than the gateway's: what isn't ours by its user_id decides nothing then. */
  isCredible?: boolean;
}

/** SMS that are settled in one go. */
const AT_A_TIME = 128;
/** The stages that only the gateway in question can end. */
const ELSEWHERE: readonly Stage[] = ['submitting', 'doubt', 'gateway', 'sent', 'unknown'];

/** One gateway: the line to it, and all that goes over it. Lives as long as its address is in use, longer than a deploy. */
export class Gateway {
  readonly line: Line<GatewayClient>;
  readonly ports: Ports;
  readonly tracker: Tracker;
  readonly sender: Sender;
  readonly stopper: Stopper;
  readonly inbox: Inbox;
  readonly stk: StkMenus;
  readonly calls: CallRecords;
  /** What comes in by push, for whoever listens. */
  readonly pushes = new Pushes();
  readonly portReader: PortReader;
  readonly home: HomeCountry;
  readonly knownPorts: KnownPorts;
  readonly portSetter: PortSetter;
  readonly ussd: UssdDialogs;
  /** How its clocks stand to ours. */
  readonly clocks: GatewayClocks;
  /** The config nodes whose SMS go over this line. */
  readonly members = new Set<string>();
  /** What holds the line up now. */
  obstacle: Obstacle | undefined;
  private readonly admission: Admission;
  private readonly evidence = new Evidence();
  private readonly reconciler: Reconciler;
  private readonly chores: Housekeeper[];
  private readonly leaving = new AbortController();

  constructor(private readonly options: GatewayOptions) {
    const { api, settings, store, clock, random, failed } = options;
    const gateways = (): string[] => [...this.members];
    const changed: Changed = (sms, moved) => this.changed(sms, moved);
    this.line = new Line({ api, clock, concurrency: settings.concurrency });
    const turns = new PortTurns();
    this.ussd = new UssdDialogs({ line: this.line, clock, turns, pushes: this.pushes });
    this.stk = new StkMenus({ line: this.line, clock, turns });
    this.calls = new CallRecords({ line: this.line, store, clock, pushes: this.pushes });
    this.admission = new Admission(settings.queueLimit);
    this.knownPorts = new KnownPorts(this.line, clock);
    const toldOf = (rows: readonly PortInfo[]): void => this.knownPorts.note(rows);
    this.ports = new Ports(clock, this.admission, () => this.sender.wake(), toldOf);
    this.portReader = new PortReader(this.line, (rows) => {
      this.home.seen(rows);
      toldOf(rows);
    });
    const { signal } = this.leaving;
    const set = (): string => this.options.settings.country;
    this.home = new HomeCountry({ set, reader: this.portReader, clock, signal });
    const country = (): string | undefined => this.home.country;
    this.portSetter = new PortSetter({
      line: this.line,
      pushes: this.pushes,
      clock,
      changed: () => this.simsChanged(),
    });
    const pushed = (): boolean => this.tracker.pushed;
    const answered = (sms: number): Promise<void> | undefined => this.sender.answered(sms);
    const clocks = new GatewayClocks(clock);
    this.clocks = clocks;
    const correlator = new Correlator({ store, clock, gateways, country, changed, answered, pushed, clocks });
    const { line, evidence } = this;
    const firstPoll = (now: number): number => this.tracker.firstPoll(now);
    const seen = (results: readonly SmsResult[]): void => evidence.seen(results);
    this.tracker = new Tracker({ line, store, clock, gateways, country, changed, correlator, clocks, seen, signal });
    this.sender = new Sender({
      line: this.line,
      store,
      clock,
      random,
      gateways,
      combine: () => this.options.settings.combine,
      combineBytes: () => this.options.settings.combineBytes,
      admission: this.admission,
      changed,
      ports: this.ports,
      evidence,
      sent: () => this.look(),
      taken: (task_id, begunAt) => this.reconciler.taken(task_id, begunAt),
      firstPoll,
      maxPerHour: () => this.options.settings.maxPerHour,
      state: (obstacle) => this.meets(obstacle),
      failed,
    });
    const policy = (): UnknownPolicy => this.options.settings.unknownPolicy;
    const shared = { line, store, clock, gateways, evidence, correlator, changed, firstPoll, policy, signal };
    this.reconciler = new Reconciler({
      ...shared,
      isSending: (sms) => this.sender.isSending(sms),
      holdFor: () => this.options.settings.unknownHold * 1000,
    });
    this.stopper = new Stopper({ ...shared, country, seen, failed });
    const isHurried = (): boolean => this.ports.full && !pushed();
    const isStopping = ({ id }: StoredSms): boolean => this.stopper.isStopping(id);
    const polling = {
      due: async () => (await untilDue(store, clock, gateways())).poll,
      run: () => this.tracker.poll(),
    };
    const { address } = options;
    this.inbox = new Inbox({ line, store, clock, address, signal, changed: () => this.look(), failed });
    this.pushes.on('sms', (sms) => this.inbox.pushed(sms));
    this.chores = [polling, this.reconciler, new LostSmsDetector({ ...shared, isStopping, isHurried }), this.inbox].map(
      (chore) => new Housekeeper(clock, chore, failed),
    );
  }

  /** How many SMS, of whomever, wait in the gateway, by its last answer (manual 2.3, `sms_in_queue`); undefined before that. */
  get inQueue(): number | undefined {
    return this.admission.inQueue;
  }

  /** How the fuse stands; undefined where there is none. */
  fuse(): Promise<FuseState | undefined> {
    return this.sender.fuse.state();
  }

  /** Lets SMS leave again that the fuse holds: the hour begins anew. */
  resetFuse(): void {
    this.sender.fuse.reset();
  }

  /** What it writes outside the manual, said once. */
  get oddities(): Oddities {
    return this.options.oddities;
  }

  /** Where small facts that must survive are kept. */
  get notes(): Pick<Store, 'notes' | 'putNotes'> {
    return this.options.store;
  }

  /** A deploy has changed the login or the settings: what waits goes on with the new ones. */
  configure(api: GatewayClient, settings: GatewaySettings): void {
    const former = this.line.api;
    this.options.settings = settings;
    this.admission.queueLimit = settings.queueLimit;
    this.line.use(api, settings.concurrency);
    // Closing ends the requests that are under way over it.
    if (former !== api) void this.line.settled().then(() => former.close());
    this.sender.backoff.end();
    this.wake();
  }

  /** What the gateway has pushed. Resolves when it is safe. */
  async pushed({ results, reports, isCredible = true, ...records }: Pushed): Promise<void> {
    if (records.register) this.simsChanged();
    if (isCredible)
      for (const { timestamp_iso } of records.sms ?? [])
        this.clocks.sawIncoming(timestamp_iso, this.options.clock.now());
    if (results) await this.tracker.pushedResults(results, isCredible);
    if (reports) await this.tracker.pushedReports(reports, isCredible);
    await this.pushes.tell(records);
    this.look();
  }

  /** A config node's SMS go over this line from now on; what a former process left in doubt is found out. */
  async admit(node: string): Promise<void> {
    if (!this.members.has(node)) await this.reconciler.inherit(node);
    this.members.add(node);
    this.wake();
  }

  /** Something may be due or able to leave: called at the start, and after every change from outside. */
  wake(priority: 'high' | 'normal' = 'normal'): void {
    this.sender.wake(priority);
    this.look();
  }

  /** Nothing new leaves, questions are given up; resolves when what is being sent has been seen to its end. */
  async stop(): Promise<void> {
    this.sender.stop();
    this.ports.stop();
    for (const chore of this.chores) chore.stop();
    this.leaving.abort();
    // Sessions that are open are ended over the line.
    if (this.ussd.isBusy) await this.ussd.stop();
    this.line.close();
    await this.line.settled();
    await this.stopper.settled();
    await this.inbox.stop();
    this.line.api.close();
  }

  /**
   * Ends what another gateway has accepted or may have accepted of a node's SMS: it can be settled only there. They end
   * `UNKNOWN`; what was on air stays `SENT_OK`, without a delivery report to come.
   */
  async abandon(node: string): Promise<void> {
    const { store, clock } = this.options;
    for (const stage of ELSEWHERE) {
      for (;;) {
        const found = await store.inStage([node], stage, 0, AT_A_TIME);
        if (found.length === 0) break;
        const ends = found.map((sms) => abandoned(sms, clock.now()));
        await this.changed(await store.change(ends, ELSEWHERE), movedBy(ends));
      }
    }
  }

  private async changed(sms: StoredSms[], moved?: ReadonlySet<number>): Promise<void> {
    if (sms.length === 0) return;
    await this.options.changed(sms, moved);
    this.wake();
  }

  private simsChanged(): void {
    this.home.changed();
    this.ports.changed();
  }

  private look(): void {
    for (const chore of this.chores) chore.look();
  }

  private meets(obstacle: Obstacle | undefined): void {
    if (obstacle === this.obstacle) return;
    this.obstacle = obstacle;
    this.options.state(obstacle);
  }
}
