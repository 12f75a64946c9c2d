import type { Clock, Random } from '../../clock';
import { type GatewayClient, GatewayError } from '../../gateway-api';
import { envelopeOf, laneOf, type SmsChange, type Stage, type Store, type StoredSms } from '../../store';
import type { Line } from '../line/line';
import { type Changed, movedBy } from '../outcome/changed';
import type { Ports } from '../ports';
import { type Admission, admitted, countLanes } from './admission';
import { type Combine, companions, compose, fitting, MOST_RECIPIENTS } from './compose';
import { HoldOff, type Obstacle } from './holdOff';
import { accepted, refused, unknown, waitAgain } from './verdict';

type Api = Pick<GatewayClient, 'sendSms' | 'getPortInfo' | 'querySmsInQueue'>;

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
  /** Told when the line meets an obstacle, or goes on. */
  state: (obstacle: Obstacle | undefined) => void;
  /** When an SMS accepted now is first asked for. */
  firstPoll: (now: number) => number;
  /** A failure of our own, not the gateway's. */
  failed: (error: Error) => void;
}

/** Lets waiting SMS out: at once when the line is free, together what waits meanwhile (decision 1). */
export class Sender {
  readonly holdOff: HoldOff;
  private readonly asked = new Set<'sms' | 'sms-high'>();
  private stopped = false;

  constructor(private readonly options: SenderOptions) {
    this.holdOff = new HoldOff(options.clock, options.random, () => this.wake());
  }

  /** Something may be able to leave: new SMS, room in the gateway, a changed configuration. */
  wake(priority: 'high' | 'normal' = 'normal'): void {
    const kind = priority === 'high' ? 'sms-high' : 'sms';
    if (this.stopped || this.holdOff.holding || this.asked.has(kind)) return;
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

  stop(): void {
    this.stopped = true;
    this.holdOff.stop();
  }

  private async turn(api: Api): Promise<void> {
    if (this.stopped || this.holdOff.holding) return;
    const batch = await this.nextBatch(api);
    if (batch.length === 0) return;
    const { store, clock, gateways } = this.options;
    const begun: StoredSms[] = [];
    for (const gateway of gateways()) {
      const own = batch.filter((sms) => sms.gateway === gateway).map((sms) => sms.id);
      if (own.length > 0) begun.push(...(await store.begin({ gateway, at: clock.now(), sms: own })));
    }
    if (begun.length > 0) await this.submit(api, begun);
    this.wake();
  }

  /** What leaves with the next request: the head of the queue and what may travel with it. */
  private async nextBatch(api: Api): Promise<StoredSms[]> {
    const { store, clock, admission, ports, combine, combineBytes } = this.options;
    const gateways = this.options.gateways();
    const closedLanes = new Set<string>();
    const counts =
      admission.queueLimit === 0 ? new Map<string, number>() : countLanes(await store.laneCounts(gateways));
    for (;;) {
      const now = clock.now();
      const [head] = await store.waiting({ gateways, limit: 1, now, closedLanes });
      if (!head) break;
      // An alarm doesn't wait for an answer about ports that it isn't counted against.
      if (head.priority !== 'high' && ports.stale) await ports.learn(api);
      const room = admission.room(laneOf(head), counts);
      if (head.priority === 'high' || room > 0) {
        const like = { envelope: envelopeOf(head), ...companions(head, combine()) };
        const crowd = await store.waiting({ gateways, limit: MOST_RECIPIENTS, now, closedLanes, like });
        return fitting(admitted(crowd, room), combineBytes());
      }
      closedLanes.add(laneOf(head));
    }
    if (closedLanes.size > 0) {
      ports.waitForRoom();
      this.options.state(admission.readyPorts?.size === 0 ? 'NO_PORT' : undefined);
    }
    return [];
  }

  /** Sends SMS whose intent is written, and writes down what came of it. What is refused together is tried in halves. */
  private async submit(api: Api, batch: StoredSms[]): Promise<void> {
    const { clock, firstPoll, admission } = this.options;
    try {
      const reply = await api.sendSms(compose(batch));
      admission.inQueue = reply.sms_in_queue ?? 0;
      this.holdOff.end();
      this.options.state(undefined);
      const now = clock.now();
      await this.settle(accepted(batch, reply, now, firstPoll(now)));
      await this.noteTask(batch, reply.task_id);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      await this.unaccepted(api, batch, error);
    }
  }

  private async unaccepted(api: Api, batch: StoredSms[], error: GatewayError): Promise<void> {
    const { clock, firstPoll } = this.options;
    const now = clock.now();
    const [only, ...others] = batch;
    // The client has checked this request and let nothing out: waiting wouldn't mend it.
    const isBad = error.taken === 'refused' || error.code === 'INVALID_INPUT';
    if (!isBad && error.taken === 'no') {
      await this.settle(waitAgain(batch));
      this.trouble(obstacleOf(error), error);
    } else if (error.taken === 'unknown') {
      await this.settle(unknown(batch, error, now, firstPoll(now)));
    } else if (only && others.length === 0) {
      await this.settle([refused(only, error, now)]);
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
  private async noteTask(batch: readonly StoredSms[], task_id: number | undefined): Promise<void> {
    if (task_id === undefined) return;
    const now = await this.options.store.sms(batch.map(({ id }) => id));
    const overtaken = now.filter((sms) => sms.task_id === undefined);
    if (overtaken.length > 0) await this.options.store.change(overtaken.map(({ id }) => ({ id, task_id })));
  }

  private trouble(obstacle: Obstacle, error: Error): void {
    const isNews = obstacle !== this.holdOff.obstacle;
    if (!this.stopped) this.holdOff.start(obstacle);
    this.options.state(obstacle);
    // Tried again and again, but said once.
    if (isNews) this.options.failed(error);
  }
}

const SUBMITTED: readonly Stage[] = ['submitting'];

const obstacleOf = ({ code }: GatewayError): Obstacle =>
  code === 'AUTH_REFUSED' || code === 'NO_PORT' || code === 'BAD_REPLY' ? code : 'UNREACHABLE';
