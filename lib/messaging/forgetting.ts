import type { Clock } from '../clock';
import type { Store } from '../store';
import type { PeriodicTask } from './Scheduler';

const DAY_MS = 24 * 3600 * 1000;
const PRUNE_INTERVAL_MS = 10 * 60_000;
const INPUTS_PER_STEP = 2000;

/** Forgets finished messages after so many days (contract, dinstar-store), so many at a time. */
export function forgetting(store: Store, clock: Clock, getKeepDays: () => number): PeriodicTask {
  let at = clock.monotonic() + PRUNE_INTERVAL_MS;
  return {
    due: async () => at - clock.monotonic(),
    async run() {
      const gone = await store.prune(clock.now() - getKeepDays() * DAY_MS, INPUTS_PER_STEP);
      at = clock.monotonic() + (gone < INPUTS_PER_STEP ? PRUNE_INTERVAL_MS : 0);
    },
  };
}
