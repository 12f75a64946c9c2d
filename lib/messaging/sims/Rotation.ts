import type { Clock } from '../../clock';
import { GatewayError, isRegistered } from '../../gateway-api';
import { type Plan, periodAt } from '../../plans';
import type { Store } from '../../store';
import type { PortMutexes } from '../dialogs/PortMutexes';
import type { PeriodicTask } from '../Scheduler';
import type { Card } from './Cards';
import type { PlannedCard, SimPlans } from './SimPlans';
import { SlotsSeen } from './SlotsSeen';

export interface RotationOptions {
  plans: SimPlans;
  store: Pick<Store, 'usage' | 'changeUsage' | 'waitingCounts'>;
  clock: Clock;
  /** The config nodes whose SMS go through this queue. */
  members: ReadonlySet<string>;
  /** Does things to ports, to each one after the other; resolves when the port has settled. */
  setter: {
    set(
      command: { port: number; action: 'slot'; param: string },
      settle: number,
      signal: AbortSignal,
    ): Promise<{ reg?: string }>;
  };
  /** Shared with USSD and SIM menus: a card isn't changed under them. */
  mutexes: PortMutexes;
  /** Whose SMS may lie in the gateway for a port. */
  sms: { hasInGateway(port: number): Promise<boolean> };
  /** Aborts when the queue closes. */
  signal: AbortSignal;
  /** Told when other cards may be in the ports. */
  onChange: () => void;
}

const LOOK_MS = 10_000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Changes of one port's card in 24 hours. */
const MOST_A_DAY = 6;
/** A limit that opens sooner is waited for, in ms: changing a card takes a minute. */
const WORTH_IT_MS = 15 * MINUTE_MS;
/** How long the new card has to register, in ms. */
const SETTLE_MS = 120_000;
/** After a change that went wrong the port is left alone for so long, in ms. */
const AFTER_FAILURE_MS = 10 * MINUTE_MS;
const ROTATED = 'rotated';

/** Puts the card of another slot to work where a plan says so: never while the gateway holds an SMS of that port. */
export class Rotation implements PeriodicTask {
  private readonly slots: SlotsSeen;
  /** Ports whose time of the day for another card has come. */
  private readonly wanted = new Set<number>();
  /** Until when a port is left alone (monotonic, in ms). */
  private readonly leftAlone = new Map<number, number>();
  private lookedAt = Number.NEGATIVE_INFINITY;
  /** By the wall clock. */
  private checkedAt: number;

  constructor(private readonly options: RotationOptions) {
    this.slots = new SlotsSeen(options.clock);
    this.checkedAt = options.clock.now();
  }

  async due(): Promise<number | undefined> {
    if (!this.options.plans.all.some(({ rotate }) => rotate !== undefined)) return undefined;
    return this.lookedAt + LOOK_MS - this.options.clock.monotonic();
  }

  async run(): Promise<void> {
    const { plans, clock, store, members } = this.options;
    this.lookedAt = clock.monotonic();
    this.slots.see(plans.cards.all);
    const waiting = await store.waitingCounts([...members], 1);
    const states = await plans.state();
    const now = clock.now();
    for (const one of states) if (one.plan && isTime(one.plan, this.checkedAt, now)) this.wanted.add(one.card.port);
    this.checkedAt = now;
    // A card takes a minute to register: that of one port doesn't wait for another's.
    const needed = states.filter((one) => this.isNeeded(one, waiting.length > 0));
    await Promise.all(needed.map((one) => this.rotate(one)));
  }

  private isNeeded({ card, plan, meter, rest }: PlannedCard, isWaitedFor: boolean): boolean {
    const { port } = card;
    const isBusy = this.options.plans.resting.has(port) || this.isLeftAlone(port);
    if (!plan?.rotate || !meter || isBusy || !isSlot(card.slot)) return false;
    if (this.wanted.has(port) || this.slots.isEmpty(card) || meter.isBroke || rest.until > 0) return true;
    return plan.usedUp === 'rotate' && isWaitedFor && this.isUsedUp({ meter });
  }

