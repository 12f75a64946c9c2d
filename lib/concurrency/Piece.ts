import { whenAborted } from './whenAborted';

/** What may end something else with itself. */
export interface Ending {
  readonly signal: AbortSignal;
}

/** Something under way that can be ended. Its signal is made where it is asked for: of thousands that wait hardly one asks. */
export class Piece implements Ending {
  private own: AbortController | undefined;
  private release: (() => void) | undefined;

  /** @param outer what ends it, too, from when its signal is asked for */
  constructor(
    private readonly outer?: Ending,
    private isAborted = false,
  ) {}

  get signal(): AbortSignal {
    if (!this.own) {
      const own = new AbortController();
      this.own = own;
      if (this.isAborted) own.abort();
      else this.release = whenAborted(this.outer?.signal, () => own.abort());
    }
    return this.own.signal;
  }

  abort(): void {
    this.isAborted = true;
    this.own?.abort();
  }

  /** Ends the piece: no listener of it stays on what would have ended it. */
  end(): void {
    this.release?.();
  }
}
