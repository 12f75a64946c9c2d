import { GatewayError } from './errors';

interface Waiting {
  weight: number;
  enter: () => void;
}

/**
 * A number of places that callers take and give back, first come, first served. Who needs to be alone takes all of them and
 * holds up those behind.
 */
export class Places {
  readonly #queue: Waiting[] = [];
  #free: number;

  constructor(readonly total: number) {
    this.#free = total;
  }

  /**
   * Waits for `weight` places; the answer gives them back. Rejects with `STOPPED` when `signal` aborts first.
   */
  async enter(weight: number, signal?: AbortSignal): Promise<() => void> {
    if (signal?.aborted) throw stoppedBeforehand();
    await new Promise<void>((resolve, reject) => {
      const waiting: Waiting = { weight, enter: resolve };
      if (signal !== undefined) {
        const giveUp = (): void => {
          this.#queue.splice(this.#queue.indexOf(waiting), 1);
          reject(stoppedBeforehand());
          // Who was too heavy for the free places may have held up lighter ones.
          this.#admit();
        };
        signal.addEventListener('abort', giveUp, { once: true });
        waiting.enter = () => {
          signal.removeEventListener('abort', giveUp);
          resolve();
        };
      }
      this.#queue.push(waiting);
      this.#admit();
    });
    return () => {
      this.#free += weight;
      this.#admit();
    };
  }

  #admit(): void {
    for (let next = this.#queue[0]; next !== undefined && next.weight <= this.#free; next = this.#queue[0]) {
      this.#queue.shift();
      this.#free -= next.weight;
      next.enter();
    }
  }
}

function stoppedBeforehand(): GatewayError {
  return new GatewayError('STOPPED', 'The request was given up before it was sent.', 'no');
}
