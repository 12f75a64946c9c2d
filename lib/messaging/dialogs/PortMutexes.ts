import { Semaphore } from '../../concurrency';
import { GatewayError } from '../../gateway-api';
import { stopped } from '../requestQueue/slot';

/** How many may wait for a port: a dialogue takes seconds, so that the last of them waits for hours. */
export const MOST_WAITING = 1000;

/** Lets one dialogue at a time use a port, in the order in which they came. */
export class PortMutex {
  private readonly mutex: Semaphore;

  /** @param port told to who can't wait any more */
  constructor(port: number) {
    const full = (): Error => {
      const why = `${MOST_WAITING} others wait for port ${port} already`;
      return new GatewayError('BUSY', why, 'no');
    };
    this.mutex = new Semaphore({ places: 1, most: MOST_WAITING, createAbortError: stopped, createFullError: full });
  }

  /** Nobody uses the port, and nobody waits for it. */
  get isIdle(): boolean {
    return this.mutex.isIdle;
  }

  /**
   * Resolves with `leave` when all before have left. Rejects with `STOPPED` when the signal aborts first, with `BUSY` when
   * too many wait; whoever waits behind goes on all the same.
   */
  enter(signal?: AbortSignal): Promise<() => void> {
    return this.mutex.enter(1, signal);
  }
}

/** A mutex for each port of a gateway: USSD and SIM menus are two ways to the same telephone. */
export class PortMutexes {
  private readonly byPort = new Map<number, PortMutex>();

  /** @param port 0 to 31, checked by whoever asks */
  of(port: number): PortMutex {
    const known = this.byPort.get(port);
    if (known) return known;
    const fresh = new PortMutex(port);
    this.byPort.set(port, fresh);
    return fresh;
  }
}
