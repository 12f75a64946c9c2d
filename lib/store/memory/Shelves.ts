import { mapped, type Steps } from '../../concurrency';
import { PRIORITY_RANK, type Priority, type Stage, type StoredSms } from '../records';
import { changedSms } from '../smsState';
import type { SmsChange, WaitingQuery } from '../store';
import { GatewayShelf } from './GatewayShelf';
import { InputShelf } from './InputShelf';
import { merge } from './merge';
import { ascending } from './OrderedSet';
import { UsageShelf } from './UsageShelf';
import { isLike } from './WaitingQueues';

const priorities = (Object.keys(PRIORITY_RANK) as Priority[]).sort((a, b) => PRIORITY_RANK[a] - PRIORITY_RANK[b]);

/** All that a memory store keeps, with everything in its place after each call. */
export class Shelves {
  readonly inputs = new InputShelf();
  readonly notes = new Map<string, string>();
  readonly usage = new UsageShelf();
  private readonly sms = new Map<number, StoredSms>();
  /** SMS of inputs that are being taken, which haven't got to their places yet. */
  private readonly arriving = new Set<number>();
  /** The user_ids of those inputs, by gateway. */
  private readonly claims = new Set<{ gateway: string; userIds: Set<number> }>();
  private readonly byGateway = new Map<string, GatewayShelf>();

  /** The SMS as it is now: when something becomes of it, another one takes its place. */
  get(id: number): StoredSms | undefined {
    return this.sms.get(id);
  }

  /** The SMS with these ids; missing ones are left out. */
  many(ids: Iterable<number>): StoredSms[] {
    const found: StoredSms[] = [];
    for (const id of ids) {
      const sms = this.sms.get(id);
      if (sms) found.push(sms);
    }
    return found;
  }

  /** For an input that is being taken: nobody else may have its user_ids until that has ended. `add` says whether one is free. */
  claimUserIds(gateway: string): { add: (user_id: number) => boolean; end: () => void } {
    const claim = { gateway, userIds: new Set<number>() };
    this.claims.add(claim);
    const isTaken = (user_id: number): boolean =>
      [...this.claims].some((one) => one.gateway === gateway && one.userIds.has(user_id));
    return {
      add: (user_id) => !isTaken(user_id) && claim.userIds.add(user_id).has(user_id),
      end: () => void this.claims.delete(claim),
    };
  }

  /** Keeps an SMS of an input that is being taken: it is known by its id, and found by nothing else before {@link settle}. */
  add(sms: StoredSms): void {
    this.sms.set(sms.id, sms);
    this.arriving.add(sms.id);
  }

  /** Puts an SMS that was added to where it belongs; what became of it meanwhile counts. */
  settle(id: number): void {
    const sms = this.sms.get(id);
    if (!this.arriving.delete(id) || !sms) return;
    const shelf = this.gateway(sms.gateway);
    shelf.userIds.add(sms.user_id, id);
    if (sms.collect) shelf.collected.add(sms.collect.group, id);
    shelf.move(undefined, sms);
  }

  /** Changes SMS one after the other; answers with what became of each that was changed. */
  change(changes: SmsChange[], from?: readonly Stage[]): StoredSms[] {
    const changed: StoredSms[] = [];
    for (const change of changes) {
      const sms = this.sms.get(change.id);
      if (sms && (!from || from.includes(sms.stage))) changed.push(this.changeOne(sms, change));
    }
    return changed;
  }

  /** The ids of the waiting SMS that may leave, by priority, then in the order of taking. */
  *leaving(query: WaitingQuery): Generator<number> {
    const gateways = this.gateways(query.gateways);
    for (const priority of priorities.filter((one) => one === (query.priority ?? one))) {
      const queues = gateways.flatMap(({ waiting }) => waiting.queues(priority, query));
      for (const id of merge(queues, ascending)) {
        const sms = this.sms.get(id);
        const lives = sms && (sms.expires_at === 0 || sms.expires_at > query.now);
        if (lives && !this.isPaused(sms) && isLike(sms, query.like)) yield id;
      }
    }
  }

  /** Those of some SMS that have this priority; without one all of them. */
  *withPriority(ids: Iterable<number>, priority?: Priority): Generator<number> {
    for (const id of ids) if (priority === undefined || this.sms.get(id)?.priority === priority) yield id;
  }

  /** Whether a command holds an SMS; the SMS itself learns that a little later. */
  isPaused({ input }: Pick<StoredSms, 'input'>): boolean {
    return this.inputs.get(input)?.paused !== undefined;
  }

  /** Whether nothing holds an SMS. */
  isFree(id: number): boolean {
    const sms = this.sms.get(id);
    return sms?.due_at === 0 && !this.isPaused(sms);
  }

  /** Lets an SMS know whether a command holds it, and puts it where it then belongs. */
  placePaused(id: number): void {
    const sms = this.sms.get(id);
    if (!sms || sms.stage === 'done' || (sms.paused ?? false) === this.isPaused(sms)) return;
    const { paused, ...rest } = sms;
    const placed: StoredSms = paused ? rest : { ...rest, paused: true };
    this.sms.set(id, placed);
    if (!this.arriving.has(id)) this.gateway(sms.gateway).move(sms, placed);
  }

  /** Forgets an input with its SMS. */
  *forgetInput(id: string): Steps<void> {
    yield* mapped(this.inputs.get(id)?.sms ?? [], (sms) => this.forget(sms));
    this.inputs.forget(id);
  }

  gateway(name: string): GatewayShelf {
    let shelf = this.byGateway.get(name);
    if (!shelf) {
      shelf = new GatewayShelf(name);
      this.byGateway.set(name, shelf);
    }
    return shelf;
  }

  /** The shelves of these gateways, each once. */
  gateways(names: string[]): GatewayShelf[] {
    return [...new Set(names)].map((name) => this.gateway(name));
  }

  private changeOne(sms: StoredSms, change: Omit<SmsChange, 'id'>): StoredSms {
    if (change.giveBack || change.recharge) this.usage.giveBack(sms.sim?.charges);
    if (change.recharge && sms.sim && !change.giveBack) this.usage.use(change.recharge.charges, 0);
    const changed = changedSms(sms, change);
    this.sms.set(sms.id, changed);
    if (!this.arriving.has(sms.id)) this.gateway(sms.gateway).move(sms, changed);
    this.inputs.count(sms, changed, (id) => this.sms.get(id));
    return changed;
  }

  private forget(id: number): void {
    const sms = this.sms.get(id);
    if (!sms) return;
    this.settle(id);
    const shelf = this.gateway(sms.gateway);
    shelf.move(sms, undefined);
    shelf.userIds.delete(sms.user_id, id);
    if (sms.collect) shelf.collected.delete(sms.collect.group, id);
    shelf.submissions.forget(id);
    this.sms.delete(id);
  }
}
