import { tailOf } from '../../../lib/numbers/agreement';
import {
  type BegunTo,
  type PortSetCount,
  portSetOf,
  type SmsChange,
  type SmsCriterion,
  type SmsPage,
  type Stage,
  type Store,
  type StoredSms,
  type StoredSubmission,
  StoreUnavailable,
  type Submission,
  type Taken,
  type Taking,
  type WaitingQuery,
} from '../../../lib/store';
import { enterChange, takenSms } from '../../../lib/store/smsState';
import { NaiveDue } from './NaiveDue';
import { chosenPorts, copy, inOrder, isHeld, mayLeave, meets, rankOf } from './naiveRecords';

/** What a store means, as arrays and filters: slow, and plain enough to be read against the interface. */
export class NaiveStore extends NaiveDue implements Store {
  readonly durable = false;
  private isOpen = false;
  private nextUserId: number;
  private lastId = 0;
  private lastSubmission = 0;
  private readonly begun = new Map<number, StoredSubmission>();

  constructor(random: () => number) {
    super();
    this.nextUserId = Math.floor(2 ** 30 * (1 + random()));
  }

  async open() {
    this.isOpen = true;
  }

  async close() {
    this.isOpen = false;
  }

  async reserveUserIds(count: number) {
    this.check();
    const first = this.nextUserId + count > 2 ** 31 ? 2 ** 30 : this.nextUserId;
    this.nextUserId = first + count;
    return first;
  }

  async take(takings: Taking[]): Promise<Taken[]> {
    this.check();
    const ids = [...this.allInputs.map(({ id }) => id), ...takings.map(({ input }) => input.id)];
    if (new Set(ids).size < ids.length) throw new Error('taken before');
    return copy(takings).map((taking) => this.takeOne(taking));
  }

  private takeOne({ input, sms, usedSince }: Taking): Taken {
    const others = this.allInputs.filter(({ gateway }) => gateway === input.gateway);
    const first = others.find(
      ({ key, taken_at, duplicate_of }) =>
        key !== undefined && key === input.key && taken_at >= usedSince.key && duplicate_of === undefined,
    );
    if (first) {
      this.allInputs.push({ ...input, closed_at: 0, duplicate_of: first.id });
      return { taken: true, sms: [], duplicate_of: first.id };
    }
    const recent = new Set(others.filter(({ taken_at }) => taken_at >= usedSince.user_id).map(({ id }) => id));
    const used = this.allSms.filter((one) => recent.has(one.input)).map(({ user_id }) => user_id);
    for (const { user_id } of sms) {
      if (used.includes(user_id)) return { taken: false, user_id };
      used.push(user_id);
    }
    const paused = this.jobs.isPaused(input);
    if (paused) this.jobs.halted.set(input.id, 'paused');
    const stored = sms.map((one) => takenSms(++this.lastId, input, one, paused));
    this.allInputs.push({ ...input, closed_at: 0 });
    this.allSms.push(...stored);
    return { taken: true, sms: copy(stored) };
  }

  async waiting(query: WaitingQuery) {
    const found = this.of(query.gateways).filter((sms) => mayLeave(sms, query));
    return copy(inOrder(found, rankOf, ({ id }) => id).slice(0, query.limit));
  }

  async begin(submission: Submission) {
    const free = this.of([submission.gateway]).filter(({ due_at, paused }) => due_at === 0 && !paused);
    const ids = submission.sms.filter((id) => free.some((one) => one.id === id));
    const sims = copy([submission.sims ?? {}])[0] ?? {};
    const changes = ids.map((id): SmsChange => ({ id, stage: 'submitting', sim: sims[id] }));
    const begun = await this.change(changes, ['waiting']);
    const id = ++this.lastSubmission;
    const { sims: _, ...kept } = submission;
    for (const sms of begun) {
      this.begun.set(sms.id, { ...kept, id });
      this.use(sms.sim?.charges ?? [], submission.at);
    }
    return begun;
  }

