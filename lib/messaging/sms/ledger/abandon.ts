import type { Store } from '../../../store';
import type { Ledger } from './Ledger';
import { ELSEWHERE } from './stages';

const SMS_PER_STEP = 128;

/**
 * Ends what a gateway that nobody asks any more has accepted or may have accepted of a config node's SMS: it could be settled only
 * there. They end `UNKNOWN`; what was on air stays `SENT_OK`, without a delivery report to come.
 */
export async function abandon(store: Pick<Store, 'find'>, ledger: Ledger, node: string): Promise<void> {
  for (const stage of ELSEWHERE) {
    for (;;) {
      const found = await store.find([node], { stage, after: 0, limit: SMS_PER_STEP });
      if (found.length === 0) break;
      await ledger.apply(found, { kind: 'abandoned' });
    }
  }
}
