import { orAborted } from '../../concurrency';
import { stopped } from '../requestQueue/slot';

/** Settles as `work` does, or rejects with `STOPPED` when the signal aborts first. */
export const orStopped = <T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> =>
  orAborted(work, signal, stopped);
