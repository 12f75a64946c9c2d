import type { Clock } from '../../../clock';
import type { Stage, Store, StoredSms } from '../../../store';
import { ended } from '../ledger/verdict';

const WAITING: readonly Stage[] = ['waiting'];

/** Ends the SMS whose validity is over before they were handed to the gateway; resolves with how many. */
export async function expireWaiting(options: {
  store: Store;
  clock: Clock;
  gateways: string[];
  limit: number;
  changed: (sms: StoredSms[]) => Promise<void>;
}): Promise<number> {
  const { store, clock, gateways, limit, changed } = options;
  const now = clock.now();
  const due = await store.expired(gateways, now, limit);
  await changed(
    await store.change(
      due.map((sms) => ended(sms, 'EXPIRED', now, 'node')),
      WAITING,
    ),
  );
  return due.length;
}
