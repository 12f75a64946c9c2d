import type { StoredInput, StoredSms } from '../records';
import { inputOf, quoted, smsOf } from '../rows';
import type { Connection } from './Connection';
import type { Row } from './drivers/driver';
import { oneOf } from './oneOf';
import { forgetPause } from './pauses';
import { INPUT, INPUTS, SMS } from './records';

const inputsWhere = (where: string): string => `SELECT ${INPUT} FROM ${INPUTS} WHERE ${where}`;
const OPEN = 'closed_at = 0';

/** What several gateways have of something, put in one order and cut. */
function together(
  gateways: string[],
  rowsOf: (gateway: string) => Row[],
  before: (a: Row, b: Row) => boolean,
  limit: number,
): StoredInput[] {
  const rows = [...new Set(gateways)].map(rowsOf);
  const inOrder = rows.length === 1 ? (rows[0] ?? []) : rows.flat().sort((a, b) => (before(a, b) ? -1 : 1));
  return inOrder.slice(0, limit).map(inputOf);
}

const byId = (a: Row, b: Row): boolean => String(a.id) < String(b.id);

export function inputsByIds(db: Connection, ids: string[]): StoredInput[] {
  const { is, value } = oneOf(ids);
  const rows = db.all(inputsWhere(`id ${is}`), value);
  const found = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = found.get(id);
    return row ? inputOf(row) : [];
  });
}

// -1: SQLite's word for no limit.
export const recipients = (db: Connection, input: string, limit = -1): StoredSms[] =>
  db
    .all(
      `SELECT ${SMS} FROM sms WHERE id BETWEEN (SELECT first_sms FROM inputs WHERE id = ?)
         AND (SELECT last_sms FROM inputs WHERE id = ?) ORDER BY id LIMIT +?`,
      ...[input, input, limit],
    )
    .map(smsOf);

export function inputsDue(db: Connection, gateways: string[], now: number, limit: number): StoredInput[] {
  const where = `${OPEN} AND wait_until <> 0 AND gateway = ? AND wait_until <= ? ORDER BY wait_until, id LIMIT +?`;
  const before = (a: Row, b: Row): boolean =>
    a.wait_until === b.wait_until ? byId(a, b) : Number(a.wait_until) < Number(b.wait_until);
  return together(gateways, (gateway) => db.all(inputsWhere(where), gateway, now, limit), before, limit);
}

export function openInputs(db: Connection, gateways: string[], after: string, limit: number): StoredInput[] {
  const where = `${OPEN} AND gateway = ? AND id > ? ORDER BY id LIMIT +?`;
  return together(gateways, (gateway) => db.all(inputsWhere(where), gateway, after, limit), byId, limit);
}

export function prolong(db: Connection, ids: string[], wait_until: number): void {
  const { is, value } = oneOf(ids);
  db.run(
    `UPDATE inputs SET wait_until = ? WHERE id ${is} AND +${OPEN} AND wait_until <> 0 AND wait_until < ?`,
    ...[wait_until, value, wait_until],
  );
}

export function closeInputs(db: Connection, ids: string[], at: number): string[] {
  const { is, value } = oneOf(ids);
  db.run(`UPDATE inputs SET closed_at = ? WHERE id ${is} AND +${OPEN}`, at, value);
  const waiting = db.all(
    `SELECT id FROM inputs WHERE ${OPEN} AND duplicate_of IS NOT NULL AND duplicate_of ${is}`,
    value,
  );
  return waiting.map(({ id }) => String(id));
}

/** SMS forgotten in one transaction: as many as a queue waits for without harm. */
const SMS_PER_STEP = 500;

/**
 * Forgets closed inputs whose SMS are all done, as far as one step goes: an input of a hundred thousand goes in many.
 * `more` when another step has something to do.
 */
export function pruneStep(db: Connection, before: number, limit: number): { gone: number; more: boolean } {
  let left = SMS_PER_STEP;
  for (let gone = 0; gone < limit; gone++) {
    const oldest = db.get(
      `SELECT seq, id, gateway, job, first_sms, last_sms FROM inputs INDEXED BY inputs_prunable
         WHERE closed_at <> 0 AND undone = 0 AND closed_at < ? ORDER BY closed_at, id LIMIT 1`,
      before,
    );
    if (!oldest) return { gone, more: false };
    const { seq = null, first_sms = null, last_sms = null } = oldest;
    left -= db.run(
      'DELETE FROM sms WHERE id IN (SELECT id FROM sms WHERE id BETWEEN ? AND ? LIMIT +?)',
      ...[first_sms, last_sms, left],
    );
    if (left <= 0) return { gone, more: true };
    db.run('DELETE FROM messages WHERE input = ?', seq);
    db.run('DELETE FROM inputs WHERE seq = ?', seq);
    // A name that the flow gave may come again.
    if (oldest.job === quoted(String(oldest.id))) forgetPause(db, String(oldest.gateway), String(oldest.job));
    left--;
  }
  return { gone: limit, more: false };
}
