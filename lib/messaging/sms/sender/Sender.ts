import type { Clock, Random } from '../../../clock';
import { type GatewayClient, GatewayError } from '../../../gateway-api';
import type { SmsChange, Stage, Store, StoredSms } from '../../../store';
import type { Line } from '../../line/line';
import type { Ports } from '../../ports';
import type { Evidence } from '../evidence/Evidence';
import { type Changed, movedBy } from '../ledger/changed';
import { accepted, inDoubt, refused, waitAgain } from '../ledger/verdict';
import type { Admission } from './Admission';
import { Backoff, type Obstacle } from './Backoff';
import { Batches } from './Batches';
import { type Combine, compose } from './compose';
import { Fuse } from './Fuse';

type Api = Pick<GatewayClient, 'sendSms' | 'getPortInfo' | 'querySmsInQueue' | 'querySmsResult'>;

export interface SenderOptions {
  line: Line<Api>;
  store: Store;
  clock: Clock;
  random: Random;
  /** The config nodes whose SMS go over this line. */
  gateways: () => string[];
  combine: () => Combine;
  /** Size of one combined request in bytes. */
  combineBytes: () => number;
  admission: Admission;
  changed: Changed;
  ports: Ports;
  evidence: Evidence;
  maxPerHour: () => number;
  /** Told when a request has come to its end, whatever that was. */
  sent: () => void;
  /** Told when a request was taken that left at that moment (monotonic). */
  taken: (task_id: number, begunAt: number) => void;
  /** Told when the line meets an obstacle, or goes on. */
  state: (obstacle: Obstacle | undefined) => void;
  /** When an SMS accepted now is first asked for. */
  firstPoll: (now: number) => number;
  /** A failure of our own, not the gateway's. */
  failed: (error: Error) => void;
}

/** Lets waiting SMS out: at once when the line is free, together what waits meanwhile (decision 1). */
export class Sender {
  readonly backoff: Backoff;
  private readonly asked = new Set<'sms' | 'sms-high'>();
  /** The SMS of requests under way, each with the end of its request. */
  private readonly sending = new Map<number, Promise<void>>();
  readonly fuse: Fuse;
  private readonly batches: Batches;
  /** Requests in doubt since the last one that was answered. */
  private doubts = 0;
  /** Ends with the choice of a batch that is being made. */
  private choosing: Promise<unknown> = Promise.resolve();
  private stopped = false;

  constructor(private readonly options: SenderOptions) {
    const wake = (): void => this.wake();
    this.backoff = new Backoff(options.clock, options.random, wake);
    this.fuse = new Fuse({ ...options, opens: wake });
    this.batches = new Batches({ ...options, fuse: this.fuse });
  }

  /** Something may be able to leave: new SMS, room in the gateway, a changed configuration. */
  wake(priority: 'high' | 'normal' = 'normal'): void {
    const kind = priority === 'high' ? 'sms-high' : 'sms';
    if (this.stopped || this.backoff.holding || this.asked.has(kind)) return;
    this.asked.add(kind);
    this.options.line
      .ask({ kind }, (api) => {
        this.asked.delete(kind);
        return this.turn(api);
      })
      .catch((error: Error) => {
        this.asked.delete(kind);
        if (!(error instanceof GatewayError && error.code === 'STOPPED')) this.trouble('STORE_UNAVAILABLE', error);
      });
  }

  /** Whether an SMS's request is on its way. */
  isSending(sms: number): boolean {
    return this.sending.has(sms);
  }

  /** Resolves when an SMS's request has come to its end. */
  answered(sms: number): Promise<void> | undefined {
    return this.sending.get(sms);
  }

  stop(): void {
    this.stopped = true;
    this.backoff.stop();
    this.fuse.stop();
  }

  private async turn(api: Api): Promise<void> {
    if (this.stopped || this.backoff.holding) return;
    const { batch, begun, end } = await this.oneAtATime(() => this.choose(api));
    if (batch.length === 0) return;
    // Where several requests go at a time, the next one needn't wait for this one's answer.
    this.wake();
    try {
      if (begun.length > 0) await this.submit(api, begun);
    } finally {
      end();
      this.options.sent();
    }
    this.wake();
  }

  /** Two requests must not choose the same SMS, nor each fill the room that is there but once: fuse and queue limit. */
  private oneAtATime<T>(choose: () => Promise<T>): Promise<T> {
    const chosen = this.choosing.then(choose);
    this.choosing = chosen.catch(() => undefined);
    return chosen;
  }

