import type { Clock } from '../../../clock';
import { Semaphore } from '../../../concurrency';
import { type Collected, type Store, type StoredSms, StoreUnavailable, wasAccepted } from '../../../store';
import { finalText } from '../../finalText';
import { stopped } from '../../requestQueue/slot';
import { asSent } from '../ledger/collected';
import type { Ledger } from '../ledger/Ledger';
import { Unread } from '../Unread';
import { jointText } from './jointText';
import type { Windows } from './Windows';

export interface CollectingOptions {
  store: Store;
  clock: Clock;
  ledger: Ledger;
  windows: Windows;
  /** Told that what was joined to an SMS may leave by itself. */
  onParted: (sms: StoredSms) => void;
}

/** How many become one at most. */
const MOST_JOINED = 10_000;
const SMS_PER_STEP = 1000;

/**
 * SMS to one recipient that follow each other become one (docs/decisions/0060). They wait each by itself, each in its job; right
 * before the first of them leaves, those that may leave by then are joined to the newest, and from then on become what that
 * becomes. Where it turns out not to have left they wait again, each by itself.
 */
export class Collecting {
  /** Ids of those that were joined, by the id of the one that leaves. */
  private readonly joined = new Map<number, number[]>();
  private readonly inOrder = new Semaphore({ places: 1, createAbortError: stopped });

  /** SMS that have changed while the store fell away: what went with them doesn't know of it. */
  private readonly unsettled: Unread<number>;

  constructor(private readonly options: CollectingOptions) {
    this.unsettled = new Unread(options.clock, (ids) => void this.settleAgain(ids));
  }

  /** The newest of those with which a waiting SMS is collected, as it would leave for all of them now; undefined = none may. */
  async lead(head: StoredSms): Promise<StoredSms | undefined> {
    const members = await this.members(head);
    const newest = members.at(-1);
    return newest && asSent({ ...newest, collected: this.collected(newest, members.length) });
  }

  /** Joins to an SMS that is about to leave what is collected with it. Resolves with whether it may still leave. */
  join(leader: StoredSms): Promise<boolean> {
    return this.inOrder.run(async () => {
      const { ledger, windows } = this.options;
      // It wasn't begun last time, and what was joined to it then couldn't be parted.
      if (this.joined.has(leader.id)) {
        await this.partNow([leader]);
        return false;
      }
      const members = (await this.members(leader)).filter(({ id }) => id <= leader.id);
      const newest = members.at(-1);
      if (newest?.id !== leader.id) return false;
      const collected = this.collected(newest, members.length);
      const others = members.slice(0, -1).map(({ id }) => id);
      await ledger.apply(members, { kind: 'joined', collected });
      // Not before: what is told of it is no reason to look at the others.
      this.joined.set(leader.id, others);
      if (newest.collect) windows.joined(newest.collect.group, collected.until);
      return true;
    });
  }

  /** What was joined and didn't leave waits again, each by itself. */
  part(leaders: readonly StoredSms[]): Promise<void> {
    return this.inOrder.run(() => this.partNow(leaders));
  }

  /** Told of SMS that have changed: what went with one becomes what that has become. */
  async changed(sms: readonly StoredSms[]): Promise<void> {
    const leaders = sms.filter((one) => one.collected?.id === one.id && this.joined.has(one.id));
    if (leaders.length === 0) return;
    try {
      await this.inOrder.run(() => this.settle(leaders));
    } catch (error) {
      this.unsettled.add(leaders.map(({ id }) => id));
      throw error;
    }
  }

  private async settleAgain(ids: readonly number[]): Promise<void> {
    const { store } = this.options;
    try {
      await this.inOrder.run(async () => this.settle(await store.sms(ids.filter((id) => this.joined.has(id)))));
    } catch (error) {
      // What another machine talks to by now that one has inherited.
      if (error instanceof StoreUnavailable && error.name === 'StoreUnavailable') this.unsettled.add(ids);
    }
  }

  /** Takes over what a former process has joined for a config node. */
  async inherit(gateway: string): Promise<void> {
    const { store } = this.options;
    const left = new Map<number, number[]>();
    for (let after: number | undefined = 0; after !== undefined; ) {
      const page: StoredSms[] = await store.find([gateway], { stage: 'joined', after, limit: SMS_PER_STEP });
      for (const { id, collected } of page) {
        if (collected) left.set(collected.id, [...(left.get(collected.id) ?? []), id]);
      }
      after = page.length < SMS_PER_STEP ? undefined : page.at(-1)?.id;
    }
    for (const [leader, others] of left) this.joined.set(leader, others);
    await this.inOrder.run(async () => this.settle(await store.sms([...left.keys()])));
  }

  private async settle(leaders: readonly StoredSms[]): Promise<void> {
    const waiting = leaders.filter((one) => one.stage === 'waiting' || endedHere(one));
    if (waiting.length > 0) await this.partNow(waiting);
    for (const leader of leaders.filter((one) => !waiting.includes(one))) {
      const others = await this.options.store.sms(this.joined.get(leader.id) ?? []);
      await this.options.ledger.apply(others, { kind: 'carried', by: leader });
      if (leader.stage === 'done') this.joined.delete(leader.id);
    }
  }

  private async partNow(leaders: readonly StoredSms[]): Promise<void> {
    const { store, ledger, windows, onParted } = this.options;
    for (const leader of leaders) {
      const others = this.joined.get(leader.id);
      if (others === undefined) continue;
      await ledger.apply(await store.sms([...others, leader.id]), { kind: 'parted' });
      this.joined.delete(leader.id);
      if (leader.collect) windows.parted(leader.collect.group);
      onParted(leader);
    }
  }

  /** Resolves with those that may leave together now, in the order of taking. */
  private async members({ collect, gateway }: StoredSms): Promise<StoredSms[]> {
    if (!collect) return [];
    const { store, clock } = this.options;
    const now = clock.now();
    const found: StoredSms[] = [];
    for (let after: number | undefined = 0; after !== undefined && found.length < MOST_JOINED; ) {
      const by = { collect: collect.group, waiting: true, after, limit: SMS_PER_STEP } as const;
      const page: StoredSms[] = await store.find([gateway], by);
      found.push(...page.filter((one) => mayLeave(one, now)));
      after = page.length < SMS_PER_STEP ? undefined : page.at(-1)?.id;
    }
    return found.slice(0, MOST_JOINED);
  }

  private collected(newest: StoredSms, count: number): Collected {
    const { id, user_id, encoding, collect } = newest;
    const worded = jointText({ text: finalText(newest), encoding }, count - 1, collect?.mayBeUnicode ?? false);
    return { ...worded, count, id, user_id, until: this.options.clock.now() + (collect?.for ?? 0) };
  }
}

/** Whether an SMS may be collected with others: one that goes at once, as the first does, may not. */
const mayLeave = ({ collect, paused, due_at, expires_at }: StoredSms, now: number): boolean =>
  collect?.until !== undefined && !paused && due_at <= now && (expires_at === 0 || expires_at > now);

/** Whether it ended before it was handed over: that says nothing of the others. */
const endedHere = (sms: StoredSms): boolean =>
  sms.stage === 'done' && !wasAccepted(sms) && ['STOPPED', 'EXPIRED', 'WITHHELD'].includes(sms.status);
