import { type Ending, Piece } from './Piece';

/**
 * Pieces of work under way that one thing can end. Each has a signal of its own, which is gone with the piece: whatever it
 * leaves on its signal can't pile up on one that lives as long as a node or a gateway.
 */
export class Ongoing {
  private readonly pieces = new Set<Piece>();
  private readonly waiting: (() => void)[] = [];
  private isOver = false;

  /** Nothing is under way. */
  get isIdle(): boolean {
    return this.pieces.size === 0;
  }

  /** Runs `work`; its signal aborts when `abort` is called, or `outer` ends. */
  async run<T>(work: (piece: Ending) => Promise<T>, outer?: Ending): Promise<T> {
    const piece = new Piece(outer, this.isOver);
    this.pieces.add(piece);
    try {
      return await work(piece);
    } finally {
      piece.end();
      this.pieces.delete(piece);
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
