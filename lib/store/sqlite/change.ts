import type { Stage, StoredSms, Submission } from '../records';
import { smsOf, stateOf } from '../rows';
import { changedSms, enterChange } from '../smsState';
import type { SmsChange } from '../store';
import type { Charge } from '../usage';
import type { Connection } from './Connection';
import type { SqlValue } from './drivers/driver';
import { oneOf } from './oneOf';
import { SMS } from './records';
import { smsByIds } from './smsByIds';
import { countBegun, countChanged, runFor } from './tallies';
import { giveBack, use } from './usage';

const INTENT = `stage = 'submitting', submission = ?, begun_at = ?, queue_before = ?, task_before = ?, newest_before = ?`;
const MAY_BEGIN = `+gateway = ? AND +stage = 'waiting' AND +due_at = 0 AND +paused = 0 RETURNING ${SMS}`;
/** By which SIM each leaves is written in the same go: a row that is written twice costs twice as much. */
const BEGIN_BY_SIMS = `UPDATE sms SET ${INTENT}, state = json_set(state, '$.sim', json(chosen.sim))
  FROM (SELECT json_extract(value, '$[0]') AS of, json_extract(value, '$[1]') AS sim FROM json_each(?)) AS chosen
  WHERE id = chosen.of AND ${MAY_BEGIN}`;

/** Writes the intent to send. What the gateway said of itself stands with each SMS, so that it goes away with it. */
export function begin(db: Connection, { sims = {}, ...submission }: Submission): StoredSms[] {
  const { gateway, at, sms, in_queue, task_id, newest } = submission;
  const counted = db.get('UPDATE counters SET submission = submission + 1 RETURNING submission');
  const known = [in_queue ?? null, task_id ?? null, newest ? JSON.stringify(newest) : null];
  const values = [counted?.submission ?? null, at, ...known];
  const chosen = sms.flatMap((id) => (sims[id] ? [[id, sims[id]]] : []));
  const others = chosen.length === 0 ? sms : sms.filter((id) => !sims[id]);
  const { is, value } = oneOf(others);
  const rows = [
    ...(others.length > 0
      ? db.all(`UPDATE sms SET ${INTENT} WHERE id ${is} AND ${MAY_BEGIN}`, ...values, value, gateway)
      : []),
    ...(chosen.length > 0 ? db.all(BEGIN_BY_SIMS, ...values, JSON.stringify(chosen), gateway) : []),
  ];
  const begun = new Map(rows.map((row) => [row.id, smsOf(row)]));
  countBegun(db, [...begun.values()]);
  const charges: Charge[] = [];
  const left = sms.flatMap((id) => {
    const one = begun.get(id);
    begun.delete(id);
    if (!one) return [];
    const sim = sims[id];
    if (!sim) return byNoSim(db, one);
    charges.push(...sim.charges);
    // What was read is the same, but shares nothing with the others.
    enterChange(one, { sim });
    return one;
  });
  use(db, charges, at);
  return left;
}

/** Writes down that an SMS leaves by no SIM of a plan. What it was charged before stays: it may have left then. */
function byNoSim(db: Connection, sms: StoredSms): StoredSms {
  if (!sms.sim) return sms;
  const after = changedSms(sms, { sim: undefined });
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
  const sms = smsByIds(
    db,
    changes.map(({ id }) => id),
  );
  return changeThese(db, sms, changes, from);
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
  countChanged(db, changed);
  return steps;
}

// Naming only the columns that change spares the indices of the others.
const SELDOM = ['stage', 'due_at', 'expires_at'] as const;
const STATE = 'poll_at = ?, polls = ?, state = ?';
/** What an SMS is charged differs from one to the other, and stays. */
const STATE_BUT_SIM = `poll_at = ?, polls = ?, state = json_set(?, '$.sim', json_extract(state, '$.sim'))`;
const NOT_BEGUN = 'submission = NULL, begun_at = NULL, queue_before = NULL, task_before = NULL, newest_before = NULL';

/** What is written of a changed SMS: columns, and their values. */
function columnsOf({ before, after, waited }: Changed): { columns: string; values: SqlValue[] } {
  // What has waited all the time was never begun.
  let columns = waited && before.stage !== 'waiting' ? `${NOT_BEGUN}, ` : '';
  const values: SqlValue[] = [];
  for (const field of SELDOM) {
    if (before[field] === after[field]) continue;
    columns += `${field} = ?, `;
    values.push(after[field]);
  }
  const keepsSim = after.sim !== undefined && after.sim === before.sim;
  values.push(after.poll_at, after.polls, stateOf(keepsSim ? { ...after, sim: undefined } : after));
  return { columns: columns + (keepsSim ? STATE_BUT_SIM : STATE), values };
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
