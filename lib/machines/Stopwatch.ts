import type { Clock } from '../clock';

/** Some systems tell their uptime in whole seconds. */
const UPTIME_STEP_MS = 1000;

/** How much time has passed, the time included in which the machine was asleep. */
export class Stopwatch {
  private readonly monotonic: number;
  private readonly uptime: number;

  /** Begins now. */
  constructor(private readonly clock: Clock) {
    this.monotonic = clock.monotonic();
    this.uptime = clock.uptime();
  }

  /** In ms; never less than has passed by the monotonic clock. */
  get elapsed(): number {
    const { clock } = this;
    return Math.max(clock.monotonic() - this.monotonic, clock.uptime() - this.uptime - UPTIME_STEP_MS);
  }
}
