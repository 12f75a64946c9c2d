/**
 * Calls `action` when the signal aborts, at once where it has; never without a signal. Answers how to take that back, which
 * whoever is done has to do: a signal may outlive thousands of those who listened to it.
 */
export function whenAborted(signal: AbortSignal | undefined, action: () => void): () => void {
  if (signal?.aborted) action();
  else signal?.addEventListener('abort', action, { once: true });
  return () => signal?.removeEventListener('abort', action);
}
