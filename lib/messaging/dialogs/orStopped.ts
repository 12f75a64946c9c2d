import { stopped } from '../line/turn';

/**
 * Settles as `work` does, or rejects with `STOPPED` when the signal aborts first. Leaves nothing on the signal: one of a node
 * lives as long as the node, and sees thousands of these.
 */
export function orStopped<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise<T>((resolve, reject) => {
    const leave = (): void => reject(stopped());
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
    void work.then(resolve, reject).then(() => signal.removeEventListener('abort', leave));
  });
}
