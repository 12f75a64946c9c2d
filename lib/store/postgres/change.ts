import type { Stage, StoredSms, Submission } from '../records';
import { stateOf } from '../rows';
import { changedSms } from '../smsState';
import type { SmsChange } from '../store';
import type { ChosenSim } from '../usage';
import { columnsOf, JOINED, SMS, smsOf } from './records';
import type { Transaction } from './Transaction';
import { countBegun, countChanged } from './tallies';
import { giveBack, use } from './usage';

// In one order, so that no two changes wait for one another.
const BEGIN = `WITH mine AS MATERIALIZED (SELECT nextval('%.submissions') AS submission),
  free AS (SELECT id FROM %.states WHERE id = ANY($1::bigint[]) AND gateway = $2 AND stage = 'waiting' AND due_at = 0
    AND NOT paused ORDER BY id FOR UPDATE)
  UPDATE %.states AS states SET stage = 'submitting', submission = mine.submission, begun_at = $3, queue_before = $4,
    task_before = $5, newest_before = $6 FROM mine, free JOIN %.sms AS sms ON sms.id = free.id WHERE states.id = free.id
  RETURNING ${SMS}`;
const SIMS = `UPDATE %.states AS states SET state = by.state, chosen_port = by.port
  FROM unnest($1::bigint[], $2::text[], $3::int[]) AS by (id, state, port) WHERE states.id = by.id`;

/** Writes the intent to send. What the gateway said of itself stands with each SMS, so that it goes away with it. */
export async function begin(tx: Transaction, submission: Submission): Promise<StoredSms[]> {
  const { gateway, at, sms: ids, sims = {}, in_queue, task_id, newest } = submission;
  tx.lookAtLeases();
  await tx.checkLeases([gateway]);
  const known = [in_queue ?? null, task_id ?? null, newest ? JSON.stringify(newest) : null];
  const rows = smsOf(await tx.ask(BEGIN, ids, gateway, at, ...known));
  countBegun(tx, rows);
  const begun = new Map(rows.map((one) => [one.id, one]));
  const inOrder = [...new Set(ids)].flatMap((id) => begun.get(id) ?? []);
  const bySim = inOrder.map((one) => byItsSim(one, sims[one.id]));
  const moved = bySim.filter((one, place) => one !== inOrder[place]);
  if (moved.length > 0) {
    const columns = columnsOf(
      moved,
      ({ id }) => id,
      stateOf,
      ({ sim }) => sim?.port,
    );
    tx.tell(SIMS, ...columns);
    use(
      tx,
      moved.flatMap(({ sim }) => sim?.charges ?? []),
      at,
    );
  }
  return bySim;
}

/** By which SIM an SMS leaves. What it was charged before stays: it may have left then. */
const byItsSim = (sms: StoredSms, sim: ChosenSim | undefined): StoredSms =>
  !sim && !sms.sim ? sms : changedSms(sms, { sim });

/** An SMS that is changed, perhaps more than once. */
interface Changed {
  before: StoredSms;
  after: StoredSms;
  /** Whether it waits again, or did in between: then it was not submitted. */
  waited: boolean;
}

const READ = `SELECT ${SMS} FROM ${JOINED} WHERE states.id = ANY($1::bigint[]) ORDER BY states.id FOR UPDATE OF states`;

export async function change(tx: Transaction, changes: SmsChange[], from?: readonly Stage[]): Promise<StoredSms[]> {
  tx.lookAtLeases();
  const found = new Map(
    smsOf(
      await tx.ask(
        READ,
        changes.map(({ id }) => id),
      ),
    ).map((one) => [one.id, one]),
  );
  await tx.checkLeases(new Set([...found.values()].map(({ gateway }) => gateway)));
  const changed = new Map<number, Changed>();
  const steps: StoredSms[] = [];
  for (const each of changes) {
    const earlier = changed.get(each.id);
    const current = earlier?.after ?? found.get(each.id);
    if (!current || (from && !from.includes(current.stage))) continue;
    if (each.giveBack || each.recharge) giveBack(tx, current.sim?.charges ?? []);
    if (each.recharge && current.sim && !each.giveBack) use(tx, each.recharge.charges, 0);
    const after = changedSms(current, each);
    const waited = earlier?.waited || after.stage === 'waiting';
    changed.set(each.id, { before: earlier?.before ?? current, after, waited });
    steps.push(after);
  }
  write(tx, [...changed.values()]);
  countChanged(tx, changed.values());
  return steps;
}

const IF_BEGUN = (column: string): string => `${column} = CASE WHEN now.unbegun THEN NULL ELSE states.${column} END`;
const WRITE = `UPDATE %.states AS states SET stage = now.stage, due_at = now.due_at, expires_at = now.expires_at,
  poll_at = now.poll_at, polls = now.polls, port = now.port, ref_id = now.ref_id, count = now.count,
  chosen_port = now.chosen_port, state = now.state,
  ${['submission', 'begun_at', 'queue_before', 'task_before', 'newest_before'].map(IF_BEGUN).join(', ')}
  FROM unnest($1::bigint[], $2::text[], $3::float8[], $4::float8[], $5::float8[], $6::int[], $7::int[], $8::int[], $9::int[],
    $10::int[], $11::text[], $12::boolean[])
    AS now (id, stage, due_at, expires_at, poll_at, polls, port, ref_id, count, chosen_port, state, unbegun)
  WHERE states.id = now.id`;

function write(tx: Transaction, changed: readonly Changed[]): void {
  if (changed.length === 0) return;
  const columns = columnsOf(
    changed,
    ({ after }) => after.id,
    ({ after }) => after.stage,
    ({ after }) => after.due_at,
    ({ after }) => after.expires_at,
    ({ after }) => after.poll_at,
    ({ after }) => after.polls,
    ({ after }) => after.port,
    ({ after }) => after.ref_id,
    ({ after }) => after.count,
    ({ after }) => after.sim?.port,
    ({ after }) => stateOf(after),
    // What has waited all the time was never begun.
    ({ before, waited }) => waited && before.stage !== 'waiting',
  );
  tx.tell(WRITE, ...columns);
}
