import type { Clock, Timer } from '../clock';

export interface Chore {
  /** In how many ms there is something to do, 0 or less = now; undefined = nothing in sight. */
  due: () => Promise<number | undefined>;
  /** Does a bounded part of it. */
  run: () => Promise<unknown>;
}

// A chore that fails (gateway or store away) is tried again, but not in a tight loop.
const AFTER_FAILURE = 2000;

/** Runs a chore when it is due, never twice at once. `look()` after anything that may have changed the time. */
export class Housekeeper {
  private timer: Timer | undefined;
  private running = false;
  private again = false;
  private resting = false;
  private stopped = false;

  constructor(
    private readonly clock: Clock,
    private readonly chore: Chore,
    private readonly failed: (error: Error) => void,
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

  /** Resolves with the time until the next step, in ms: one part a step, so that a long chore leaves others their turn. */
  private async step(): Promise<number | undefined> {
    const { chore } = this;
    try {
      const first = await chore.due();
      const isDue = first !== undefined && first <= 0 && !this.stopped;
      if (isDue) await chore.run();
      const next = isDue && !this.stopped ? await chore.due() : first;
      return next === undefined ? undefined : Math.max(0, next);
    } catch (error) {
      this.failed(error as Error);
      this.resting = true;
      return AFTER_FAILURE;
    }
  }

  private plan(ms: number): void {
    this.timer = this.clock.after(ms, () => {
      this.resting = false;
      this.look();
    });
  }
}
