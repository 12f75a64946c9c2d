import { KeyedMutex } from '../concurrency';
import type { StoredSms } from '../store';
import { CANARY_NODE } from './canary/CanaryLine';
import { Gateway } from './Gateway';
import type { GatewaysOptions } from './gatewaysOptions';
import { Jobs } from './jobs/Jobs';
import { Oddities } from './Oddities';
import type { Pushed } from './Pushes';
import { periodicTasksOf } from './periodicTasks';
import { recover, untilDone } from './recovery';
import { stopped } from './requestQueue/slot';
import { Scheduler } from './Scheduler';
import { type Member, SharedGateways } from './SharedGateways';
import { Elsewhere } from './sharing/Elsewhere';
import { NO_LEASE } from './sharing/GatewayLease';
import { type SharedParts, Sharing } from './sharing/Sharing';
import { underLease } from './sharing/underLease';
import { Collecting } from './sms/collecting/Collecting';
import { Windows } from './sms/collecting/Windows';
import { NodeHours, type NodeHoursSettings } from './sms/holding/NodeHours';
import { Schedule } from './sms/holding/Schedule';
import { type ChangeListener, Ledger } from './sms/ledger/Ledger';
import { Failover } from './sms/outcome/Failover';
import { Outcomes, type OutcomesOptions } from './sms/outcome/Outcomes';
import { type SendRequest, SmsIntake } from './taking/SmsIntake';
import { takingTurns } from './takingTurns';

const ALWAYS_READY = { untilReady: () => Promise.resolve() };

/** All gateways in use, and the messages that are theirs. Outlives deploys. */
export class Gateways {
  private readonly shared: SharedGateways;
  /** Every config node seen or noted: what was taken for a deleted one still ends when its time comes. */
  private readonly known = new Set<string>();
  /** What a config node's coming and going still has to do, one after the other. */
  private readonly moves = new KeyedMutex<string>({ createAbortError: stopped });
  private readonly outcomes: Outcomes;
  private readonly hours: NodeHours;
  private readonly schedule: Schedule;
  /** For what happens without a gateway: validity that ends, turns that come. */
  readonly ledger: Ledger;
  private readonly failover: Failover;
  private readonly collecting: Collecting;
  private readonly intake: SmsIntake;
  /** What belongs together of what is sent. */
  readonly jobs: Jobs;
  private readonly periodicTasks: Scheduler[];
  private isResting = false;
  /** This machine among others; absent where it is alone. */
  sharing: Sharing | undefined;
  /** What other machines do for this one. */
  readonly elsewhere = new Elsewhere(() => this.sharing);
  /** Config nodes that what is shared has something of. */
  private notedShared: readonly string[] = [];

  constructor(private readonly options: GatewaysOptions) {
    const { store, clock, onUpdate, onChange, onSmsChange } = options;
    this.shared = new SharedGateways((member, sharing) => this.make(member, sharing));
    this.outcomes = new Outcomes({
      store,
      clock,
      onOutcome: (input, outcome) => this.deliver(input, outcome),
      mayLeave: (input, timedOut) => this.sharing?.mayLeave(input, timedOut) ?? true,
      getHeld: (sms) => this.of(sms.gateway)?.heldBy(sms) ?? sms.held,
      onUpdate: (input, recipient) => {
        if (!this.sharing?.tellElsewhere(input, recipient)) onUpdate(input, recipient);
      },
      onChange,
      onSmsChange,
    });
    this.hours = new NodeHours(store);
    const getCountry = (id: string): string | undefined => this.of(id)?.home.country;
    this.schedule = new Schedule({ hours: this.hours, getZone: (id) => this.shared.zoneOf(id), getCountry });
    const windows = new Windows(store, (id) => this.isShared(id));
    this.intake = new SmsIntake(store, clock, { schedule: this.schedule, windows, getCountry });
    this.ledger = new Ledger({ store, clock, onChange: (...change) => this.changed(...change) });
    this.collecting = new Collecting({
      ...{ store, clock, ledger: this.ledger, windows },
      onParted: (sms) => this.turned(sms),
    });
    this.failover = new Failover({ store, clock, ledger: this.ledger, onTurn: (sms) => this.turned(sms) });
    const failed = (error: Error): void => options.onError(error, []);
    const { ledger, outcomes, failover, schedule } = this;
    this.jobs = new Jobs({
      ...{ store, clock, ledger, schedule, others: this.elsewhere },
      getPipeline: (id) => this.of(id)?.sms,
      onFailure: failed,
    });
    const nodes = { getNodes: () => this.looksAfter(), isThere: (id: string) => this.of(id) !== undefined };
    this.periodicTasks = periodicTasksOf({ ...options, ledger, outcomes, failover, schedule, ...nodes }).map(
      (periodicTask) => new Scheduler(clock, periodicTask, failed),
    );
  }

