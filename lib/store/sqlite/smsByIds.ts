import type { StoredSms } from '../records';
import { smsOf } from '../rows';
import type { Connection } from './Connection';
import { oneOf } from './oneOf';
import { SMS } from './records';

/** SMS by their ids, in the order asked; missing ones are left out. */
export function smsByIds(db: Connection, ids: number[]): StoredSms[] {
  const { is, value } = oneOf(ids);
  const rows = db.all(`SELECT ${SMS} FROM sms WHERE id ${is}`, value);
  const found = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = found.get(id);
    return row ? smsOf(row) : [];
  });
}
