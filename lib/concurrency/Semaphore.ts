import { whenAborted } from './whenAborted';

interface Waiting {
  weight: number;
  enter: () => void;
}

export interface SemaphoreOptions {
  /** How many may be in at a time. */
  places: number;
  /** How many may wait; by default any number. */
  most?: number;
  /** Makes what whoever gives up waiting is rejected with. */
  createAbortError: () => Error;
  /** The error of whoever comes when `most` wait already; by default that of giving up. */
  createFullError?: () => Error;
}

/**
 * A number of places that callers take and give back, first come, first served. Who needs to be alone takes all of them and
 * holds up those behind. With one place it is a mutex.
 */
export class Semaphore {
  readonly #queue: Waiting[] = [];
  #free: number;

  constructor(private readonly options: SemaphoreOptions) {
    this.#free = options.places;
  }

  /** How many may be in at a time. */
  get total(): number {
    return this.options.places;
  }

  /** Nobody is in, and nobody waits. */
  get isIdle(): boolean {
    return this.#free === this.options.places && this.#queue.length === 0;
  }

  /** How many wait. */
  get waiting(): number {
    return this.#queue.length;
  }

  /** Runs `work` in a place. Rejects as it does, and as {@link enter} does. */
  async run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    // Mostly nobody is there.
    if (this.#free < 1 || this.#queue.length > 0 || signal?.aborted) return this.#runLater(work, signal);
    this.#free -= 1;
    try {
      return await work();
    } finally {
      this.#free += 1;
      this.#admit();
    }
  }

  async #runLater<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const leave = await this.enter(1, signal);
    try {
      return await work();
    } finally {
      leave();
    }
  }

  /** Waits for `weight` places; the answer gives them back. Rejects when `signal` aborts first, or too many wait. */
  async enter(weight = 1, signal?: AbortSignal): Promise<() => void> {
    const { most = Number.POSITIVE_INFINITY, createAbortError, createFullError = createAbortError } = this.options;
    if (signal?.aborted) throw createAbortError();
    if (this.#queue.length >= most) throw createFullError();
    await new Promise<void>((resolve, reject) => {
      const waiting: Waiting = { weight, enter: resolve };
      const release = whenAborted(signal, () => {
        this.#queue.splice(this.#queue.indexOf(waiting), 1);
        reject(createAbortError());
        // Who was too heavy for the free places may have held up lighter ones.
        this.#admit();
      });
      waiting.enter = () => {
        release();
        resolve();
      };
      this.#queue.push(waiting);
      this.#admit();
    });
    let isIn = true;
    return () => {
      if (!isIn) return;
      isIn = false;
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