  /** The gateway of a config node; undefined when that has none. */
  of(id: string): Gateway | undefined {
    return this.shared.of(id);
  }

  /** The serial number that a config node's gateway has told, here or another machine. */
  serialOf(id: string): string | undefined {
    return this.shared.serialOf(id) ?? this.sharing?.others.serialOf(id);
  }

  /** The config nodes that have joined. */
  ids(): string[] {
    return this.shared.ids();
  }

  /** Whether another config node with the same address came first and wants something else of the queue. */
  differs(id: string): boolean {
    return this.shared.differs(id);
  }

  /** Nothing expires and no outcome leaves while no flow runs that could take it. */
  rest(): void {
    this.isResting = true;
  }

  /** Flows run again. A store that isn't open yet holds nothing that is due: whoever opens it joins, and looks then. */
  resume(storeIsOpen: boolean): void {
    this.isResting = false;
    if (storeIsOpen) this.look();
  }

  /** A config node has started, for the first time or with other settings. */
  join(member: Member): void {
    this.known.add(member.id);
    const { departed } = this.shared.enter(member);
    const isAsBefore = (this.of(member.id)?.lease !== undefined) === this.isShared(member.id);
    // Its messages are kept elsewhere now: what is under way is seen to its end.
    const others = isAsBefore ? undefined : this.shared.renew(member.id);
    void others?.former.stop();
    this.sharing?.changed();
    for (const one of others?.members ?? [member]) this.takeUp(one, departed);
    this.look();
  }

  /** What several machines keep together is looked after by one of them each from now on; resolves when it is known what is this one's. */
  async share(parts: Omit<SharedParts, 'isShared'>): Promise<void> {
    const { shared, outcomes, options } = this;
    const listener = takingTurns({
      ...{ shared, outcomes, options, jobs: this.jobs },
      onTakeUp: (member) => this.takeUp(member),
      onTurn: () => this.look(),
      getAbsent: () => this.notedShared.filter((id) => !this.of(id)),
    });
    this.sharing = new Sharing({ ...parts, isShared: (id) => this.isShared(id) }, options.clock, listener);
    await this.sharing.start();
  }

  /** Nothing is shared any more: what was is left to the others. */
  async unshare(): Promise<void> {
    await this.sharing?.stop();
    this.sharing = undefined;
  }

  /** What was kept for a config node goes on, where it is this machine's to look after. */
  private takeUp(member: Member, departed?: Promise<void>): void {
    const { store, clock, onError: failed, flows = ALWAYS_READY } = this.options;
    const { outcomes, collecting } = this;
    const [gateway, signal] = [this.of(member.id), this.shared.signalOf(member.id)];
    if (!gateway || !signal) return;
    void this.inTurn(member.id, async () => {
      await departed;
      if (!gateway.isOurs) return;
      await recover(member, gateway, { store, clock, outcomes, collecting, flows, signal, onError: failed });
      const isStill = (): boolean => !signal.aborted && gateway.isOurs;
      const onAway = (error: Error): void => failed(error, [member.id]);
      await untilDone(() => this.jobs.sweep([member.id]), { clock, signal, isStill, onAway });
    });
  }

  /** A config node is gone. Resolves when what is being sent for it has been seen to its end. */
  async leave(id: string): Promise<void> {
    const departed = this.shared.remove(id);
    this.sharing?.changed();
    if (departed !== undefined) await this.inTurn(id, () => departed);
  }

  /** A `send sms` node has started, with hours in which its SMS may leave: they hold for what waits, too. */
  setHours(node: string, settings: NodeHoursSettings): void {
    if (!this.hours.set(node, settings)) return;
    for (const gateway of new Set(this.ids().flatMap((id) => this.of(id) ?? []))) gateway.reviewHeld();
  }

  /**
   * What a former process has left of these config nodes ends when its time comes, whether they are there or not.
   * @param shared those of them that something is kept of in what several machines share
   */
  know(ids: readonly string[], shared: readonly string[] = []): void {
    for (const id of [...ids, ...shared]) this.known.add(id);
    this.notedShared = shared;
    this.sharing?.changed();
    this.look();
  }

  /** `user_id`s that no SMS has had, for one who sends past the queue. */
  async reserveUserIds(count: number): Promise<number[]> {
    const first = await this.options.store.reserveUserIds(count);
    return Array.from({ length: count }, (_, offset) => first + offset);
  }

