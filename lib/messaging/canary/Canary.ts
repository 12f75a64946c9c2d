import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock';
import { GatewayError, type IncomingSms } from '../../gateway-api';
import type { Store } from '../../store';
import type { PeriodicTask } from '../Scheduler';
import { CanaryLine, type CanaryLineOptions } from './CanaryLine';
import { CanaryState } from './CanaryState';
import type { NumbersGiven } from './numberOf';
import { chooseRoute } from './route';
import { verdictOf } from './verdict';

/** What a watch node wants of the test SMS of a gateway. */
export interface CanarySchedule extends NumbersGiven {
  /** Ms between two of them. */
  every: number;
}

/** What is known of a gateway's test SMS. */
export interface CanaryFacts {
  /** How many have failed in a row; undefined while nobody knows. */
  failures: number | undefined;
  /** When one arrived last (ms since 1970), and how many seconds it took. */
  arrivedAt?: number;
  seconds?: number;
}

export interface CanaryOptions extends CanaryLineOptions {
  store: Pick<Store, 'durable' | 'notes' | 'putNotes' | 'recipients'>;
  address: string;
  /** The config nodes of the gateway. */
  members: ReadonlySet<string>;
  /** Whether it is this machine that talks to the gateway. */
  isOurs: () => boolean;
  /** Told when there is something to do sooner. */
  onDue: () => void;
  /** Worth a line in the log. */
  onFailure: (error: Error) => void;
}

const MINUTE_MS = 60_000;
/** How often it is looked whether one that is under way has arrived. */
const LOOK_MS = 20_000;
/** A test SMS that hasn't arrived so long after it left has failed. */
const ARRIVES_WITHIN_MS = 5 * MINUTE_MS;
/** The first that fails is tried again sooner; so is one that couldn't leave. */
const AGAIN_AFTER_MS = 15 * MINUTE_MS;
const UNSENT_AGAIN_AFTER_MS = 60 * MINUTE_MS;

const REASONS = {
  sims: 'fewer than two of its SIMs are ready',
  numbers: 'the number of no other SIM is known, neither to the gateway nor by the watch node',
} as const;

/**
 * The test SMS of one gateway, from one of its SIMs to another by the clock: that each arrives proves that the line works. It
 * leaves through the queue, so plans and limits hold for it; flows aren't told when it comes in (docs/decisions/0065).
 */
export class Canary implements PeriodicTask {
  private readonly schedules = new Set<CanarySchedule>();
  private readonly state: CanaryState;
  private readonly line: CanaryLine;
  private readonly clock: Clock;
  /** When this process began with it (monotonic, in ms). */
  private readonly began: number;
  /** The test SMS that came in last. */
  private arrived: string | undefined;
  /** When there is something to look at, at the earliest (monotonic, in ms). */
  private lookAt = Number.NEGATIVE_INFINITY;
  /** Why none could be sent, as it was said last. */
  private said: string | undefined;

  constructor(private readonly options: CanaryOptions) {
    const { store, clock, address } = options;
    this.clock = clock;
    this.began = clock.monotonic();
    this.state = new CanaryState(store, clock, address);
    this.line = new CanaryLine(options);
  }

  /** A watch node wants them from now on; returns how it doesn't any more. */
  want(schedule: CanarySchedule): () => void {
    this.schedules.add(schedule);
    this.lookAt = Number.NEGATIVE_INFINITY;
    this.options.onDue();
    return () => this.schedules.delete(schedule);
  }

  /** Undefined where nobody wants any. */
  get facts(): CanaryFacts | undefined {
    if (this.schedules.size === 0) return undefined;
    const { failures, arrivedAt, seconds } = this.state.known ?? {};
    return { failures, ...(arrivedAt !== undefined && { arrivedAt }), ...(seconds !== undefined && { seconds }) };
  }

  /** Whether an incoming SMS is one of them; the one that is awaited has arrived then. */
  takes(sms: IncomingSms): boolean {
    const id = this.options.marks.idOf(sms);
    if (id === undefined) return false;
    // One of long ago, in an inbox that is read from its beginning, says nothing.
    const { last } = this.state.known ?? { last: { id } };
    if (last?.id === id) {
      this.arrived = id;
      this.options.onDue();
    }
    return true;
  }

