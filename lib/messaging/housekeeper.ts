import type { Clock, Timer } from '../clock';

export interface Chore {
  /** When there is something to do (ms since 1970); undefined = nothing in sight. */
  due: () => Promise<number | undefined>;
  /** Does a bounded part of it. */
  run: () => Promise<void>;
}

// A chore that fails (gateway or store away) is tried again, but not in a tight loop.
const AFTER_FAILURE = 2000;

/** Runs a chore when it is due, never twice at once. `look()` after anything that may have changed the time. */
export class Housekeeper {
  private timer: Timer | undefined;
  private running = false;
  private again = false;
  private stopped = false;

  constructor(
    private readonly clock: Clock,
    private readonly chore: Chore,
    private readonly failed: (error: Error) => void,
  ) {}

  look(): void {
    if (this.running) {
      this.again = true;
      return;
    }
    this.running = true;
    this.again = false;
    void this.step().finally(() => {
      this.running = false;
      if (this.again && !this.stopped) this.look();
    });
  }

  stop(): void {
    this.stopped = true;
    this.timer?.cancel();
  }

  private async step(): Promise<void> {
    this.timer?.cancel();
    this.timer = undefined;
    try {
      let due = await this.chore.due();
      while (!this.stopped && due !== undefined && due <= this.clock.now()) {
        await this.chore.run();
        due = await this.chore.due();
      }
      if (!this.stopped && due !== undefined) this.plan(due - this.clock.now());
    } catch (error) {
      this.failed(error as Error);
      if (!this.stopped) this.plan(AFTER_FAILURE);
    }
  }

  private plan(ms: number): void {
    this.timer = this.clock.after(ms, () => {
      this.timer = undefined;
      this.look();
    });
  }
}