  /** Takes a request: resolves when its SMS are safe. Rejects with `INVALID_INPUT` or `STORE_UNAVAILABLE`; then nothing was taken. */
  async take(sendRequest: SendRequest, keepDays: number): Promise<void> {
    const machine = this.sharing?.machineOf(sendRequest.gateway);
    const taken = await this.intake.take(machine ? { ...sendRequest, machine } : sendRequest, keepDays);
    this.options.onTaken?.(sendRequest.gateway, taken);
    // Nobody waits until a hundred thousand updates have left.
    if (taken.some(({ held }) => held)) {
      this.outcomes.heldAtTaking(taken).catch((error: Error) => this.options.onError(error, [sendRequest.gateway]));
    }
    // The first one with its key may have left already.
    if (sendRequest.key !== undefined) await this.outcomes.review(await this.options.store.inputs([sendRequest.id]));
    const isUrgent = sendRequest.validated.sms[0]?.priority === 'high';
    this.of(sendRequest.gateway)?.sms.wake(isUrgent ? 'high' : 'normal');
    this.sharing?.taken(sendRequest.gateway, isUrgent);
    this.look();
  }

  /** What a gateway has pushed. Resolves when it is safe, with whoever talks to that gateway. */
  async pushed(gateway: Gateway, id: string, pushed: Pushed): Promise<void> {
    if (this.sharing && !gateway.isOurs) await this.sharing.pushed(id, pushed);
    else await gateway.pushed(pushed);
  }

  /** The config nodes whose messages this machine looks after now. */
  private looksAfter(): string[] {
    if (this.isResting) return [];
    return [...this.known].filter((id) => this.sharing?.isOwn(id) ?? !this.isShared(id));
  }

  private isShared(gateway: string): boolean {
    return this.options.isShared?.(gateway) ?? false;
  }

  private async changed(...[sms, moved, goesOn]: Parameters<ChangeListener>): Promise<void> {
    await this.outcomes.changed(sms, moved, goesOn);
    this.jobs.noticed(sms);
    // Where that fails, it is made up for with the next change, or at the next start.
    await this.collecting.changed(sms).catch((error: Error) => this.options.onError(error, []));
    // Its validity may begin only now.
    if (sms.some(({ stage }) => stage === 'waiting')) this.look();
    // Where that fails, the turn comes by the clock.
    await this.failover.changed(sms).catch((error: Error) => this.options.onError(error, []));
  }

  private turned({ gateway, priority }: StoredSms): void {
    this.of(gateway)?.sms.wake(priority === 'high' ? 'high' : 'normal');
    this.look();
  }

  private look(): void {
    for (const periodicTask of this.periodicTasks) periodicTask.look();
  }

  private make(member: Member, sharing: () => string[]): Gateway {
    const { store, clock, random, onObstacle: state, onError: failed } = this.options;
    // As long as nobody has agreed with the others, nothing is sent.
    const lease =
      this.sharing?.leaseOf(sharing()) ?? (sharing().some((id) => this.isShared(id)) ? NO_LEASE : undefined);
    // What a gateway that has gone to another machine still says is of no interest.
    const say = (error: Error): void => {
      if (lease?.isHeld ?? true) failed(error, sharing());
    };
    const oddities = new Oddities(say);
    return new Gateway({
      api: member.createClient(oddities.note, lease),
      oddities,
      lease,
      elsewhere: lease && { country: () => this.elsewhere.country(member.id) },
      address: member.address,
      settings: member.settings,
      store: lease ? underLease(store, lease, sharing) : store,
      clock,
      random,
      schedule: this.schedule,
      collecting: this.collecting,
      intake: { take: (sendRequest) => this.take(sendRequest, this.options.getKeepDays?.() ?? 7) },
      getByJsonata: async (expression, text) => this.options.getByJsonata?.(expression, text, sharing()),
      onChange: (sms, moved) => this.changed(sms, moved),
      onState: (obstacle) => state(sharing(), obstacle),
      onFailure: say,
    });
  }

  // What a flow does with an outcome is no reason to let the outcome leave again, or to hold up the queue.
  private deliver: OutcomesOptions['onOutcome'] = async (input, outcome) => {
    if (this.sharing?.mayEmit(input) === false) return false;
    // What became of a test SMS is for nobody's flow.
    if (input.node === CANARY_NODE) return true;
    const sms_in_queue = this.of(input.gateway)?.sms.inQueue;
    const full = { ...outcome, ...(sms_in_queue !== undefined && { sms_in_queue }) };
    return this.options.onOutcome(input, full).catch((error: Error) => this.options.onError(error, []));
  };

  private inTurn(id: string, move: () => Promise<void>): Promise<void> {
    return this.moves.run(id, move).catch((error: Error) => this.options.onError(error, [id]));
  }
}
