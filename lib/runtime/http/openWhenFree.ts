import type { Clock } from '../../clock';
import { pause } from '../../concurrency';
import type { Endpoint } from './openEndpoint';
import { PlaceTaken } from './PlaceTaken';

/** How often a place that another one has is tried again, in ms. */
const AGAIN_MS = 5000;

/** What is done as a place is opened. */
export interface Opening {
  clock: Clock;
  /** Rejects with `PlaceTaken` where it can't be had now, and with what is for good. */
  open: () => Promise<Endpoint>;
  /** It can't be had: said once, and tried again if it is only now. */
  onClosed: (problem: Error) => void;
  /** It is open; `later` where that was told before. */
  onOpen: (later: boolean) => void;
}

/**
 * Opens the place where a node listens. What another one has now is taken as soon as that one is gone: a deploy that deletes
 * it alone doesn't start this node anew.
 */
export function openWhenFree({ clock, open, onClosed, onOpen }: Opening): Endpoint {
  const ending = new AbortController();
  const { signal } = ending;
  const opening = async (): Promise<Endpoint | undefined> => {
    for (let isTold = false; ; isTold = true) {
      try {
        const endpoint = await open();
        if (!signal.aborted) onOpen(isTold);
        return endpoint;
      } catch (error) {
        if (!isTold && !signal.aborted) onClosed(error as Error);
        if (!(error instanceof PlaceTaken)) return undefined;
      }
      if (!signal.aborted) await pause(clock, AGAIN_MS, signal);
      if (signal.aborted) return undefined;
    }
  };
  const opened = opening();
  return {
    close: async () => {
      ending.abort();
      await (await opened)?.close();
    },
  };
}