  async due(): Promise<number | undefined> {
    if (this.schedules.size === 0 || this.options.members.size === 0) return undefined;
    if (!this.options.isOurs()) {
      // Another machine goes on from what is kept, and we from what it leaves.
      this.state.forget();
      return MINUTE_MS;
    }
    await Promise.all([this.state.load(), this.options.marks.load()]);
    if (this.hasArrived) return 0;
    const rest = this.lookAt - this.clock.monotonic();
    return this.state.known?.onAir ? rest : Math.max(rest, this.untilNext);
  }

  async run(): Promise<void> {
    const { onAir } = this.state.known ?? {};
    // Also where it fails.
    this.lookAt = this.clock.monotonic() + (onAir ? LOOK_MS : MINUTE_MS);
    try {
      if (this.hasArrived) await this.succeeded();
      else if (onAir) await this.look();
      else await this.launch();
    } catch (error) {
      // The gateway's troubles are told by the watch.
      if (!(error instanceof GatewayError)) throw error;
    }
  }

  /** Whether the last one has come in, which isn't noted yet. */
  private get hasArrived(): boolean {
    const { last, onAir, failures = 0 } = this.state.known ?? {};
    return last !== undefined && this.arrived === last.id && (onAir !== undefined || failures > 0);
  }

  /** Ms until the next one. */
  private get untilNext(): number {
    const { age, known } = this.state;
    // Where nothing lasts a process that starts again and again mustn't send one each time.
    if (age === undefined) return this.options.store.durable ? 0 : this.began + AGAIN_AFTER_MS - this.clock.monotonic();
    const every = Math.min(...[...this.schedules].map(({ every }) => every));
    if (known?.isUnsent) return Math.min(every, UNSENT_AGAIN_AFTER_MS) - age;
    return (known?.failures === 1 ? Math.min(every, AGAIN_AFTER_MS) : every) - age;
  }

  private async succeeded(): Promise<void> {
    const { onAir } = this.state.known ?? {};
    const now = this.clock.now();
    const verdict = verdictOf(onAir && (await this.line.sent(onAir)));
    const began = now - (this.state.age ?? 0);
    const left = verdict.is === 'away' ? (verdict.since ?? began) : began;
    const seconds = Math.max(0, Math.round((now - left) / 1000));
    await this.state.change({ failures: 0, onAir: undefined, arrivedAt: now, seconds });
  }

  private async look(): Promise<void> {
    const { onAir, failures = 0 } = this.state.known ?? {};
    if (!onAir) return;
    const verdict = verdictOf(await this.line.sent(onAir));
    if (verdict.is === 'unsent') await this.state.change({ onAir: undefined, isUnsent: true });
    if (verdict.is === 'failed') await this.state.change({ onAir: undefined, failures: failures + 1 });
    if (verdict.is !== 'away') return;
    const age = verdict.since === undefined ? (this.state.age ?? 0) : this.clock.now() - verdict.since;
    await this.line.readInbox(onAir.gateway);
    // Missing is only what was looked for after its time: it may have come in while nobody looked.
    if (!this.hasArrived && age >= ARRIVES_WITHIN_MS)
      await this.state.change({ onAir: undefined, failures: failures + 1 });
  }

  private async launch(): Promise<void> {
    const { line, state, options } = this;
    if (line.isSilent) return;
    if (line.hasTooFew) return this.say('sims');
    const { last, failures = 0 } = state.known ?? {};
    const route = chooseRoute(await line.sims([...this.schedules]), last, failures > 0);
    if ('missing' in route) return this.say(route.missing);
    this.said = undefined;
    const gateway = [...options.members].sort()[0] ?? '';
    // Its end is found before anything is sent; and the last one may be in it, late.
    await line.readInbox(gateway);
    if (this.hasArrived) return this.succeeded();
    const { from, to, number } = route;
    const onAir = { id: line.createId(), from, to, gateway, input: randomUUID() };
    const sendRequest = line.requestFor(onAir, number);
    await state.begin(onAir);
    this.lookAt = this.clock.monotonic() + LOOK_MS;
    try {
      await line.send(sendRequest);
    } catch (error) {
      await state.change({ onAir: undefined, isUnsent: true });
      throw error;
    }
  }

  private say(missing: keyof typeof REASONS): void {
    const why = REASONS[missing];
    if (why !== this.said) this.options.onFailure(new Error(`No test SMS is sent from SIM to SIM: ${why}.`));
    this.said = why;
  }
}
