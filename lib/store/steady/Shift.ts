import type { Clock, Timer } from '../../clock';
import { ClockSteps } from './ClockSteps';
import type { TimeBase } from './TimeBase';

/** How old the note of the time may get while things are stored, and how often a step is looked for, in ms. */
const NOTE_MAX_AGE_MS = 60_000;
const STEP_CHECK_INTERVAL_MS = 10_000;

/**
 * What lies between the wall clock and one that never steps, in ms, noted for the next process. Where the clock shows less than it
 * did when a former process noted it last, it has been set back: no time has passed.
 */
export class Shift {
  private readonly steps: ClockSteps;
  private shift = 0;
  /** When the note was last written (monotonic, in ms). */
  private notedAt = Number.NEGATIVE_INFINITY;
  private loaded: Promise<void> | undefined;
  private timer: Timer | undefined;

  constructor(
    private readonly time: TimeBase,
    private readonly clock: Clock,
  ) {
    this.steps = new ClockSteps(clock);
  }

  /** Begins to look for steps; what a former process has noted is read anew. */
  begin(): void {
    this.loaded = undefined;
    this.timer?.cancel();
    this.watch();
  }

  /** Looks for steps no more; resolves when the last one is noted, or can't be. */
  async end(): Promise<void> {
    this.timer?.cancel();
    if (this.loaded === undefined) return;
    this.current();
    await this.note();
  }

  /** Resolves with what is to be taken off a moment before it is looked for. Rejects where the note can't be read. */
  async reading(): Promise<number> {
    this.loaded ??= this.load().catch((error: Error) => {
      // Whoever asks next tries again.
      this.loaded = undefined;
      throw error;
    });
    await this.loaded;
    return this.current();
  }

  /** As {@link reading}, before something is kept: a later process must know how late it was then. */
  async writing(): Promise<number> {
    const by = await this.reading();
    if (this.clock.monotonic() - this.notedAt >= NOTE_MAX_AGE_MS) void this.note();
    return by;
  }

  /** What is to be added to a stored moment now. */
  current(): number {
    const step = this.steps.take();
    if (step !== 0) {
      this.shift += step;
      void this.note();
    }
    return this.shift;
  }

  private async load(): Promise<void> {
    const shift = await this.time.read(this.clock);
    // A step before this was already part of what the clock shows.
    this.steps.take();
    this.shift = shift;
  }

  /** Never rejects: what can't be noted now is noted with what is kept next. */
  private async note(): Promise<void> {
    this.notedAt = this.clock.monotonic();
    try {
      await this.time.keep(this.shift, this.clock.now());
    } catch {
      this.notedAt = Number.NEGATIVE_INFINITY;
    }
  }

  // A step must be noted even while nothing is asked for: the next process can't see it any more.
  private watch(): void {
    this.timer = this.clock.after(STEP_CHECK_INTERVAL_MS, () => {
      if (this.loaded !== undefined) this.current();
      this.watch();
    });
  }
}
