import type { Clock } from '../clock';
import { whenAborted } from './whenAborted';

/** Resolves after `ms` milliseconds, or as soon as the signal aborts; leaves neither a timer nor a listener. */
export function pause(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    let release = (): void => undefined;
    const timer = clock.after(ms, () => {
      release();
      resolve();
    });
    release = whenAborted(signal, () => {
      timer.cancel();
      resolve();
    });
  });
}

/** Settles as `work` does, or resolves with undefined after `ms` milliseconds. Leaves no timer. */
export async function atMost<T>(clock: Clock, ms: number, work: Promise<T>): Promise<T | undefined> {
  const over = new AbortController();
  try {
    return await Promise.race([work, pause(clock, ms, over.signal).then(() => undefined)]);
  } finally {
    over.abort();
  }
}
