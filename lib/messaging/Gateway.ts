import type { GatewayClient, IncomingSms } from '../gateway-api';
import type { Held, Store, StoredSms } from '../store';
import { Canary } from './canary/Canary';
import { CanaryMarks } from './canary/mark';
import { GatewayClocks } from './clocks/GatewayClocks';
import { PortSetter } from './commands/PortSetter';
import { PortMutexes } from './dialogs/PortMutexes';
import { StkMenus } from './dialogs/stk/StkMenus';
import { UssdDialogs } from './dialogs/ussd/UssdDialogs';
import type { GatewayOptions, GatewaySettings } from './gatewayOptions';
import { HomeCountry } from './HomeCountry';
import { GatewayHealth } from './health/GatewayHealth';
import { Inbox } from './inbox/Inbox';
import type { Oddities } from './Oddities';
import { type Pushed, Pushes } from './Pushes';
import { KnownPorts } from './reading/KnownPorts';
import { PortReader } from './reading/PortReader';
import { QueryReader } from './reading/QueryReader';
import { Replies } from './replies/Replies';
import { RequestQueue } from './requestQueue/RequestQueue';
import { Schedulers } from './Schedulers';
import { SelfTest, type SelfTestOptions, type Way } from './selftest/SelfTest';
import { followsError, type GatewayLease } from './sharing/GatewayLease';
import { Balances } from './sims/Balances';
import { CardWatch } from './sims/CardWatch';
import { Rotation } from './sims/Rotation';
import { SimCare } from './sims/SimCare';
import { SmsPipeline } from './sms/SmsPipeline';
import type { Obstacle } from './sms/sender/Backoff';
import { CallRecords } from './watching/cdr/CallRecords';

/** One gateway: the queue to it, and all that goes over it. Lives as long as its address is in use, longer than a deploy. */
export class Gateway {
  readonly sms: SmsPipeline;
  readonly inbox: Inbox;
  readonly stk: StkMenus;
  readonly calls: CallRecords;
  /** What comes in by push, for whoever listens. */
  readonly pushes = new Pushes();
  readonly portReader: PortReader;
  readonly queries: QueryReader;
  readonly home: HomeCountry;
  readonly knownPorts: KnownPorts;
  readonly portSetter: PortSetter;
  readonly ussd: UssdDialogs;
  /** How its clocks stand to ours. */
  readonly clocks: GatewayClocks;
  /** Which of our SMS incoming ones answer. */
  readonly replies: Replies;
  /** How its SIMs stand by their plans. */
  readonly sims: SimCare;
  /** How it does, by what is known of it. */
  readonly health: GatewayHealth;
  /** Its test SMS from SIM to SIM. */
  readonly canary: Canary;
  /** The config nodes whose SMS go through this queue. */
  readonly members = new Set<string>();
  /** What holds the queue up now. */
  obstacle: Obstacle | undefined;
  /** One object for the life of the gateway: a deploy changes its fields, and whoever needs one reads it then. */
  private readonly settings: GatewaySettings;
  private readonly requests: RequestQueue<GatewayClient>;
  private readonly periodicTasks: Schedulers;
  private readonly leaving = new AbortController();
  private readonly marks: CanaryMarks;

