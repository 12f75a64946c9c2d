import { changedSms } from '../fate';
import type { Stage, StoredSms, Submission } from '../records';
import type { SmsChange } from '../store';
import type { Connection } from './Connection';
import { fateOf, SMS, smsOf } from './records';

const BEGIN = `UPDATE sms SET stage = 'submitting', submission = ?, begun_at = ?, queue_before = ?, task_before = ?
  WHERE id IN (SELECT value FROM json_each(?)) AND +gateway = ? AND +stage = 'waiting' RETURNING ${SMS}`;

/** Writes the intent to send. What the gateway said of itself stands with each SMS, so that it goes away with it. */
export function begin(db: Connection, { gateway, at, sms, in_queue, task_id }: Submission): StoredSms[] {
  const counted = db.get('UPDATE counters SET submission = submission + 1 RETURNING submission');
  const values = [counted?.submission ?? null, at, in_queue ?? null, task_id ?? null, JSON.stringify(sms), gateway];
  const begun = new Map(db.all(BEGIN, ...values).map((row) => [row.id, smsOf(row)]));
  return sms.flatMap((id) => {
    const one = begun.get(id);
    begun.delete(id);
    return one ?? [];
  });
}

export function change(db: Connection, changes: SmsChange[], from?: readonly Stage[]): StoredSms[] {
  const ids = changes.map(({ id }) => id);
  const rows = db.all(`SELECT ${SMS} FROM sms WHERE id IN (SELECT value FROM json_each(?))`, JSON.stringify(ids));
  const current = new Map(rows.map((row) => [row.id as number, smsOf(row)]));
  const undone = new Map<string, number>();
  const changed: StoredSms[] = [];
  for (const each of changes) {
    const before = current.get(each.id);
    if (!before || (from && !from.includes(before.stage))) continue;
    const after = changedSms(before, each);
    current.set(each.id, after);
    update(db, before, after);
    const more = Number(before.stage === 'done') - Number(after.stage === 'done');
    if (more) undone.set(before.input, (undone.get(before.input) ?? 0) + more);
    changed.push(after);
  }
  for (const [input, more] of undone) db.run('UPDATE inputs SET undone = undone + ? WHERE id = ?', more, input);
  return changed;
}

// Naming only the columns that change spares the indices of the others.
const FATE = 'poll_at = ?, polls = ?, fate = ?';
const SAME_STAGE = `UPDATE sms SET ${FATE} WHERE id = ?`;
const OTHER_STAGE = `UPDATE sms SET stage = ?, ${FATE} WHERE id = ?`;
const WAITS_AGAIN = `UPDATE sms SET submission = NULL, begun_at = NULL, queue_before = NULL, task_before = NULL,
  stage = ?, ${FATE} WHERE id = ?`;

function update(db: Connection, before: StoredSms, after: StoredSms): void {
  const { id, stage, poll_at, polls } = after;
  const fate = fateOf(after);
  if (stage === before.stage) db.run(SAME_STAGE, poll_at, polls, fate, id);
  else db.run(stage === 'waiting' ? WAITS_AGAIN : OTHER_STAGE, stage, poll_at, polls, fate, id);
}
