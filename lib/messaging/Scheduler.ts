import type { Clock, Timer } from '../clock';

export interface PeriodicTask {
  /** In how many ms there is something to do, 0 or less = now; undefined = nothing in sight. */
  due: () => Promise<number | undefined>;
  /** Does a bounded part of it. */
  run: () => Promise<unknown>;
  /** The least time between two looks, in ms; absent = none. For what is asked for with every SMS and needn't be that exact. */
  lookPauseMs?: number;
  /** The least time from the end of one run to the next, in ms; absent = none. For what has a gateway asked again and again. */
  runPauseMs?: number;
}

/** For what asks the store, and is told to look with every SMS: no moment of these needs to be kept more exactly. */
export const LOOK_PAUSE_MS = 250;

// A task that fails (gateway or store away) is tried again, but not in a tight loop.
const RETRY_PAUSE_MS = 2000;

/** Runs a task when it is due, never twice at once. `look()` after anything that may have changed the time. */
export class Scheduler {
  private timer: Timer | undefined;
  /** When that is (monotonic). */
  private planned: number | undefined;
  private running = false;
  private again = false;
  private resting = false;
  private stopped = false;
  /** When the last look ended (monotonic). */
  private lookedAt = Number.NEGATIVE_INFINITY;
  /** When the last run ended (monotonic). */
  private ranAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly clock: Clock,
    private readonly periodicTask: PeriodicTask,
    private readonly onFailure: (error: Error) => void,
  ) {}

  look(): void {
    if (this.running) this.again = true;
    if (this.running || this.resting || this.stopped) return;
    const soon = this.lookPause > 0 ? this.lookedAt + this.lookPause - this.clock.monotonic() : 0;
    const rest = Math.max(soon, this.restAfterRun());
    if (rest > 0) this.planBy(rest);
    else this.lookNow();
  }

  private get lookPause(): number {
    return this.periodicTask.lookPauseMs ?? 0;
  }

  private restAfterRun(): number {
    const { runPauseMs = 0 } = this.periodicTask;
    return runPauseMs > 0 ? this.ranAt + runPauseMs - this.clock.monotonic() : 0;
  }

  private lookNow(): void {
    this.running = true;
    this.again = false;
    this.timer?.cancel();
    this.planned = undefined;
    void this.step().then((pause) => {
      this.running = false;
      this.lookedAt = this.clock.monotonic();
      if (this.stopped) return;
      if (pause !== undefined) this.planBy(pause);
      if (this.again && !this.resting) this.planBy(Math.max(this.lookPause, this.restAfterRun()));
    });
  }

  stop(): void {
    this.stopped = true;
    this.timer?.cancel();
  }

  /** Resolves with the time until the next step, in ms: one part a step, so that a long task leaves others their turn. */
  private async step(): Promise<number | undefined> {
    const { periodicTask } = this;
    try {
      const first = await periodicTask.due();
      const isDue = first !== undefined && first <= 0 && !this.stopped;
      if (isDue) await periodicTask.run();
      if (isDue) this.ranAt = this.clock.monotonic();
      const next = isDue && !this.stopped ? await periodicTask.due() : first;
      return next === undefined ? undefined : Math.max(0, next, this.restAfterRun());
    } catch (error) {
      this.onFailure(error as Error);
      this.resting = true;
      return RETRY_PAUSE_MS;
    }
  }

  /** The next look is in so many ms, unless there is one before. */
  private planBy(ms: number): void {
    const at = this.clock.monotonic() + ms;
    if (this.planned !== undefined && this.planned <= at) return;
    this.planned = at;
    this.timer?.cancel();
    this.timer = this.clock.after(ms, () => {
      this.resting = false;
      this.lookNow();
    });
  }
}
