import { whenAborted } from './whenAborted';

/** Settles as `work` does, or rejects with `reason()` when the signal aborts first. Leaves nothing on the signal. */
export async function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined, reason: () => Error): Promise<T> {
  if (signal === undefined) return work;
  let release = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    release = whenAborted(signal, () => reject(reason()));
  });
  try {
    return await Promise.race([aborted, work]);
  } finally {
    release();
  }
}
