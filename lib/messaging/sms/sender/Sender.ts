import { Semaphore } from '../../../concurrency';
import { GatewayError, Redirected, RefusedByStatus } from '../../../gateway-api';
import type { StoredSms } from '../../../store';
import { stopped } from '../../requestQueue/slot';
import { type Checked, checkRefused } from '../evidence/checkRefused';
import { asSent } from '../ledger/collected';
import { Backoff, type Obstacle } from './Backoff';
import { type Batch, Batches } from './Batches';
import { compose } from './compose';
import { HourlyLimit } from './HourlyLimit';
import { KeptOut, type Refused } from './KeptOut';
import type { Api, SenderOptions } from './options';
import { PlannedBatches } from './PlannedBatches';

/** Lets waiting SMS out: at once when the queue is free, together what waits meanwhile (decision 1). */
export class Sender {
  readonly backoff: Backoff;
  private readonly asked = new Set<'sms' | 'sms-high'>();
  readonly hourlyLimit: HourlyLimit;
  private readonly batches: Batches;
  private readonly planned: PlannedBatches;
  private readonly keptOut = new KeptOut();
  /** Requests in doubt since the last one that was answered. */
  private doubts = 0;
  /** Two requests must not choose the same SMS, nor each fill the room that is there but once: hourly limit and queue limit. */
  private readonly choosing = new Semaphore({ places: 1, createAbortError: stopped });
  private stopped = false;
  /** Turns for alarms that wait, or are under way. */
  private alarms = 0;
  /** SMS whose intent is written and whose request hasn't begun. */
  private readonly unsent = new Set<number>();
  /** The last writing of intents; what it begins is among the unsent when it has ended. */
  private beginning: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: SenderOptions) {
    const wake = (): void => this.wake();
    this.backoff = new Backoff(options.clock, options.random, wake);
    this.hourlyLimit = new HourlyLimit({ ...options, onRoom: wake });
    this.batches = new Batches({ ...options, hourlyLimit: this.hourlyLimit });
    this.planned = new PlannedBatches({ ...options, hourlyLimit: this.hourlyLimit, onRoom: wake });
    options.ports.room.on(wake);
  }

  /** Something may be able to leave: new SMS, room in the gateway, a changed configuration. */
  wake(priority: 'high' | 'normal' = 'normal'): void {
    const kind = priority === 'high' ? 'sms-high' : 'sms';
    if (this.stopped || this.backoff.holding || this.asked.has(kind)) return;
    this.asked.add(kind);
    const alarms = kind === 'sms-high' ? 1 : 0;
    this.alarms += alarms;
    this.options.requests
      .run({ kind }, (api) => {
        this.asked.delete(kind);
        return this.turn(api);
      })
      .catch((error: Error) => {
        if (!(error instanceof GatewayError && error.code === 'STOPPED')) this.trouble('STORE_UNAVAILABLE', error);
      })
      .finally(() => {
        this.alarms -= alarms;
      });
  }

  /** Whether an alarm waits for its turn, or leaves. */
  get hasAlarm(): boolean {
    return this.alarms > 0;
  }

  /** Takes back those SMS that a command holds by now and whose request hasn't begun: when this resolves, none of them begins. */
  async recall(): Promise<void> {
    const { store, ledger } = this.options;
    await this.beginning;
    const unsent = await store.sms([...this.unsent]);
    await ledger.apply(
      unsent.filter(({ id, paused }) => paused && this.unsent.delete(id)),
      { kind: 'returned' },
    );
  }

  /** Resolves when what is being chosen now to leave is written down. */
  untilChosen(): Promise<void> {
    return this.choosing.run(() => Promise.resolve());
  }

  stop(): void {
    this.stopped = true;
    this.backoff.stop();
    this.hourlyLimit.stop();
    this.planned.stop();
  }

  private async turn(api: Api): Promise<void> {
    if (this.stopped || this.backoff.holding) return;
    const { batch, begun, end } = await this.choosing.run(() => this.choose(api));
    if (batch.length === 0) return;
    // Where several requests go at a time, the next one needn't wait for this one's answer.
    this.wake();
    try {
      if (begun.length > 0) await this.submit(api, begun);
      await this.planned.left(begun);
    } finally {
      end();
      this.options.onEnd();
    }
    this.wake();
  }

  /** What leaves next, its intent written; `end` is to be called when its request has come to its end. */
  private async choose(api: Api): Promise<{ batch: StoredSms[]; begun: StoredSms[]; end: () => void }> {
    const { batch: found, sims } = await this.nextBatch(api);
    const redirected = found.length > 0 ? await this.options.evidence.read(api) : undefined;
    if (redirected) this.trouble(obstacleOf(redirected), redirected);
    const batch = redirected ? [] : found;
    const end = this.options.inFlight.begin(batch);
    try {
      const begun = this.begin(batch, sims);
      this.beginning = begun.catch(() => undefined);
      return { batch, begun: await begun, end };
    } catch (error) {
      end();
      throw error;
    }
  }

  private async nextBatch(api: Api): Promise<Batch> {
    if (!this.options.sims.isActive) return { batch: await this.batches.next(api) };
    try {
      return await this.planned.next(api);
    } catch (error) {
      // Without its ports nobody can say which SIM may send.
      if (!(error instanceof GatewayError) || error.code === 'STOPPED') throw error;
      this.trouble(obstacleOf(error), error);
      return { batch: [] };
    }
  }

  /** Writes the intent down, with what will tell later whether the gateway took them. */
  private async begin(found: readonly StoredSms[], sims: Batch['sims']): Promise<StoredSms[]> {
    const { store, clock, members, admission, evidence, collecting } = this.options;
    const batch: StoredSms[] = [];
    for (const one of found) if (!one.collected || (await collecting.join(one))) batch.push(one);
    const { newest, task_id } = evidence;
    const begun: StoredSms[] = [];
    for (const gateway of members) {
      const sms = batch.filter((one) => one.gateway === gateway).map(({ id }) => id);
      const known = {
        in_queue: admission.inQueue,
        ...(sims && { sims }),
        ...(newest && { newest }),
        ...(task_id !== undefined && { task_id }),
      };
      if (sms.length === 0) continue;
      try {
        begun.push(...(await store.begin({ gateway, at: clock.now(), sms, ...known })).map(asSent));
      } catch (error) {
        // Those whose intent is written go: left behind, they would be in doubt though nothing was sent.
        if (begun.length === 0) {
          await collecting.part(batch);
          throw error;
        }
        this.trouble('STORE_UNAVAILABLE', error as Error);
        break;
      }
    }
    const ids = new Set(begun.map(({ id }) => id));
    const kept = batch.filter(({ id, collected }) => collected && !ids.has(id));
    if (kept.length > 0) await collecting.part(kept);
    this.toBeSent(begun);
    return begun;
  }

  private toBeSent(sms: readonly StoredSms[]): void {
    for (const { id } of sms) this.unsent.add(id);
  }

  /**
   * Sends SMS whose intent is written, but for those that were taken back meanwhile, and writes down what came of it. What is
   * refused together is tried in halves.
   */
  private async submit(api: Api, given: StoredSms[]): Promise<void> {
    const batch = given.filter(({ id }) => this.unsent.delete(id));
    if (batch.length === 0) return;
    if (!(await this.mayBeSentAgain(api, batch))) return;
    const { clock, ledger, admission, evidence } = this.options;
    const begun = { at: clock.monotonic(), task_id: evidence.task_id };
    try {
      const { task_id, sms_in_queue } = await api.sendSms(compose(batch));
      admission.inQueue = sms_in_queue ?? admission.inQueue;
      this.goesOn();
      const accepted = new Set((await ledger.apply(batch, { kind: 'accepted', task_id })).map(({ id }) => id));
      if (task_id === undefined) return;
      await this.noteTask(
        batch.filter(({ id }) => !accepted.has(id)),
        task_id,
      );
      evidence.accepted(task_id, begun);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      if (error.code === 'UNREACHABLE') evidence.interrupted();
      const underWay = clock.monotonic() - begun.at;
      const checked = error instanceof RefusedByStatus ? await this.check(api, batch, { error, underWay }) : undefined;
      await this.unaccepted(api, batch, error, checked);
    }
  }

  /** Whether none of some SMS was taken by then that were kept out before. What else it may be is done with them; the rest waits. */
  private async mayBeSentAgain(api: Api, batch: readonly StoredSms[]): Promise<boolean> {
    const refused = this.keptOut.among(batch);
    if (refused === undefined) return true;
    const { sms, error } = refused;
    this.keptOut.forget(sms);
    const checked = await this.check(api, sms, refused);
    if (checked === 'not taken') return true;
    const others = batch.filter((one) => !sms.includes(one));
    await this.options.ledger.apply(others, { kind: 'returned' });
    await this.unaccepted(api, sms, error, checked);
    return false;
  }

  private async check(api: Api, sms: readonly StoredSms[], refused: Refused): Promise<Checked> {
    const { newest } = this.options.evidence;
    const checked = await checkRefused(api, sms, refused.error, { ...this.options, ...refused, newest });
    if (checked === 'kept out') this.keptOut.note(sms, refused);
    return checked;
  }

  private async unaccepted(
    api: Api,
    batch: StoredSms[],
    error: GatewayError,
    checked: Checked | undefined,
  ): Promise<void> {
    const { ledger, evidence } = this.options;
    const [only, ...others] = batch;
    if (checked === 'taken') {
      this.goesOn();
      await ledger.apply(batch, { kind: 'found' });
      return;
    }
    // Of what is bad the client has let nothing out: waiting wouldn't mend it.
    const taken = checked === 'open' ? 'unknown' : error.taken;
    if (taken === 'no' && error.code !== 'INVALID_INPUT') {
      await ledger.apply(batch, { kind: 'returned' });
      this.trouble(obstacleOf(error), error);
    } else if (taken === 'unknown') {
      await ledger.apply(batch, { kind: 'doubted', error });
      this.doubts += 1;
      if (error instanceof Redirected) evidence.redirected();
      // One goes wrong; two after each other mean that the gateway is not well: not everything shall end in doubt.
      if (this.doubts > 1) this.trouble('UNREACHABLE', error);
    } else if (only && others.length === 0) {
      await ledger.apply([only], { kind: 'refused', error });
    } else {
      const half = Math.ceil(batch.length / 2);
      this.toBeSent(batch);
      await this.submit(api, batch.slice(0, half));
      await this.submit(api, batch.slice(half));
    }
  }

  /** A push may have overtaken the answer: such SMS have moved on, but only the answer says their task. */
  private async noteTask(overtaken: readonly StoredSms[], task_id: number): Promise<void> {
    if (overtaken.length === 0) return;
    const { store, ledger } = this.options;
    const now = await store.sms(overtaken.map(({ id }) => id));
    await ledger.apply(
      now.filter((sms) => sms.task_id === undefined),
      { kind: 'tasked', task_id },
    );
  }

  private goesOn(): void {
    this.doubts = 0;
    this.backoff.end();
    this.options.onState(undefined);
  }

  private trouble(obstacle: Obstacle, error: Error): void {
    const isNews = obstacle !== this.backoff.obstacle;
    if (!this.stopped) this.backoff.start(obstacle);
    this.options.onState(obstacle);
    // Tried again and again, but said once.
    if (isNews) this.options.onFailure(error);
  }
}

const obstacleOf = ({ code }: GatewayError): Obstacle =>
  code === 'AUTH_REFUSED' || code === 'NO_PORT' || code === 'BAD_REPLY' ? code : 'UNREACHABLE';
