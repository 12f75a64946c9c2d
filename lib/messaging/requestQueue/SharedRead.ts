import { orAborted, whenAborted } from '../../concurrency';
import { type Kind, type Slot, stopped, theMoreUrgent } from './slot';

/** A read that waits for its turn on behalf of several askers. It is given up when all of them have gone. */
export class SharedRead<T> {
  /** The place it has in the queue. */
  readonly slot: Slot & { signal: AbortSignal };
  private readonly end = new AbortController();
  private askers = 0;
  private answer!: Promise<T>;

  constructor(kind: Kind) {
    this.slot = { kind, signal: this.end.signal };
  }

  /** Begins to wait; `leaves` is called when nobody may join any longer. */
  begin(ask: (slot: Slot) => Promise<T>, leaves: () => void): void {
    whenAborted(this.slot.signal, leaves);
    this.answer = ask(this.slot).finally(leaves);
  }

  /** Resolves with the common answer. Rejects with `STOPPED` when the asker's own signal aborts; the others go on waiting. */
  join({ kind, signal }: Slot): Promise<T> {
    this.slot.kind = theMoreUrgent(kind, this.slot.kind);
    this.askers += 1;
    if (signal === undefined) return this.answer;
    return orAborted(this.answer, signal, () => {
      this.askers -= 1;
      if (this.askers === 0) this.end.abort();
      return stopped();
    });
  }
}
