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

/** The SMS of one stage. */
class StageShelf {
  readonly ids = new OrderedSet<number>(ascending);
  readonly tails = new OrderedSets<string>();
}

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
  readonly stages: Record<Stage, StageShelf> = {
    waiting: new StageShelf(),
    submitting: new StageShelf(),
    doubt: new StageShelf(),
    gateway: new StageShelf(),
    sent: new StageShelf(),
    unknown: new StageShelf(),
    standby: new StageShelf(),
    joined: new StageShelf(),
    done: new StageShelf(),
  };

  constructor(name: string) {
    this.name = name;
  }

  /** Puts an SMS where its stage and times belong. */
  enter(sms: StoredSms): void {
    const { id, stage } = sms;
    this.stages[stage].ids.add(id);
    this.stages[stage].tails.add(tailOf(sms.number), id);
    if (isPolled(stage)) this.polls.add({ at: sms.poll_at, id });
    if (stage === 'standby') this.standbys.add({ at: sms.poll_at, id });
    if (isOnAir(stage) && sms.port !== undefined) this.onAir.add(sms.port, id);
    if (countsInPortSet(stage)) this.count(portSetOf(sms), 1);
    if (isUnsettled(stage)) this.submissions.unsettle(id);
    if (stage !== 'waiting') return;
    this.submissions.forget(id);
    this.queue(sms, 'add');
    if (sms.expires_at) this.expiries.add({ at: sms.expires_at, id });
  }

  /** Takes an SMS away from where it was put, before its stage or times change. */
  leave(sms: StoredSms): void {
    const { id, stage } = sms;
    this.stages[stage].ids.delete(id);
    this.stages[stage].tails.delete(tailOf(sms.number), id);
    if (isPolled(stage)) this.polls.delete({ at: sms.poll_at, id });
    if (stage === 'standby') this.standbys.delete({ at: sms.poll_at, id });
    if (isOnAir(stage) && sms.port !== undefined) this.onAir.delete(sms.port, id);
    if (countsInPortSet(stage)) this.count(portSetOf(sms), -1);
    if (isUnsettled(stage)) this.submissions.settle(id);
    if (stage !== 'waiting') return;
    this.queue(sms, 'delete');
    if (sms.expires_at) this.expiries.delete({ at: sms.expires_at, id });
  }

  /** A command holds an SMS, or doesn't any more: nothing else of it has changed. */
  replace(before: StoredSms, after: StoredSms): void {
    if (before.stage !== 'waiting') return;
    this.queue(before, 'delete');
    this.queue(after, 'add');
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

  private count(portSet: string, by: 1 | -1): void {
    const count = (this.portSetCounts.get(portSet) ?? 0) + by;
    if (count) this.portSetCounts.set(portSet, count);
    else this.portSetCounts.delete(portSet);
  }
}