  constructor(private readonly options: GatewayOptions) {
    const { api, store, clock, address, onFailure } = options;
    const { members, pushes } = this;
    const { signal } = this.leaving;
    const settings = { ...options.settings };
    const requests = new RequestQueue({
      ...{ api, clock, concurrency: settings.concurrency },
      getRefusal: () => (this.isOurs ? undefined : followsError(options.lease)),
    });
    const mutexes = new PortMutexes();
    const periodicTasks = new Schedulers(clock, onFailure);
    this.settings = settings;
    this.requests = requests;
    this.periodicTasks = periodicTasks;
    this.ussd = new UssdDialogs({ requests, clock, mutexes, pushes });
    this.stk = new StkMenus({ requests, clock, mutexes });
    this.calls = new CallRecords({ requests, store, clock, pushes });
    this.portReader = new PortReader(requests);
    this.queries = new QueryReader(requests);
    this.knownPorts = new KnownPorts(this.portReader, clock);
    const isOurs = (): boolean => this.isOurs;
    const { elsewhere } = options;
    this.home = new HomeCountry({ settings, reader: this.portReader, clock, signal, isOurs, elsewhere });
    this.health = new GatewayHealth({ clock, reader: this.portReader, signal, getContact: () => this.device.contact });
    this.portReader.answers.on((rows) => {
      this.home.seen(rows);
      this.knownPorts.note(rows);
      this.health.portsTold(rows);
    });
    this.portSetter = new PortSetter({ requests, pushes, clock });
    this.portSetter.changes.on(() => this.simsChanged());
    this.clocks = new GatewayClocks(clock);
    this.replies = new Replies({ store, clock, members, home: this.home, clocks: this.clocks });
    this.sms = new SmsPipeline({
      ...{ ...options, requests, members, settings, home: this.home, clocks: this.clocks, periodicTasks, signal },
      onChange: async (sms, moved, ...more) => {
        this.health.noticed(sms, moved);
        await this.sims.noticed(sms, moved);
        await options.onChange(sms, moved, ...more);
      },
      onPorts: (rows) => {
        this.knownPorts.note(rows);
        this.health.portsTold(rows);
      },
      onState: (obstacle) => this.meets(obstacle),
      onRest: (card) => balances.soon(card),
    });
    const balances = new Balances({
      ...{ plans: this.sms.sims, ussd: this.ussd, requests, clock, signal, getByJsonata: options.getByJsonata },
      onChange: () => this.sms.freed(),
      onDue: () => periodicTasks.look(),
    });
    this.sims = new SimCare({
      ...{ requests, store, clock, signal },
      plans: this.sms.sims,
      onChange: () => this.sms.freed(),
    });
    this.inbox = new Inbox({
      ...{ requests, store, clock, address, signal },
      tests: { load: () => this.marks.load(), takes: (sms) => this.canary.takes(sms) },
      onChange: () => periodicTasks.look(),
      onError: onFailure,
    });
    this.marks = new CanaryMarks(store);
    this.canary = new Canary({
      isOurs: () => this.isOurs,
      ...{ store, clock, address, members, signal, onFailure, random: options.random, intake: options.intake },
      ...{ marks: this.marks, reader: this.portReader, inbox: this.inbox, health: this.health },
      onDue: () => periodicTasks.look(),
    });
    pushes.on('sms', (sms) => this.inbox.pushed(sms));
    pushes.on('sms', (sms) => {
      for (const one of sms) this.canary.takes(one);
    });
    periodicTasks.add(this.inbox, this.canary, balances, new CardWatch({ plans: this.sms.sims, requests, signal }));
    periodicTasks.add(
      new Rotation({
        ...{ store, clock, members, mutexes, signal, plans: this.sms.sims, setter: this.portSetter, sms: this.sms },
        onChange: () => this.sms.freed(),
      }),
    );
    if (!this.isOurs) this.rest();
  }

  /** Absent where no other machine shares it. */
  get lease(): GatewayLease | undefined {
    return this.options.lease;
  }

  /** Whether this machine talks to it: what it tells may be told. */
  get isOurs(): boolean {
    return this.options.lease?.isHeld ?? true;
  }

  /** What it writes outside the manual, said once. */
  get oddities(): Oddities {
    return this.options.oddities;
  }

  /** What its answers have told of the gateway itself; nothing is asked for it. */
  get device(): Pick<GatewayClient, 'sn' | 'clockFace' | 'clockAhead' | 'contact'> {
    return this.requests.api;
  }

  /** Seconds that the device's clock is ahead of ours; before its records have told a time, its web server's may do. */
  get clockAhead(): number | undefined {
    const told = this.device.clockAhead;
    return this.clocks.ahead.device ?? (told === undefined ? undefined : Math.round(told / 1000));
  }