  private isUsedUp({ meter }: Pick<PlannedCard, 'meter'>): boolean {
    const verdict = meter?.look({ priority: 'normal', segments: 1, recipient: '' });
    if (!verdict || 'charges' in verdict || typeof verdict.why !== 'object') return false;
    return verdict.until - this.options.clock.now() > WORTH_IT_MS;
  }

  /** Never rejects but for the store: a gateway that doesn't do it is asked again later. */
  private async rotate({ card, plan }: PlannedCard): Promise<void> {
    const { plans, clock, mutexes, setter, signal, sms, onChange } = this.options;
    const { port } = card;
    const slot = await this.nextSlot(card, plan?.rotate?.slots ?? []);
    if (slot === undefined || !(await this.mayAgain(port))) return this.leaveAlone(port);
    // A dialogue may take minutes: other ports don't wait for it, nor does what this card may still send.
    const mutex = mutexes.of(port);
    if (!mutex.isIdle) return;
    const leave = await mutex.enter(signal);
    // From here on nothing is chosen for the port; what was chosen before is in the store when this is answered.
    plans.resting.add(port);
    try {
      if (await sms.hasInGateway(port)) return;
      await this.note(port);
      const { reg = '' } = await setter.set({ port, action: 'slot', param: String(slot) }, SETTLE_MS, signal);
      this.wanted.delete(port);
      if (!isRegistered(reg)) this.slots.noneIn(port, slot);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      this.leaveAlone(port, clock.monotonic());
    } finally {
      leave();
      plans.resting.delete(port);
      plans.cards.changed();
      onChange();
    }
  }

  /** The next slot whose card isn't known to be used up or to rest. */
  private async nextSlot(card: Card, order: readonly number[]): Promise<number | undefined> {
    const place = order.indexOf(card.slot ?? -1);
    const others = [...order.slice(place + 1), ...order.slice(0, Math.max(0, place))];
    const known = this.slots.others(card);
    const states = await this.options.plans.state(known);
    const useless = states.filter((one) => one.rest.until > 0 || one.meter?.isBroke || this.isUsedUp(one));
    return others.find(
      (slot) => !this.slots.isEmpty({ port: card.port, slot }) && !useless.some((one) => one.card.slot === slot),
    );
  }

  private async mayAgain(port: number): Promise<boolean> {
    const { store, clock } = this.options;
    const { rows } = await store.usage([{ card: this.nameOf(port), counter: ROTATED }], [], clock.now());
    return rows.reduce((sum, { amount }) => sum + amount, 0) < MOST_A_DAY;
  }

  private note(port: number): Promise<void> {
    const at = this.options.clock.now();
    const charge = { card: this.nameOf(port), counter: ROTATED, period: at, until: at + DAY_MS, amount: 1 };
    return this.options.store.changeUsage({ at, use: [{ ...charge, sliding: true }] });
  }

  private nameOf = (port: number): string => `slots ${[...this.options.members][0] ?? ''} ${port}`;

  private isLeftAlone(port: number): boolean {
    return (this.leftAlone.get(port) ?? Number.NEGATIVE_INFINITY) > this.options.clock.monotonic();
  }

  private leaveAlone(port: number, now = this.options.clock.monotonic()): void {
    this.leftAlone.set(port, now + AFTER_FAILURE_MS);
  }
}

/** One of a multi-SIM gateway's; 255 on others (manual 10.3). */
const isSlot = (slot: number | undefined): boolean => slot !== undefined && slot >= 0 && slot <= 3;

/** Whether one of a plan's times of the day has come since it was looked last. */
function isTime({ rotate, zone }: Plan, since: number, now: number): boolean {
  return (rotate?.at ?? []).some((at) => periodAt({ per: 'day', at, day: 1, zone }, now).start > since);
}
