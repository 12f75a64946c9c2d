import { Semaphore, type SemaphoreOptions } from './Semaphore';

/** One mutex a key, there only as long as somebody is in it or waits for it. */
export class KeyedMutex<Key> {
  private readonly byKey = new Map<Key, Semaphore>();

  constructor(private readonly options: Omit<SemaphoreOptions, 'places'>) {}

  /** Runs `work` when what was asked for the same key before has ended. Rejects as {@link Semaphore.enter} and `work` do. */
  async run<T>(key: Key, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const mutex = this.byKey.get(key) ?? new Semaphore({ ...this.options, places: 1 });
    this.byKey.set(key, mutex);
    try {
      return await mutex.run(work, signal);
    } finally {
      if (mutex.isIdle && this.byKey.get(key) === mutex) this.byKey.delete(key);
    }
  }
}
