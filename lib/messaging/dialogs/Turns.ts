import { stopped } from '../line/turn';

/** Who may use a port: one after the other, in the order in which they came. */
export class Turns {
  private last: Promise<void> = Promise.resolve();

  /**
   * Resolves with `leave` when all before have left. Rejects with `STOPPED` when the signal aborts first; whoever waits
   * behind goes on all the same.
   */
  async enter(signal?: AbortSignal): Promise<() => void> {
    const before = this.last;
    let leave: () => void = () => undefined;
    const own = new Promise<void>((resolve) => {
      leave = resolve;
    });
    this.last = before.then(() => own);
    await Promise.race([before, aborted(signal)]);
    if (!signal?.aborted) return leave;
    leave();
    throw stopped();
  }
}

/** Resolves when the signal aborts. */
export function aborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) resolve();
    else signal?.addEventListener('abort', () => resolve(), { once: true });
  });
}
