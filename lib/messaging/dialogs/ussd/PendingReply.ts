import type { Clock, Timer } from '../../../clock';
import { orStopped } from '../orStopped';

/** A reply that somebody waits for. */
export class PendingReply {
  /** What came; undefined = nothing, so far. */
  text: string | undefined;
  private readonly over: Promise<void>;
  private end: () => void = () => undefined;

  constructor(private readonly clock: Clock) {
    this.over = new Promise((resolve) => {
      this.end = resolve;
    });
  }

  /** The reply. */
  found(text: string): void {
    this.text ??= text;
    this.end();
  }

  /** No reply is to come any more. */
  giveUp(): void {
    this.end();
  }

  /**
   * Resolves when the reply is there, none is to come any more, or `ms` and then `lastLook` have passed. Rejects with
   * `STOPPED` when the signal aborts.
   */
  async wait(ms: number, lastLook: () => Promise<void>, signal: AbortSignal): Promise<void> {
    let isOver = false;
    const over = this.over.then(() => {
      isOver = true;
    });
    await pauseOr(this.clock, ms, over, signal);
    if (!isOver) await pauseOr(this.clock, Number.POSITIVE_INFINITY, Promise.race([over, lastLook()]), signal);
  }
}

/** Resolves after `ms`, or when `other` does. Rejects with `STOPPED` when the signal aborts. */
export function pauseOr(
  clock: Clock,
  ms: number,
  other: Promise<void> | undefined,
  signal: AbortSignal,
): Promise<void> {
  let timer: Timer | undefined;
  const paused = new Promise<void>((resolve) => {
    if (Number.isFinite(ms)) timer = clock.after(Math.max(0, ms), resolve);
  });
  const end = other === undefined ? paused : Promise.race([paused, other]);
  return orStopped(end, signal).finally(() => timer?.cancel());
}
