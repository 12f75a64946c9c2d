/** Calls `action` once after `ms` milliseconds; the answer calls it off. */
export type Schedule = (ms: number, action: () => void) => () => void;

/** The machine's own timers. */
export const machineSchedule: Schedule = (ms, action) => {
  const timer = setTimeout(action, ms);
  return () => clearTimeout(timer);
};

/** The gateway's timers, kept together so that closing it ends them all. */
export class Timers {
  private readonly running = new Set<() => void>();
  private closed = false;

  constructor(private readonly schedule: Schedule) {}

  /** Runs `action` once after `ms` milliseconds; the answer calls it off. */
  after(ms: number, action: () => void): () => void {
    if (this.closed) return () => {};
    const cancel = this.schedule(ms, () => {
      this.running.delete(cancel);
      action();
    });
    this.running.add(cancel);
    return () => {
      cancel();
      this.running.delete(cancel);
    };
  }

  /** Ends every timer. */
  clear(): void {
    for (const cancel of this.running) cancel();
    this.running.clear();
  }

  /** Ends every timer and starts none any more. */
  close(): void {
    this.closed = true;
    this.clear();
  }
}
