import type { BriefTaken } from '../briefTaken';
import { jobOf } from '../jobs';
import { quoted } from '../rows';
import { takenSms } from '../smsState';
import type { Taking } from '../store';
import { othersOf } from '../tally';
import type { UsedIds } from '../UsedIds';
import { startOfBlock } from '../userIds';
import type { Connection } from './Connection';
import { hasPauses, isPaused } from './pauses';
import { insertInput, insertSms } from './records';
import { usedUserIds } from './usedUserIds';

/** Writes takings down; answers without their SMS, which `takenOf` puts in. */
export function take(db: Connection, takings: Taking[]): BriefTaken[] {
  refuseKnown(
    db,
    takings.map(({ input }) => input.id),
  );
  const used = usedUserIds(db, takings);
  const mayBePaused = hasPauses(db);
  let nextId = reserveIds(
    db,
    takings.reduce((sum, { sms }) => sum + sms.length, 0),
  );
  return takings.map((taking) => {
    const first = nextId;
    nextId += taking.sms.length;
    return takeOne(db, taking, used, { first, mayBePaused });
  });
}

/** The key comes first: an input that is given twice, user_ids and all, is a duplicate and no error. */
function takeOne(
  db: Connection,
  { input, sms, usedSince }: Taking,
  used: UsedIds,
  { first, mayBePaused }: { first: number; mayBePaused: boolean },
): BriefTaken {
  const duplicate_of = input.key === undefined ? undefined : claimant(db, input.gateway, input.key, usedSince.key);
  if (duplicate_of !== undefined) {
    insertInput(db, input, { first, count: 0 }, duplicate_of);
    return { taken: true, sms: [], duplicate_of };
  }
  const user_id = used.firstOf(input.gateway, sms, usedSince.user_id);
  if (user_id !== undefined) return { taken: false, user_id };
  used.add(input, sms);
  const paused = mayBePaused && isPaused(db, input, jobOf(input));
  insertInput(db, input, { first, count: sms.length, others: othersOf(sms), paused });
  for (const [place, each] of sms.entries()) insertSms(db, takenSms(first + place, input, each, paused), each);
  return paused ? { taken: true, first, paused } : { taken: true, first };
}

function refuseKnown(db: Connection, ids: string[]): void {
  const before = db.get('SELECT id FROM inputs WHERE id IN (SELECT value FROM json_each(?))', JSON.stringify(ids));
  const seen = new Set<string>();
  const twice = before?.id ?? ids.find((id) => seen.size === seen.add(id).size);
  if (twice !== undefined) throw new Error(`the input ${twice} was taken before`);
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

/** The first of so many ids for SMS: those of an input have no gap. */
function reserveIds(db: Connection, count: number): number {
  db.run('UPDATE counters SET sms = sms + ?', count);
  return Number(db.get('SELECT sms FROM counters')?.sms) - count + 1;
}

export function reserveUserIds(db: Connection, count: number): number {
  const first = startOfBlock(Number(db.get('SELECT next_user_id FROM counters')?.next_user_id), count);
  db.run('UPDATE counters SET next_user_id = ?', first + count);
  return first;
}
