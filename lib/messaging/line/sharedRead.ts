import { orAborted, whenAborted } from '../../concurrency';
import { type Kind, stopped, type Turn, theMoreUrgent } from './turn';

/** A read that waits for its turn on behalf of several askers. It is given up when all of them have gone. */
export class SharedRead<T> {
  /** The place it has on the line. */
  readonly turn: Turn & { signal: AbortSignal };
  private readonly end = new AbortController();
  private askers = 0;
  private answer!: Promise<T>;

  constructor(kind: Kind) {
    this.turn = { kind, signal: this.end.signal };
  }

  /** Begins to wait; `leaves` is called when nobody may join any longer. */
  begin(ask: (turn: Turn) => Promise<T>, leaves: () => void): void {
    whenAborted(this.turn.signal, leaves);
    this.answer = ask(this.turn).finally(leaves);
  }

  /** Resolves with the common answer. Rejects with `STOPPED` when the asker's own signal aborts; the others go on waiting. */
  join({ kind, signal }: Turn): Promise<T> {
    this.turn.kind = theMoreUrgent(kind, this.turn.kind);
    this.askers += 1;
    if (signal === undefined) return this.answer;
    return orAborted(this.answer, signal, () => {
      this.askers -= 1;
      if (this.askers === 0) this.end.abort();
      return stopped();
    });
  }
}