  /** Where small facts that must survive are kept. */
  get notes(): Pick<Store, 'notes' | 'putNotes'> {
    return this.options.store;
  }

  /** What holds back an SMS of it that waits, as far as that is known now. */
  heldBy(sms: StoredSms): Held | undefined {
    return this.sms.queue.heldBy(sms, this.obstacle);
  }

  /** A deploy has changed the login or the settings: what waits goes on with the new ones. */
  configure(api: GatewayClient, settings: GatewaySettings): void {
    const former = this.requests.api;
    Object.assign(this.settings, settings);
    this.requests.use(api, settings.concurrency);
    // Closing ends the requests that are under way over it.
    if (former !== api) void this.requests.settled().then(() => former.close());
    this.sms.configured();
  }

  /** What the gateway has pushed. Resolves when it is safe. */
  async pushed({ results, reports, isCredible = true, ...records }: Pushed): Promise<void> {
    this.health.pushed();
    if (records.register) this.simsChanged();
    if (records.register) this.health.registered(records.register);
    if (isCredible)
      for (const { timestamp_iso } of records.sms ?? [])
        this.clocks.sawIncoming(timestamp_iso, this.options.clock.now());
    await this.marks.prepareFor(records.sms ?? []);
    await this.sms.pushed(results, reports, isCredible);
    await this.pushes.tell(records);
    // What only has the gateway asked soon is told to nobody else.
    if (results || reports) this.periodicTasks.look();
  }

  /** Whether an incoming SMS is one of the test SMS from SIM to SIM, which are for no flow. */
  isTest(sms: IncomingSms): boolean {
    return this.marks.idOf(sms) !== undefined;
  }

  /**
   * Runs `work`, which asks the gateway over a connection of its own, in a turn among the requests to it.
   * Rejects as it does, and with `STOPPED` or `BUSY` where the turn doesn't come.
   */
  inTurn<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    return this.requests.run({ kind: 'command', signal }, work);
  }

  /** Returns a self-test from one of its ports to another, which doesn't run yet. */
  selfTest(way: Way, options: Pick<SelfTestOptions, 'clock' | 'random' | 'createUserIds'>): SelfTest {
    return new SelfTest({ ...options, requests: this.requests, reader: this.portReader, pushes: this.pushes }, way);
  }

  /** A config node's SMS go through this queue from now on; what a former process left in doubt is found out. */
  async admit(node: string): Promise<void> {
    if (!this.members.has(node)) await this.sms.inherit(node);
    this.members.add(node);
    this.sms.wake();
    this.periodicTasks.look();
    // Rules and zones may be others than when a former process held something back.
    this.reviewHeld();
  }

  /** What is held may be free by now, or held until another moment: looks at all of it. Nobody waits for it. */
  reviewHeld(): void {
    this.sms.reviewHeld().catch(this.options.onFailure);
  }

  /** Nothing new leaves, questions are given up; resolves when what is being sent has been seen to its end. */
  async stop(): Promise<void> {
    this.rest();
    this.leaving.abort();
    // Sessions that are open are ended over the queue.
    if (this.ussd.isBusy) await this.ussd.stop();
    this.requests.close();
    await this.requests.settled();
    await this.sms.settled();
    await this.inbox.stop();
    this.requests.api.close();
  }

  /** Another machine talks to it from now on: all of it ends at once, and nothing more is written. */
  drop(): void {
    this.rest();
    this.leaving.abort();
    this.requests.close();
    this.requests.api.close();
  }

  /** Resolves when the requests that are under way now have ended, each in its way. */
  settled(): Promise<void> {
    return this.requests.settled();
  }

  private rest(): void {
    this.sms.stop();
    this.periodicTasks.stop();
  }

  private simsChanged(): void {
    this.home.changed();
    this.sms.portsChanged();
  }

  private meets(obstacle: Obstacle | undefined): void {
    if (obstacle === this.obstacle) return;
    this.obstacle = obstacle;
    this.options.onState(obstacle);
  }
}
