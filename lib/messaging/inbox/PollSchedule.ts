import type { Clock } from '../../clock';

/** A gateway that can't be asked is asked less and less often, but at least once a minute (in ms). */
const LONGEST_INTERVAL_MS = 60_000;
/** After a poll that took longer than the interval others have their turn first (in ms). */
const PAUSE_AFTER_SLOW_POLL_MS = 1000;

/** When a gateway's incoming SMS are polled. */
export class PollSchedule {
  private begunAt = Number.NEGATIVE_INFINITY;
  private endedAt = Number.NEGATIVE_INFINITY;
  private failures = 0;
  private isSoon = false;

  constructor(private readonly clock: Clock) {}

  /** Something has come up that a poll answers: it isn't waited for. */
  soon(): void {
    this.isSoon = true;
  }

  /** A node has come, or was set anew: what failed before may work now. */
  anew(): void {
    this.isSoon = true;
    this.failures = 0;
  }

  /** The moment (monotonic) of the next poll, at the shortest of these intervals (ms). */
  next(intervals: readonly number[]): number {
    if (this.begunAt === Number.NEGATIVE_INFINITY) return this.clock.monotonic();
    const interval = Math.min(...intervals);
    const pause = Math.min(interval * 2 ** Math.min(this.failures, 10), Math.max(interval, LONGEST_INTERVAL_MS));
    if (this.isSoon && this.failures === 0) return this.clock.monotonic();
    return Math.max(this.begunAt + pause, this.endedAt + PAUSE_AFTER_SLOW_POLL_MS);
  }

  begun(): void {
    this.begunAt = this.clock.monotonic();
    this.isSoon = false;
  }

  ended(well: boolean): void {
    this.endedAt = this.clock.monotonic();
    this.failures = well ? 0 : this.failures + 1;
  }
}
