import { tailOf } from '../../numbers/agreement';
import { PRIORITY_RANK, type Priority, portSetOf, type Stage, type StoredSms } from '../records';
import { ascending, byTime, OrderedSet, type Timed } from './OrderedSet';
import { OrderedSets } from './OrderedSets';
import { SubmissionShelf } from './SubmissionShelf';
import { WaitingQueues } from './WaitingQueues';

const PRIORITIES = Object.keys(PRIORITY_RANK) as Priority[];

const countsInPortSet = (stage: Stage): boolean => stage === 'submitting' || stage === 'doubt' || stage === 'gateway';
const isUnsettled = (stage: Stage): boolean => stage === 'submitting' || stage === 'doubt';
const isOnAir = (stage: Stage): boolean => stage === 'gateway' || stage === 'sent';
const isPolled = (stage: Stage): boolean => stage === 'gateway' || stage === 'sent' || stage === 'unknown';
const isIdle = (stage: Stage): boolean => stage === 'waiting' || stage === 'standby' || stage === 'joined';

type Maybe<T> = T | undefined;

/** Where the SMS of one gateway are found again. It keeps ids only; the SMS themselves lie elsewhere. */
export class GatewayShelf {
  readonly name: string;
  /** What waits and isn't held. */
  readonly waiting = new WaitingQueues();
  /** What is held, by `due_at`: an order for each priority, the highest first. */
  readonly held: readonly OrderedSet<Timed<number>>[] = PRIORITIES.map(() => new OrderedSet(byTime));
  readonly heldIds = new OrderedSet<number>(ascending);
  /** What only a command holds. */
  readonly pausedIds = new OrderedSet<number>(ascending);
  readonly userIds = new OrderedSets<number>();
  /** All that are collected, by what they are collected with. */
  readonly collected = new OrderedSets<string>();
  readonly submissions = new SubmissionShelf();
  /** SMS to ask the gateway about, by `poll_at`. */
  readonly polls = new OrderedSet<Timed<number>>(byTime);
  /** The other numbers of recipients, by their turns. */
  readonly standbys = new OrderedSet<Timed<number>>(byTime);
  /** Waiting SMS that expire, by `expires_at`. */
  readonly expiries = new OrderedSet<Timed<number>>(byTime);
  /** How many SMS of each port set lie in the gateway; port sets without any are absent. */
  readonly portSetCounts = new Map<string, number>();
  /** SMS in stage `gateway` or `sent`, by their port. */
  readonly onAir = new OrderedSets<number>();
  readonly stages: Record<Stage, OrderedSet<number>> = {
    waiting: new OrderedSet(ascending),
    submitting: new OrderedSet(ascending),
    doubt: new OrderedSet(ascending),
    gateway: new OrderedSet(ascending),
    sent: new OrderedSet(ascending),
    unknown: new OrderedSet(ascending),
    standby: new OrderedSet(ascending),
    joined: new OrderedSet(ascending),
    done: new OrderedSet(ascending),
  };
  /** By the last digits of their numbers: those that were handed over, and those that weren't. */
  private readonly begunTails = new OrderedSets<string>();
  private readonly idleTails = new OrderedSets<string>();

  constructor(name: string) {
    this.name = name;
  }

  /** The SMS in one of these stages whose number ends with `tail`, and perhaps some in others. */
  ofTail(tail: string, stages: readonly Stage[]): Iterable<number>[] {
    return [
      ...(stages.some(isIdle) ? [this.idleTails.of(tail)] : []),
      ...(stages.every(isIdle) ? [] : [this.begunTails.of(tail)]),
    ];
  }

  /**
   * Puts an SMS where it belongs by its stage and times; what of it stays in its place isn't touched.
   * @param before what it was; undefined = it comes
   * @param after what it is; undefined = it goes
   */
  move(before: Maybe<StoredSms>, after: Maybe<StoredSms>): void {
    const sms = after ?? before;
    if (!sms) return;
    const { id } = sms;
    if (before?.stage !== after?.stage) {
      if (before) this.stages[before.stage].delete(id);
      if (after) this.stages[after.stage].add(id);
    }
    this.moveTail(sms, before && isIdle(before.stage), after && isIdle(after.stage));
    replace(this.polls, id, pollOf(before), pollOf(after));
    replace(this.standbys, id, turnOf(before), turnOf(after));
    replace(this.expiries, id, expiryOf(before), expiryOf(after));
    const wasOn = onAirOf(before);
    const isOn = onAirOf(after);
    if (wasOn !== isOn && wasOn !== undefined) this.onAir.delete(wasOn, id);
    if (wasOn !== isOn && isOn !== undefined) this.onAir.add(isOn, id);
    const counted = Number(after !== undefined && countsInPortSet(after.stage));
    const more = counted - Number(before !== undefined && countsInPortSet(before.stage));
    if (more !== 0) this.count(portSetOf(sms), more);
    if (before && isUnsettled(before.stage)) this.submissions.settle(id);
    if (after && isUnsettled(after.stage)) this.submissions.unsettle(id);
    if (before?.stage === 'waiting') this.queue(before, 'delete');
    if (after?.stage !== 'waiting') return;
    this.submissions.forget(id);
    this.queue(after, 'add');
  }

  private moveTail({ id, number }: StoredSms, wasIdle: Maybe<boolean>, idle: Maybe<boolean>): void {
    if (wasIdle === idle) return;
    const tail = tailOf(number);
    if (wasIdle !== undefined) (wasIdle ? this.idleTails : this.begunTails).delete(tail, id);
    if (idle !== undefined) (idle ? this.idleTails : this.begunTails).add(tail, id);
  }

  private queue(sms: StoredSms, act: 'add' | 'delete'): void {
    if (sms.due_at !== 0) this.hold(sms, act);
    else if (sms.paused) this.pausedIds[act](sms.id);
    else this.waiting[act](sms);
  }

  private hold({ id, due_at, priority }: StoredSms, act: 'add' | 'delete'): void {
    this.held[PRIORITY_RANK[priority]]?.[act]({ at: due_at, id });
    this.heldIds[act](id);
  }

  private count(portSet: string, by: number): void {
    const count = (this.portSetCounts.get(portSet) ?? 0) + by;
    if (count) this.portSetCounts.set(portSet, count);
    else this.portSetCounts.delete(portSet);
  }
}

const pollOf = (sms: Maybe<StoredSms>): Maybe<number> => (sms && isPolled(sms.stage) ? sms.poll_at : undefined);
const turnOf = (sms: Maybe<StoredSms>): Maybe<number> => (sms?.stage === 'standby' ? sms.poll_at : undefined);
const expiryOf = (sms: Maybe<StoredSms>): Maybe<number> =>
  sms?.stage === 'waiting' && sms.expires_at !== 0 ? sms.expires_at : undefined;
const onAirOf = (sms: Maybe<StoredSms>): Maybe<number> => (sms && isOnAir(sms.stage) ? sms.port : undefined);

/** From one moment to another; undefined = from or to nowhere. */
function replace(order: OrderedSet<Timed<number>>, id: number, from: Maybe<number>, to: Maybe<number>): void {
  if (from === to) return;
  if (from !== undefined) order.delete({ at: from, id });
  if (to !== undefined) order.add({ at: to, id });
}
