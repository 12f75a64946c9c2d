import type { Taking } from '../store';
import { UsedIds } from '../UsedIds';
import type { Transaction } from './Transaction';

const USERS = `SELECT sms.gateway, sms.user_id, max(inputs.taken_at) AS taken_at
  FROM unnest($1::bigint[]) AS asked (user_id) JOIN %.sms AS sms ON sms.user_id = asked.user_id
  JOIN %.inputs AS inputs ON inputs.id = sms.input GROUP BY sms.gateway, sms.user_id`;

/** When the user_ids of some takings were last used on each gateway, looked up once for all of them. */
export async function usedUserIds(tx: Transaction, takings: readonly Taking[]): Promise<UsedIds> {
  const asked = new Set(takings.flatMap(({ sms }) => sms.map(({ user_id }) => user_id)));
  return new UsedIds(await tx.ask(USERS, [...asked]));
}