  async change(changes: SmsChange[], from?: readonly Stage[]) {
    this.check();
    const changed: StoredSms[] = [];
    for (const change of copy(changes)) {
      const sms = this.allSms.find(({ id }) => id === change.id);
      if (!sms || (from && !from.includes(sms.stage))) continue;
      const { giveBack, recharge } = copy([change])[0] as SmsChange;
      if (giveBack || recharge) this.takeBack(sms.sim?.charges ?? []);
      const isCharged = recharge !== undefined && sms.sim !== undefined && !giveBack;
      if (isCharged) this.use(recharge.charges, 0);
      enterChange(sms, change);
      if (sms.stage === 'waiting') this.begun.delete(sms.id);
      changed.push(sms);
    }
    return copy(changed);
  }

  async withdrawStopped(gateways: string[], { after, limit }: SmsPage, at: number) {
    const waiting = this.of(gateways).filter(({ stage }) => stage === 'waiting' || stage === 'standby');
    const stopped = waiting.filter(({ id, input }) => id > after && this.jobs.halted.get(input) === 'stopped');
    const changes = stopped.slice(0, limit).map(({ id, stage, history }): SmsChange => {
      if (stage === 'standby') return { id, stage: 'done' };
      const entry = { status: 'STOPPED', at, by: 'node' } as const;
      return { id, stage: 'done', status: 'STOPPED', history: [...history, entry], due_at: 0, held: undefined };
    });
    return this.change(changes);
  }

  async sms(ids: number[]) {
    this.check();
    return copy(ids.flatMap((id) => this.allSms.find((sms) => sms.id === id) ?? []));
  }

  async find(gateways: string[], by: SmsCriterion) {
    const found = this.of(gateways).filter((sms) => meets(sms, by, this.inputOf(sms)));
    if ('last' in by) return copy(found.slice(-1));
    return copy('limit' in by ? found.slice(0, by.limit) : found);
  }

  async waitingCounts(gateways: string[], most: number, priority?: StoredSms['priority']) {
    const waiting = [...new Set(gateways)].map((gateway) => {
      const own = this.of([gateway]).filter((sms) => sms.priority === (priority ?? sms.priority));
      const count = Math.min(own.filter(({ stage }) => stage === 'waiting').length, most);
      return { gateway, count, held: Math.min(own.filter(isHeld).length, most) };
    });
    return waiting.filter(({ count }) => count > 0);
  }

  async portSetCounts(gateways: string[]) {
    const counts: PortSetCount[] = [];
    for (const sms of this.of(gateways).filter(({ stage }) => ['submitting', 'doubt', 'gateway'].includes(stage))) {
      const there = counts.find(({ gateway, portSet }) => gateway === sms.gateway && portSet === portSetOf(sms));
      if (there) there.count++;
      else counts.push({ gateway: sms.gateway, portSet: portSetOf(sms), count: 1 });
    }
    return counts;
  }

  async chosenPortCounts(gateways: string[]) {
    return chosenPorts(this.of(gateways));
  }

  async submissions(gateways: string[]) {
    const unsettled = this.of(gateways).filter(({ stage }) => stage === 'submitting' || stage === 'doubt');
    const found = new Map<number, StoredSubmission>();
    for (const { id } of unsettled) {
      const submission = this.begun.get(id);
      if (!submission) continue;
      const others = found.get(submission.id)?.sms ?? [];
      found.set(submission.id, { ...submission, sms: [...others, id] });
    }
    return inOrder([...found.values()], ({ id }) => id);
  }

  async submittedSince(gateways: string[], since: number) {
    const moments = this.of(gateways).flatMap(({ id }) => this.begun.get(id)?.at ?? []);
    const recent = moments.filter((at) => at >= since);
    return { count: recent.length, ...(recent.length && { oldest: Math.min(...recent) }) };
  }

