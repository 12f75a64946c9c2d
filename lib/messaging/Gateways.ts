import { KeyedMutex } from '../concurrency';
import { Gateway } from './Gateway';
import type { GatewaysOptions } from './gatewaysOptions';
import type { Jobs } from './jobs/Jobs';
import { Messages } from './Messages';
import { Oddities } from './Oddities';
import type { Pushed } from './Pushes';
import { recover, untilDone } from './recovery';
import { stopped } from './requestQueue/slot';
import { Scheduler } from './Scheduler';
import { type Member, SharedGateways } from './SharedGateways';
import { Elsewhere } from './sharing/Elsewhere';
import { NO_LEASE } from './sharing/GatewayLease';
import { type SharedParts, Sharing } from './sharing/Sharing';
import { underLease } from './sharing/underLease';
import type { NodeHoursSettings } from './sms/holding/NodeHours';
import type { Ledger } from './sms/ledger/Ledger';
import type { SendRequest } from './taking/SmsIntake';
import { takingTurns } from './takingTurns';

const ALWAYS_READY = { untilReady: () => Promise.resolve() };

/** All gateways in use: which config nodes have which of them, and which are this machine's. Outlives deploys. */
export class Gateways {
  private readonly shared: SharedGateways;
  /** Every config node seen or noted: what was taken for a deleted one still ends when its time comes. */
  private readonly known = new Set<string>();
  /** What a config node's coming and going still has to do, one after the other. */
  private readonly moves = new KeyedMutex<string>({ createAbortError: stopped });
  private readonly messages: Messages;
  private readonly periodicTasks: Scheduler[];
  private isResting = false;
  /** This machine among others; absent where it is alone. */
  sharing: Sharing | undefined;
  /** What other machines do for this one. */
  readonly elsewhere = new Elsewhere(() => this.sharing);
  /** Config nodes that what is shared has something of. */
  private notedShared: readonly string[] = [];

  constructor(private readonly options: GatewaysOptions) {
    this.shared = new SharedGateways((member, sharing) => this.make(member, sharing));
    this.messages = new Messages(options, this);
    const nodes = { getNodes: () => this.looksAfter(), isThere: (id: string) => this.of(id) !== undefined };
    const failed = (error: Error): void => options.onError(error, []);
    this.periodicTasks = this.messages
      .periodicTasks(nodes)
      .map((periodicTask) => new Scheduler(options.clock, periodicTask, failed));
  }

  /** What belongs together of what is sent. */
  get jobs(): Jobs {
    return this.messages.jobs;
  }

  /** For what happens without a gateway: validity that ends, turns that come. */
  get ledger(): Ledger {
    return this.messages.ledger;
  }

  /** The gateway of a config node; undefined when that has none. */
  of(id: string): Gateway | undefined {
    return this.shared.of(id);
  }

  /** The time zone of a config node's gateway. */
  zoneOf(id: string): string {
    return this.shared.zoneOf(id);
  }

  /** The serial number that a config node's gateway has told, here or another machine. */
  serialOf(id: string): string | undefined {
    return this.shared.serialOf(id) ?? this.sharing?.others.serialOf(id);
  }

  /** The config nodes that have joined. */
  ids(): string[] {
    return this.shared.ids();
  }

  /** Whether an alarm is being taken, waits for its turn at a gateway, or leaves. */
  get hasAlarm(): boolean {
    return this.messages.hasAlarm || this.ids().some((id) => this.of(id)?.sms.hasAlarm === true);
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
    const { shared, options, jobs } = this;
    const { outcomes } = this.messages;
    const listener = takingTurns({
      ...{ shared, outcomes, options, jobs },
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
    const { outcomes, collecting } = this.messages;
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
    if (!this.messages.setHours(node, settings)) return;
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
  take(sendRequest: SendRequest, keepDays: number): Promise<void> {
    return this.messages.take(sendRequest, keepDays);
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

  /** Whether a config node's messages are kept in what several machines share. */
  isShared(gateway: string): boolean {
    return this.options.isShared?.(gateway) ?? false;
  }

  /** Something may be due by now. */
  look(): void {
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
      schedule: this.messages.schedule,
      collecting: this.messages.collecting,
      intake: { take: (sendRequest) => this.take(sendRequest, this.options.getKeepDays?.() ?? 7) },
      getByJsonata: async (expression, text) => this.options.getByJsonata?.(expression, text, sharing()),
      onChange: this.messages.changed,
      onState: (obstacle) => state(sharing(), obstacle),
      onFailure: say,
    });
  }

  private inTurn(id: string, move: () => Promise<void>): Promise<void> {
    return this.moves.run(id, move).catch((error: Error) => this.options.onError(error, [id]));
  }
}
