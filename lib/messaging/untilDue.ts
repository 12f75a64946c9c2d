import type { Clock } from '../clock';
import type { NextDue, Store } from '../store';

/** In how many ms something of these gateways is due; less than 0 = overdue, absent = nothing in sight. */
export async function untilDue(store: Store, clock: Clock, gateways: string[]): Promise<NextDue> {
  const due = await store.nextDue(gateways);
  const now = clock.now();
  return Object.fromEntries(Object.entries(due).map(([what, at]) => [what, at - now]));
}
