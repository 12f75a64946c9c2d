import type { Taking } from '../store';
import { UsedIds } from '../UsedIds';
import type { Transaction } from './Transaction';

// One after the other by the index (OFFSET 0 keeps it so): a database that hasn't been counted yet would be read as a whole.
const USERS = `SELECT used.gateway, used.user_id, max(inputs.taken_at) AS taken_at FROM unnest($1::bigint[]) AS asked (user_id)
  CROSS JOIN LATERAL (SELECT gateway, user_id, input FROM %.sms WHERE user_id = asked.user_id OFFSET 0) AS used
  CROSS JOIN LATERAL (SELECT taken_at FROM %.inputs WHERE id = used.input OFFSET 0) AS inputs
  GROUP BY used.gateway, used.user_id`;

/** When the user_ids of some takings were last used on each gateway, looked up once for all of them. */
export async function usedUserIds(tx: Transaction, takings: readonly Taking[]): Promise<UsedIds> {
  const asked = new Set(takings.flatMap(({ sms }) => sms.map(({ user_id }) => user_id)));
  return new UsedIds(await tx.ask(USERS, [...asked]));
}
