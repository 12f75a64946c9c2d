import type { Taking } from '../store';
import { UsedIds } from '../UsedIds';
import type { Connection } from './Connection';

const USERS = `SELECT sms.gateway, sms.user_id, max(inputs.taken_at) AS taken_at FROM json_each(?) AS asked
  CROSS JOIN sms INDEXED BY sms_user_id ON sms.user_id = asked.value
  CROSS JOIN inputs ON inputs.id = sms.input
  GROUP BY sms.gateway, sms.user_id`;

/** When the user_ids of some takings were last used on each gateway, looked up once for all of them. */
export function usedUserIds(db: Connection, takings: readonly Taking[]): UsedIds {
  const asked = takings.flatMap(({ sms }) => sms.map(({ user_id }) => user_id));
  return new UsedIds(db.all(USERS, JSON.stringify(asked)));
}
