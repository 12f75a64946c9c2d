import type { Clock, Timer } from '../../../clock';
import { type GatewayClient, isRegistered, type PortInfo } from '../../../gateway-api';
import { Listeners } from '../../Listeners';
import type { Admission } from './Admission';

/** How long an answer about the ports is believed, in ms. */
const ANSWER_MAX_AGE_MS = 15_000;

/** Knows which ports are registered, as far as SMS have to wait for that. */
export class ReadyPorts {
  /** Until when the last answer is believed (monotonic). */
  private freshUntil = Number.NEGATIVE_INFINITY;
  private timer: Timer | undefined;
  /** When SMS had to wait for room the last time (monotonic). */
  private fullAt = Number.NEGATIVE_INFINITY;
  /** Told when it is worth looking again whether waiting SMS may leave. */
  readonly room = new Listeners<void>();
  /** Told of the ports that the gateway has. */
  readonly seen = new Listeners<readonly PortInfo[]>();

  constructor(
    private readonly clock: Clock,
    private readonly admission: Admission,
  ) {}

  /** True when SMS are being counted per port and nothing fresh is known of the ports. */
  get stale(): boolean {
    return this.admission.queueLimit > 0 && this.clock.monotonic() >= this.freshUntil;
  }

  /** Asks the gateway, in the turn that the caller has in the queue. Where it can't say, every port counts as ready (decision 3). */
  async learn(api: Pick<GatewayClient, 'getPortInfo' | 'querySmsInQueue'>): Promise<void> {
    this.freshUntil = this.clock.monotonic() + ANSWER_MAX_AGE_MS;
    this.admission.readyPorts = await this.readyPorts(api);
    if ((this.admission.inQueue ?? 0) > 0) this.admission.inQueue = await inQueue(api);
  }

  /** SMS wait for room: whether there is some is looked at again when the answer has grown old. */
  waitForRoom(): void {
    const now = this.clock.monotonic();
    this.fullAt = now;
    this.timer?.cancel();
    this.timer = this.clock.after(Math.max(0, this.freshUntil - now), () => this.room.tell());
  }

  /** Whether SMS wait for room. */
  get full(): boolean {
    return this.clock.monotonic() - this.fullAt < 2 * ANSWER_MAX_AGE_MS;
  }

  /** A port has registered or lost its SIM: what is known of the ports is out of date. */
  changed(): void {
    this.freshUntil = Number.NEGATIVE_INFINITY;
    this.room.tell();
  }

  stop(): void {
    this.timer?.cancel();
  }

  // Whatever is wrong shows with the SMS itself, where it has consequences.
  private async readyPorts(api: Pick<GatewayClient, 'getPortInfo'>): Promise<Set<number> | undefined> {
    try {
      const { info } = await api.getPortInfo({ info_type: ['reg'] });
      this.seen.tell(info);
      const told = info.filter(({ reg = '' }) => reg.trim() !== '');
      if (told.length === 0) return undefined;
      return new Set(told.filter(({ reg }) => isRegistered(reg)).map(({ port }) => port));
    } catch {
      return undefined;
    }
  }
}

// An old length would hold SMS up for as long as the gateway can't say a new one.
async function inQueue(api: Pick<GatewayClient, 'querySmsInQueue'>): Promise<number> {
  try {
    return (await api.querySmsInQueue()).in_queue;
  } catch {
    return 0;
  }
}
