import type { Clock } from '../../../clock';
import type { Store } from '../../../store';
import type { Ledger } from '../ledger/Ledger';

/** Ends the SMS whose validity is over before they were handed to the gateway; resolves with how many. */
export async function expireWaiting(options: {
  store: Store;
  clock: Clock;
  ledger: Ledger;
  gateways: string[];
  limit: number;
}): Promise<number> {
  const { store, clock, ledger, gateways, limit } = options;
  const due = await store.expired(gateways, clock.now(), limit);
  await ledger.apply(due, { kind: 'expired' });
  return due.length;
}
