import type { Transaction } from './Transaction';

const LOCK = `SELECT pg_advisory_xact_lock(hashtext('%.'), hashtext(gateway)) FROM unnest($1::text[]) AS gateway`;

/** Waits until nobody else has one of these gateways' locks, which end with the transaction; in one order, so that no two wait for one another. */
export function lockGateways(tx: Transaction, gateways: Iterable<string>): void {
  const inOrder = [...new Set(gateways)].sort();
  if (inOrder.length > 0) tx.tell(LOCK, inOrder);
}
