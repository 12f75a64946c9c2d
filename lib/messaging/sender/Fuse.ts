import type { Clock, Timer } from '../../clock';
import type { Store } from '../../store';

const HOUR = 3600 * 1000;

/** At most so many SMS an hour (contract, `maxPerHour`): what a runaway flow sends beyond that waits instead of costing money. */
export class Fuse {
  private timer: Timer | undefined;

  constructor(
    private readonly options: {
      store: Store;
      clock: Clock;
      gateways: () => string[];
      /** 0 = no fuse. */
      maxPerHour: () => number;
      /** Called when there is room again. */
      opens: () => void;
    },
  ) {}

  /** How many SMS may leave now. When that is none, `opens` is called as soon as the oldest of the hour is an hour old. */
  async room(): Promise<number> {
    const { store, clock, gateways, maxPerHour } = this.options;
    const most = maxPerHour();
    if (most === 0) return Number.POSITIVE_INFINITY;
    const { count, oldest } = await store.submittedSince(gateways(), clock.now() - HOUR + 1);
    if (count >= most && oldest !== undefined) this.openAt(oldest + HOUR);
    return Math.max(0, most - count);
  }

  stop(): void {
    this.timer?.cancel();
  }

  private openAt(moment: number): void {
    const { clock, opens } = this.options;
    this.timer?.cancel();
    this.timer = clock.after(Math.max(0, moment - clock.now()), opens);
  }
}