  /** What leaves next, its intent written; `end` is to be called when its request has come to its end. */
  private async choose(api: Api): Promise<{ batch: StoredSms[]; begun: StoredSms[]; end: () => void }> {
    const batch = await this.batches.next(api);
    if (batch.length > 0) await this.options.evidence.read(api);
    let ended: () => void = () => undefined;
    const answered = new Promise<void>((resolve) => {
      ended = resolve;
    });
    const end = (): void => {
      for (const { id } of batch) this.sending.delete(id);
      ended();
    };
    for (const { id } of batch) this.sending.set(id, answered);
    try {
      return { batch, begun: await this.begin(batch), end };
    } catch (error) {
      end();
      throw error;
    }
  }

  /** Writes the intent down, with what will tell later whether the gateway took them. */
  private async begin(batch: readonly StoredSms[]): Promise<StoredSms[]> {
    const { store, clock, gateways, admission, evidence } = this.options;
    const { newest, task_id } = evidence;
    const begun: StoredSms[] = [];
    for (const gateway of gateways()) {
      const sms = batch.filter((one) => one.gateway === gateway).map(({ id }) => id);
      const known = {
        in_queue: admission.inQueue,
        ...(newest && { newest }),
        ...(task_id !== undefined && { task_id }),
      };
      if (sms.length > 0) begun.push(...(await store.begin({ gateway, at: clock.now(), sms, ...known })));
    }
    return begun;
  }

  /** Sends SMS whose intent is written, and writes down what came of it. What is refused together is tried in halves. */
  private async submit(api: Api, batch: StoredSms[]): Promise<void> {
    const { clock, firstPoll, admission, evidence } = this.options;
    const begunAt = clock.monotonic();
    const taskBefore = evidence.task_id;
    try {
      const reply = await api.sendSms(compose(batch));
      admission.inQueue = reply.sms_in_queue ?? admission.inQueue;
      this.doubts = 0;
      this.backoff.end();
      this.options.state(undefined);
      const now = clock.now();
      await this.settle(accepted(batch, reply, now, firstPoll(now)));
      if (reply.task_id !== undefined) await this.noteTask(batch, reply.task_id, { begunAt, taskBefore });
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      await this.unaccepted(api, batch, error);
    }
  }

  private async unaccepted(api: Api, batch: StoredSms[], error: GatewayError): Promise<void> {
    const { clock, evidence } = this.options;
    const [only, ...others] = batch;
    if (error.code === 'UNREACHABLE') evidence.interrupted();
    // The client has checked this request and let nothing out: waiting wouldn't mend it.
    const isBad = error.taken === 'refused' || error.code === 'INVALID_INPUT';
    if (!isBad && error.taken === 'no') {
      await this.settle(waitAgain(batch));
      this.trouble(obstacleOf(error), error);
    } else if (error.taken === 'unknown') {
      await this.settle(inDoubt(batch, error));
      this.doubts += 1;
      // One goes wrong; two after each other mean that the gateway is not well: not everything shall end in doubt.
      if (this.doubts > 1) this.trouble('UNREACHABLE', error);
    } else if (only && others.length === 0) {
      await this.settle([refused(only, error, clock.now())]);
    } else {
      const half = Math.ceil(batch.length / 2);
      await this.submit(api, batch.slice(0, half));
      await this.submit(api, batch.slice(half));
    }
  }

  private async settle(changes: SmsChange[]): Promise<void> {
    await this.options.changed(await this.options.store.change(changes, SUBMITTED), movedBy(changes));
  }

  /** A push may have overtaken the answer: such an SMS has moved on, but only the answer says its task. */
  private async noteTask(
    batch: readonly StoredSms[],
    task_id: number,
    { begunAt, taskBefore }: { begunAt: number; taskBefore: number | undefined },
  ): Promise<void> {
    const { store, evidence, taken } = this.options;
    const now = await store.sms(batch.map(({ id }) => id));
    const overtaken = now.filter((sms) => sms.task_id === undefined);
    if (overtaken.length > 0) await store.change(overtaken.map(({ id }) => ({ id, task_id })));
    evidence.accepted(task_id, taskBefore);
    taken(task_id, begunAt);
  }

  private trouble(obstacle: Obstacle, error: Error): void {
    const isNews = obstacle !== this.backoff.obstacle;
    if (!this.stopped) this.backoff.start(obstacle);
    this.options.state(obstacle);
    // Tried again and again, but said once.
    if (isNews) this.options.failed(error);
  }
}

const SUBMITTED: readonly Stage[] = ['submitting'];

const obstacleOf = ({ code }: GatewayError): Obstacle =>
  code === 'AUTH_REFUSED' || code === 'NO_PORT' || code === 'BAD_REPLY' ? code : 'UNREACHABLE';
