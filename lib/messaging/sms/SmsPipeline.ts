import type { Clock, Random } from '../../clock';
import type { DeliveryStatus, GatewayClient, PortInfo, SmsResult } from '../../gateway-api';
import type { Held, Store, StoredSms } from '../../store';
import type { GatewayClocks } from '../clocks/GatewayClocks';
import type { RequestQueue } from '../requestQueue/RequestQueue';
import type { Schedulers } from '../Schedulers';
import { SimPlans, type SimPlansSettings } from '../sims/SimPlans';
import { untilDue } from '../untilDue';
import type { Collecting } from './collecting/Collecting';
import { Correlator } from './correlation/Correlator';
import { Evidence } from './evidence/Evidence';
import { InFlight } from './evidence/InFlight';
import { PushActivity } from './evidence/PushActivity';
import { StopsUnderWay } from './evidence/StopsUnderWay';
import { collectRule } from './holding/collectRule';
import { Holding } from './holding/Holding';
import { LoopGuard, type LoopGuardSettings } from './holding/LoopGuard';
import type { HoldingRule } from './holding/rules';
import type { Schedule } from './holding/Schedule';
import { abandon } from './ledger/abandon';
import { type ChangeListener, Ledger } from './ledger/Ledger';
import type { DoubtSettings } from './reconcile/inquiry';
import { LostSmsDetector } from './reconcile/LostSmsDetector';
import { Reconciler } from './reconcile/Reconciler';
import { Admission } from './sender/Admission';
import type { Obstacle } from './sender/Backoff';
import type { BatchSettings } from './sender/Batches';
import type { HourlyLimitSettings, HourlyLimitState } from './sender/HourlyLimit';
import { heldByObstacle, NO_SIM, PAUSED } from './sender/heldByObstacle';
import { ReadyPorts } from './sender/ReadyPorts';
import { Sender } from './sender/Sender';
import { SimLimitRule } from './sender/SimLimitRule';
import { type Stopped, Stopper } from './stopping/Stopper';
import type { StopRequest } from './stopping/stopRequest';
import { Tracker } from './tracker/Tracker';

export interface SmsSettings
  extends BatchSettings,
    HourlyLimitSettings,
    LoopGuardSettings,
    DoubtSettings,
    SimPlansSettings {
  /** Our unsettled SMS per ready port; 0 = no limit. */
  queueLimit: number;
}

export interface SmsPipelineOptions {
  requests: RequestQueue<GatewayClient>;
  store: Store;
  clock: Clock;
  random: Random;
  /** The config nodes whose SMS go through this queue. */
  members: ReadonlySet<string>;
  /** A deploy changes its fields. */
  settings: Readonly<SmsSettings>;
  home: { readonly country: string | undefined };
  clocks: GatewayClocks;
  periodicTasks: Schedulers;
  /** Aborts when the queue closes. */
  signal: AbortSignal;
  /** When its SMS may leave. */
  schedule: Schedule;
  /** What joins SMS that are collected. */
  collecting: Collecting;
  onChange: ChangeListener;
  /** Told of the ports that the gateway has. */
  onPorts: (rows: readonly PortInfo[]) => void;
  /** Told when the queue meets an obstacle, or goes on. */
  onState: (obstacle: Obstacle | undefined) => void;
  /** Told of a failure of our own, not the gateway's. */
  onFailure: (error: Error) => void;
  /** Told when a SIM card begins to rest after failures. */
  onRest: (card: string) => void;
  /** What may hold its SMS back, in the order of asking. */
  rules?: readonly HoldingRule[];
}

/** One gateway's outgoing SMS: what sends them, follows them, finds out what is in doubt and stops them, on one ledger. */
export class SmsPipeline {
  private readonly admission: Admission;
  private readonly ports: ReadyPorts;
  private readonly ledger: Ledger;
  private readonly holding: Holding;
  readonly sims: SimPlans;
  private readonly limits: SimLimitRule;
  private hadPlans = false;
  private readonly sender: Sender;
  private readonly tracker: Tracker;
  private readonly reconciler: Reconciler;
  private readonly stopper: Stopper;
  private readonly pushes: PushActivity;
  private maxPerRecipient: number;