  async begunTo(gateways: string[], tails: string[], since: number, most: number): Promise<BegunTo[]> {
    const begun = (gateway: string, tail: string) =>
      this.of([gateway])
        .filter(({ number }) => tailOf(number) === tail)
        .flatMap(({ id, number }) => ({ id, number, at: this.begun.get(id)?.at ?? -1 }))
        .filter(({ at }) => at >= 0 && at >= since)
        .sort((one, other) => other.at - one.at || other.id - one.id);
    return [...new Set(gateways)].flatMap((gateway) =>
      [...new Set(tails)].flatMap((tail) => {
        const all = begun(gateway, tail);
        return [...new Set(all.map(({ number }) => number))].sort().map((number) => {
          const own = all.filter((one) => one.number === number);
          return { number, count: own.length, newest: own.slice(0, most).map(({ id, at }) => ({ id, at })) };
        });
      }),
    );
  }

  async inputs(ids: string[]) {
    this.check();
    return copy(ids.flatMap((id) => this.allInputs.find((input) => input.id === id) ?? []));
  }

  async recipients(id: string, limit?: number) {
    this.check();
    return copy(this.allSms.filter(({ input }) => input === id).slice(0, limit));
  }

  async inputsDue(gateways: string[], now: number, limit: number) {
    const found = this.withWait(gateways).filter(({ wait_until }) => wait_until <= now);
    const soonest = inOrder(
      found,
      ({ wait_until }) => wait_until,
      ({ id }) => id,
    );
    return copy(soonest.slice(0, limit));
  }

  async outcomes(ids: string[]) {
    const open = (await this.inputs(ids)).filter(({ closed_at }) => !closed_at);
    return Promise.all(
      open.map(async (input) => {
        const [first = input] = await this.inputs(input.duplicate_of === undefined ? [] : [input.duplicate_of]);
        return { input, first, recipients: await this.recipients(first.id) };
      }),
    );
  }

  async openInputs(gateways: string[], after: string, limit: number) {
    const found = this.openOf(gateways).filter(({ id }) => id > after);
    return copy(inOrder(found, ({ id }) => id).slice(0, limit));
  }

  async prolong(ids: string[], wait_until: number) {
    this.check();
    for (const input of this.allInputs) {
      const isOpen = ids.includes(input.id) && !input.closed_at && input.wait_until !== 0;
      if (isOpen) input.wait_until = Math.max(input.wait_until, wait_until);
    }
  }

  async closeInputs(ids: string[], at: number) {
    this.check();
    for (const input of this.allInputs) {
      if (ids.includes(input.id) && !input.closed_at) input.closed_at = at;
    }
    const open = this.allInputs.filter(({ closed_at }) => !closed_at);
    return open.filter(({ duplicate_of }) => duplicate_of && ids.includes(duplicate_of)).map(({ id }) => id);
  }

  async prune(before: number, limit: number) {
    this.check();
    this.pruneUsage(before);
    const undone = this.allSms.filter(({ stage }) => stage !== 'done').map(({ input }) => input);
    const old = this.allInputs.filter(({ id, closed_at }) => closed_at && closed_at < before && !undone.includes(id));
    const longestClosed = inOrder(
      old,
      ({ closed_at }) => closed_at,
      ({ id }) => id,
    );
    const gone = longestClosed.slice(0, limit).map(({ id }) => id);
    for (const input of this.allInputs) if (gone.includes(input.id)) this.jobs.forget(input);
    this.allInputs = this.allInputs.filter(({ id }) => !gone.includes(id));
    this.allSms = this.allSms.filter(({ input }) => !gone.includes(input));
    return gone.length;
  }

  protected override get stored() {
    this.check();
    return { sms: this.allSms, inputs: this.allInputs };
  }

  protected override check() {
    if (!this.isOpen) throw new StoreUnavailable('closed');
  }

  private inputOf({ input }: StoredSms) {
    return this.allInputs.find(({ id }) => id === input);
  }
}
