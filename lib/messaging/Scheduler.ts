import type { Clock, Timer } from '../clock';

export interface PeriodicTask {
  /** In how many ms there is something to do, 0 or less = now; undefined = nothing in sight. */
  due: () => Promise<number | undefined>;
  /** Does a bounded part of it. */
  run: () => Promise<unknown>;
}

// A task that fails (gateway or store away) is tried again, but not in a tight loop.
const RETRY_PAUSE_MS = 2000;

/** Runs a task when it is due, never twice at once. `look()` after anything that may have changed the time. */
export class Scheduler {
  private timer: Timer | undefined;
  private running = false;
  private again = false;
  private resting = false;
  private stopped = false;

  constructor(
    private readonly clock: Clock,
    private readonly periodicTask: PeriodicTask,
    private readonly onFailure: (error: Error) => void,
  ) {}

  look(): void {
    this.again = this.running;
    if (this.running || this.resting || this.stopped) return;
    this.running = true;
    this.timer?.cancel();
    void this.step().then((pause) => {
      this.running = false;
      if (this.stopped) return;
      const wait = this.again && !this.resting ? 0 : pause;
      if (wait !== undefined) this.plan(wait);
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
      const next = isDue && !this.stopped ? await periodicTask.due() : first;
      return next === undefined ? undefined : Math.max(0, next);
    } catch (error) {
      this.onFailure(error as Error);
      this.resting = true;
      return RETRY_PAUSE_MS;
    }
  }

  private plan(ms: number): void {
    this.timer = this.clock.after(ms, () => {
      this.resting = false;
      this.look();
    });
  }
}