  constructor(private readonly options: SmsPipelineOptions) {
    const { clock, periodicTasks, settings, onChange } = options;
    this.admission = new Admission(settings.queueLimit);
    this.ports = new ReadyPorts(clock, this.admission);
    this.ports.seen.on(options.onPorts);
    this.pushes = new PushActivity(clock);
    this.ledger = new Ledger({
      ...options,
      pushes: this.pushes,
      onGivenBack: () => this.freed(),
      getRecharge: (before, change, now, told) => this.sims.recharged(before, change, now, told),
      onChange: async (sms, moved) => {
        await onChange(sms, moved);
        this.wake();
      },
    });
    this.maxPerRecipient = settings.maxPerRecipient;
    this.limits = new SimLimitRule({ clock, getBlocked: (one) => this.sims.blocked(one) });
    // The guard counts what the others let out.
    const rules = [...(options.rules ?? []), collectRule, this.limits, new LoopGuard(options)];
    this.holding = new Holding({ ...options, rules, ledger: this.ledger });
    this.sims = new SimPlans({ ...options, onChange: () => this.freed() });
    this.hadPlans = this.sims.isActive;
    const inFlight = new InFlight();
    const floor = { ...options, ledger: this.ledger, evidence: new Evidence(), stops: new StopsUnderWay(), inFlight };
    const shared = { ...floor, correlator: new Correlator(floor), pushes: this.pushes, ports: this.ports };
    this.tracker = new Tracker(shared);
    this.reconciler = new Reconciler(shared);
    this.stopper = new Stopper(shared);
    this.sender = new Sender({
      ...{ ...shared, admission: this.admission, holding: this.holding, sims: this.sims, limits: this.limits },
      onEnd: () => periodicTasks.look(),
    });
    periodicTasks.add(this.polling(), this.reconciler, new LostSmsDetector(shared), this.holding);
  }

  /** How many SMS, ours and others', wait in the gateway, by its last answer (manual 2.3, `sms_in_queue`); undefined before that. */
  get inQueue(): number | undefined {
    return this.admission.inQueue;
  }

  /** Whether results are being pushed, so that the gateway is asked less often. */
  get isPushed(): boolean {
    return this.pushes.arrive;
  }

  /** SMS since the last push whose end none told; undefined where none has come in this process. */
  get pushesMissed(): number | undefined {
    return this.pushes.missedSince;
  }

  /** How the hourly limit stands; undefined where there is none. */
  hourlyLimit(): Promise<HourlyLimitState | undefined> {
    return this.sender.hourlyLimit.state();
  }

  /** Lets SMS leave again that the hourly limit holds: the hour begins anew. */
  resetHourlyLimit(): void {
    this.sender.hourlyLimit.reset();
  }

  /** The settings, or the login, are others now. */
  configured(): void {
    this.admission.queueLimit = this.options.settings.queueLimit;
    this.sender.backoff.end();
    const { maxPerRecipient } = this.options.settings;
    const mayFree = this.sims.isActive || this.hadPlans || maxPerRecipient !== this.maxPerRecipient;
    this.hadPlans = this.sims.isActive;
    this.maxPerRecipient = maxPerRecipient;
    if (mayFree) this.freed();
    else this.wake();
  }

  /** A port has registered or lost its SIM. */
  portsChanged(): void {
    this.sims.cards.changed();
    this.ports.changed();
  }

  /** Results and reports that were pushed. Resolves when they are safe. */
  async pushed(results: SmsResult[] | undefined, reports: DeliveryStatus[] | undefined, isCredible: boolean) {
    if (results) await this.tracker.pushedResults(results, isCredible);
    if (reports) await this.tracker.pushedReports(reports, isCredible);
  }

