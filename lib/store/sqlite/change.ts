import type { Stage, StoredSms, Submission } from '../records';
import { smsOf, stateOf } from '../rows';
import { changedSms } from '../smsState';
import type { SmsChange } from '../store';
import type { Charge, ChosenSim } from '../usage';
import type { Connection } from './Connection';
import type { SqlValue } from './drivers/driver';
import { SMS } from './records';
import { countBegun, countChanged, runFor } from './tallies';
import { giveBack, use } from './usage';

const BEGIN = `UPDATE sms SET stage = 'submitting', submission = ?, begun_at = ?, queue_before = ?, task_before = ?,
  newest_before = ? WHERE id IN (SELECT value FROM json_each(?)) AND +gateway = ? AND +stage = 'waiting'
  AND +due_at = 0 AND +paused = 0 RETURNING ${SMS}`;

/** Writes the intent to send. What the gateway said of itself stands with each SMS, so that it goes away with it. */
export function begin(db: Connection, { sims, ...submission }: Submission): StoredSms[] {
  const { gateway, at, sms, in_queue, task_id, newest } = submission;
  const counted = db.get('UPDATE counters SET submission = submission + 1 RETURNING submission');
  const known = [in_queue ?? null, task_id ?? null, newest ? JSON.stringify(newest) : null];
  const values = [counted?.submission ?? null, at, ...known, JSON.stringify(sms), gateway];
  const begun = new Map(db.all(BEGIN, ...values).map((row) => [row.id, smsOf(row)]));
  countBegun(db, [...begun.values()]);
  const charges: Charge[] = [];
  const left = sms.flatMap((id) => {
    const one = begun.get(id);
    begun.delete(id);
    if (!one) return [];
    charges.push(...(sims?.[id]?.charges ?? []));
    return byItsSim(db, one, sims?.[id]);
  });
  use(db, charges, at);
  return left;
}

/** Writes down by which SIM an SMS leaves. What it was charged before stays: it may have left then. */
function byItsSim(db: Connection, sms: StoredSms, sim: ChosenSim | undefined): StoredSms {
  if (!sim && !sms.sim) return sms;
  const after = changedSms(sms, { sim });
  db.run('UPDATE sms SET state = ? WHERE id = ?', stateOf(after), sms.id);
  return after;
}

/** An SMS that is changed, perhaps more than once. */
interface Changed {
  before: StoredSms;
  after: StoredSms;
  /** Whether it waits again, or did in between: then it was not submitted. */
  waited: boolean;
}

export function change(db: Connection, changes: SmsChange[], from?: readonly Stage[]): StoredSms[] {
  const ids = JSON.stringify(changes.map(({ id }) => id));
  const rows = db.all(`SELECT ${SMS} FROM sms WHERE id IN (SELECT value FROM json_each(?))`, ids);
  return changeThese(db, rows.map(smsOf), changes, from);
}

/** As {@link change}, of SMS that have just been read. */
export function changeThese(
  db: Connection,
  sms: readonly StoredSms[],
  changes: readonly SmsChange[],
  from?: readonly Stage[],
): StoredSms[] {
  const found = new Map(sms.map((one) => [one.id, one]));
  const changed = new Map<number, Changed>();
  const steps: StoredSms[] = [];
  for (const each of changes) {
    const earlier = changed.get(each.id);
    const current = earlier?.after ?? found.get(each.id);
    if (!current || (from && !from.includes(current.stage))) continue;
    if (each.giveBack || each.recharge) giveBack(db, current.sim?.charges ?? []);
    if (each.recharge && current.sim && !each.giveBack) use(db, each.recharge.charges, 0);
    const after = changedSms(current, each);
    const waited = earlier?.waited || after.stage === 'waiting';
    changed.set(each.id, { before: earlier?.before ?? current, after, waited });
    steps.push(after);
  }
  write(db, changed);
  countChanged(db, changed.values());
  return steps;
}

// Naming only the columns that change spares the indices of the others.
const STATE = 'poll_at = ?, polls = ?, state = ?';
const NOT_BEGUN = 'submission = NULL, begun_at = NULL, queue_before = NULL, task_before = NULL, newest_before = NULL';

/** What is written of a changed SMS: columns, and their values. */
function columnsOf({ before, after, waited }: Changed): { columns: string; values: SqlValue[] } {
  const { stage, due_at, expires_at, poll_at, polls } = after;
  // What has waited all the time was never begun.
  const parts: [columns: string, ...values: SqlValue[]][] = waited && before.stage !== 'waiting' ? [[NOT_BEGUN]] : [];
  if (before.stage !== stage) parts.push(['stage = ?', stage]);
  if (before.due_at !== due_at) parts.push(['due_at = ?', due_at]);
  if (before.expires_at !== expires_at) parts.push(['expires_at = ?', expires_at]);
  parts.push([STATE, poll_at, polls, stateOf(after)]);
  return { columns: parts.map(([columns]) => columns).join(', '), values: parts.flatMap(([, ...values]) => values) };
}

/** Writes changes down. What is accepted together has one state, and becomes one statement. */
function write(db: Connection, changed: ReadonlyMap<number, Changed>): void {
  const alike = new Map<string, { update: string; values: SqlValue[]; ids: number[] }>();
  for (const [id, one] of changed) {
    const { columns, values } = columnsOf(one);
    const key = `${columns} ${values.join(' ')}`;
    const others = alike.get(key);
    if (others) others.ids.push(id);
    else alike.set(key, { update: `UPDATE sms SET ${columns}`, values, ids: [id] });
  }
  for (const { update, values, ids } of alike.values()) runFor(db, update, values, ids);
}
