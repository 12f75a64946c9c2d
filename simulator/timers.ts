/** The gateway's timers, kept together so that closing it ends them all. */
export class Timers {
  private readonly running = new Set<NodeJS.Timeout>();
  private closed = false;

  /** Runs `action` once after `ms` milliseconds; the answer calls it off. */
  after(ms: number, action: () => void): () => void {
    if (this.closed) return () => {};
    const timer = setTimeout(() => {
      this.running.delete(timer);
      action();
    }, ms);
    this.running.add(timer);
    return () => {
      clearTimeout(timer);
      this.running.delete(timer);
    };
  }

  /** Ends every timer. */
  clear(): void {
    for (const timer of this.running) clearTimeout(timer);
    this.running.clear();
  }

  /** Ends every timer and starts none any more. */
  close(): void {
    this.closed = true;
    this.clear();
  }
}
