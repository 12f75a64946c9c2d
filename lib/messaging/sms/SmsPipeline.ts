import type { DeliveryStatus, SmsResult } from '../../gateway-api';
import type { StoredSms } from '../../store';
import { SimPlans } from '../sims/SimPlans';
import { untilDue } from '../untilDue';
import { Correlator } from './correlation/Correlator';
import { Evidence } from './evidence/Evidence';
import { InFlight } from './evidence/InFlight';
import { PushActivity } from './evidence/PushActivity';
import { StopsUnderWay } from './evidence/StopsUnderWay';
import { collectRule } from './holding/collectRule';
import { Holding } from './holding/Holding';
import { LoopGuard } from './holding/LoopGuard';
import { abandon } from './ledger/abandon';
import { Ledger } from './ledger/Ledger';
import { LostSmsDetector } from './reconcile/LostSmsDetector';
import { Reconciler } from './reconcile/Reconciler';
import { Admission } from './sender/Admission';
import { QueueState } from './sender/QueueState';
import { ReadyPorts } from './sender/ReadyPorts';
import { Sender } from './sender/Sender';
import { SimLimitRule } from './sender/SimLimitRule';
import type { SmsPipelineOptions } from './smsPipelineOptions';
import { type Stopped, Stopper } from './stopping/Stopper';
import type { StopRequest } from './stopping/stopRequest';
import { Tracker } from './tracker/Tracker';

/**
 * Between two questions for results of 32 SMS each, in ms: 32 ports send a dozen in a second, and a gateway that thousands lie in is
 * not to be asked without end.
 */
const POLL_PAUSE_MS = 50;

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
  /** How the queue stands, and what holds it up. */
  readonly queue: QueueState;
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
      getInputs: (ids) => options.store.inputs(ids),
      onChange: async (...change) => {
        await onChange(...change);
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
    this.queue = new QueueState(this.admission, this.sender);
    periodicTasks.add(this.polling(), this.reconciler, new LostSmsDetector(shared), this.holding);
  }

  /** Whether results are being pushed, so that the gateway is asked less often. */
  get isPushed(): boolean {
    return this.pushes.arrive;
  }

  /** SMS since the last push whose end none told; undefined where none has come in this process. */
  get pushesMissed(): number | undefined {
    return this.pushes.missedSince;
  }

  /** Whether an alarm waits for its turn, or leaves. */
  get hasAlarm(): boolean {
    return this.sender.hasAlarm;
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
    return this.queue.heldUp !== undefined;
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
      runPauseMs: POLL_PAUSE_MS,
      due: () => untilDue(store, clock, [...members], 'poll'),
      run: () => this.tracker.poll(),
    };
  }
}
