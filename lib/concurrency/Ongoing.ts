import { whenAborted } from './whenAborted';

/**
 * Pieces of work under way that one thing can end. Each has a signal of its own, which is gone with the piece: whatever it
 * leaves on its signal can't pile up on one that lives as long as a node or a gateway.
 */
export class Ongoing {
  private readonly pieces = new Set<AbortController>();
  private readonly waiting: (() => void)[] = [];
  private isOver = false;

  /** Nothing is under way. */
  get isIdle(): boolean {
    return this.pieces.size === 0;
  }

  /** Runs `work`; its signal aborts when `abort` is called, or `outer` aborts. */
  async run<T>(work: (signal: AbortSignal) => Promise<T>, outer?: AbortSignal): Promise<T> {
    const own = new AbortController();
    if (this.isOver) own.abort();
    this.pieces.add(own);
    const release = whenAborted(outer, () => own.abort());
    try {
      return await work(own.signal);
    } finally {
      release();
      this.pieces.delete(own);
      if (this.isIdle) for (const resolve of this.waiting.splice(0)) resolve();
    }
  }

  /** Resolves when nothing is under way any more, what begins meanwhile included. */
  async settled(): Promise<void> {
    while (!this.isIdle) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  /** Ends what is under way, and what begins from now on at once. */
  abort(): void {
    this.isOver = true;
    for (const piece of this.pieces) piece.abort();
  }
}
