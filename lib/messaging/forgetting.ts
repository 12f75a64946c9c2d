import type { Clock } from '../clock';
import type { Store } from '../store';
import type { Chore } from './housekeeper';

const DAY = 24 * 3600 * 1000;
const EVERY = 10 * 60_000;
const AT_ONCE = 2000;

/** Forgets finished messages after `keepDays` days (contract, dinstar-store), so many at a time. */
export function forgetting(store: Store, clock: Clock, keepDays: () => number): Chore {
  let at = clock.monotonic() + EVERY;
  return {
    due: async () => at - clock.monotonic(),
    async run() {
      const gone = await store.prune(clock.now() - keepDays() * DAY, AT_ONCE);
      at = clock.monotonic() + (gone < AT_ONCE ? EVERY : 0);
    },
  };
}
