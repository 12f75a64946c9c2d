import { orStopped } from './orStopped';

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
    try {
      await orStopped(before, signal);
      return leave;
    } catch (reason) {
      leave();
      throw reason;
    }
  }
}

/** The turns of each port of a gateway: USSD and SIM menus are two ways to the same telephone. */
export class PortTurns {
  private readonly turns = new Map<number, Turns>();

  /** @param port 0 to 31, checked by whoever asks */
  of(port: number): Turns {
    const known = this.turns.get(port);
    if (known) return known;
    const fresh = new Turns();
    this.turns.set(port, fresh);
    return fresh;
  }
}
