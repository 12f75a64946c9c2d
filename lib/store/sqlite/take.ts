import { copyOf, takenSms } from '../fate';
import type { StoredSms } from '../records';
import type { Taken, Taking } from '../store';
import { startOfBlock } from '../userIds';
import type { Connection } from './Connection';
import { insertInput, insertSms, quoted } from './records';

export function take(db: Connection, takings: Taking[]): Taken[] {
  const ids = takings.map(({ input }) => input.id);
  const before = db.get('SELECT id FROM inputs WHERE id IN (SELECT value FROM json_each(?))', JSON.stringify(ids));
  const twice = before?.id ?? firstTwice(ids);
  if (twice !== undefined) throw new Error(`the input ${twice} was taken before`);
  return takings.map((taking) => takeOne(db, taking));
}

function firstTwice<T>(items: T[]): T | undefined {
  const seen = new Set<T>();
  return items.find((item) => {
    const isSeen = seen.has(item);
    seen.add(item);
    return isSeen;
  });
}

/** The key comes first: an input that is given twice, user_ids and all, is a duplicate and no error. */
function takeOne(db: Connection, { input, sms, usedSince }: Taking): Taken {
  const duplicate_of = input.key === undefined ? undefined : claimant(db, input.gateway, input.key, usedSince.key);
  if (duplicate_of !== undefined) {
    insertInput(db, input, { first: 1, count: 0 }, duplicate_of);
    return { taken: true, sms: [], duplicate_of };
  }
  const user_ids = sms.map(({ user_id }) => user_id);
  const used = usedUserId(db, input.gateway, user_ids, usedSince.user_id);
  if (used !== undefined) return { taken: false, user_id: used };
  const first = nextSmsId(db, sms.length);
  insertInput(db, input, { first, count: sms.length });
  const stored = sms.map((each, place): StoredSms => {
    const taken = takenSms(first + place, input, each);
    insertSms(db, taken, each);
    return copyOf(taken);
  });
  return { taken: true, sms: stored };
}

/** The first input with this key that was itself sent and was taken at `since` or later. */
function claimant(db: Connection, gateway: string, key: string, since: number): string | undefined {
  const row = db.get(
    `SELECT id FROM inputs INDEXED BY inputs_key WHERE gateway = ? AND key = ? AND key IS NOT NULL
       AND duplicate_of IS NULL AND taken_at >= ? ORDER BY seq LIMIT 1`,
    ...[gateway, quoted(key), since],
  );
  return row?.id as string | undefined;
}

/** The first of these user_ids that was used since a moment, or that occurs before among them. */
function usedUserId(db: Connection, gateway: string, user_ids: number[], since: number): number | undefined {
  const rows = db.all(
    `SELECT sms.user_id FROM json_each(?) AS asked
       CROSS JOIN sms INDEXED BY sms_user_id ON sms.user_id = asked.value AND sms.gateway = ?
       CROSS JOIN inputs ON inputs.id = sms.input AND inputs.taken_at >= ?`,
    ...[JSON.stringify(user_ids), gateway, since],
  );
  const used = rows.map(({ user_id }) => user_id as number);
  return firstTwice([...new Set(used), ...user_ids]);
}

/** The ids of an input's SMS have no gap. */
function nextSmsId(db: Connection, count: number): number {
  const row = db.get('UPDATE counters SET sms = sms + ? RETURNING sms', count);
  return (row?.sms as number) - count + 1;
}

export function reserveUserIds(db: Connection, count: number): number {
  const row = db.get('SELECT next_user_id FROM counters');
  const first = startOfBlock(row?.next_user_id as number, count);
  db.run('UPDATE counters SET next_user_id = ?', first + count);
  return first;
}