  /** Something may be due or able to leave: called at the start, and after every change from outside. */
  wake(priority: 'high' | 'normal' = 'normal'): void {
    this.sender.wake(priority);
    this.options.periodicTasks.look();
  }

  /** What is held may be free by now: a rule says otherwise. Resolves when all of it has been judged anew. */
  async reviewHeld(): Promise<void> {
    await this.holding.review();
    this.options.periodicTasks.look();
  }

  /**
   * What holds back an SMS that waits, by a rule or because nothing can leave now; undefined = nothing, or it doesn't wait.
   * @param obstacle what holds up the queue
   */
  heldBy(sms: StoredSms, obstacle: Obstacle | undefined): Held | undefined {
    if (sms.stage !== 'waiting') return undefined;
    const { readyPorts } = this.admission;
    const isWithoutSim = readyPorts !== undefined && sms.ports?.some((port) => readyPorts.has(port)) === false;
    if (sms.paused) return PAUSED;
    return sms.held ?? this.heldUpBy(obstacle) ?? (isWithoutSim ? NO_SIM : undefined);
  }

  /** Whether the gateway has, or may have, an SMS that leaves by a port, or nobody knows by which. */
  async hasInGateway(port: number): Promise<boolean> {
    const { store, members } = this.options;
    await this.sender.untilChosen();
    const chosen = await store.chosenPortCounts([...members]);
    if (chosen.some((one) => one.port === port && one.count > 0)) return true;
    const all = await store.portSetCounts([...members]);
    const sum = (counts: readonly { count: number }[]): number => counts.reduce((whole, { count }) => whole + count, 0);
    return sum(all) > sum(chosen);
  }

  /** Takes over what a former process left in doubt for a config node. */
  inherit(node: string): Promise<void> {
    return this.reconciler.inherit(node);
  }

  /** Takes back what a command holds by now and whose request hasn't begun. */
  recall(): Promise<void> {
    return this.sender.recall();
  }

  /** Stops the gateway's tasks that are all of these SMS; resolves with how many it says to have dropped. */
  stopTasksOf(sms: readonly StoredSms[], signal: AbortSignal): Promise<number> {
    return this.stopper.stopTasksOf(sms, signal);
  }

  /** Whether nothing can leave now. */
  get isHeldUp(): boolean {
    return this.heldUp !== undefined;
  }

  /** What holds back all that waits; undefined = nothing does. */
  get heldUp(): Held | undefined {
    return this.heldUpBy(this.sender.backoff.obstacle);
  }

  private heldUpBy(obstacle: Obstacle | undefined): Held | undefined {
    const opensAt = obstacle === 'HOURLY_LIMIT' ? this.sender.hourlyLimit.opensAt : undefined;
    return heldByObstacle(obstacle, opensAt ?? null);
  }

  /** Stops what hasn't gone out yet. */
  stopSms(request: StopRequest, signal?: AbortSignal): Promise<Stopped> {
    return this.stopper.stop(request, signal);
  }

  /**
   * Ends what another gateway has accepted or may have accepted of a node's SMS: it can be settled only there. They end
   * `UNKNOWN`; what was on air stays `SENT_OK`, without a delivery report to come.
   */
  abandon(node: string): Promise<void> {
    return abandon(this.options.store, this.ledger, node);
  }

  /** Nothing new leaves. */
  stop(): void {
    this.sender.stop();
    this.ports.stop();
  }

  /** Resolves when every stop has come to its end. To be called when the queue is closed. */
  settled(): Promise<void> {
    return this.stopper.settled();
  }

  /** SMS that the limits of SIMs hold may be able to leave now. */
  freed(): void {
    this.limits.clear();
    const { onFailure, periodicTasks } = this.options;
    this.holding.review().catch(onFailure);
    this.wake();
    periodicTasks.look();
  }

  private polling() {
    const { store, clock, members } = this.options;
    return {
      due: () => untilDue(store, clock, [...members], 'poll'),
      run: () => this.tracker.poll(),
    };
  }
}
