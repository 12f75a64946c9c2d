import type { StoredSms, Submission } from '../records';
import { stateOf } from '../rows';
import { changedSms } from '../smsState';
import type { ChosenSim } from '../usage';
import { smsByIds } from './find';
import { columnsOf } from './records';
import type { Transaction } from './Transaction';
import { countBegun } from './tallies';
import { use } from './usage';

// In one order, so that no two changes wait for one another.
const BEGIN = `WITH mine AS MATERIALIZED (SELECT nextval('%.submissions') AS submission),
  free AS (SELECT id, mark FROM %.states WHERE id = ANY($1::bigint[]) AND gateway = $2 AND stage = 'waiting' AND due_at = 0
    AND NOT paused ORDER BY id FOR UPDATE),
  begun AS (UPDATE %.states AS states SET stage = 'submitting', submission = mine.submission, mark = $7
    FROM mine, free WHERE states.id = free.id RETURNING states.id, free.mark AS was),
  request AS (INSERT INTO %.requests (submission, gateway, at, queue_before, task_before, newest_before, count)
    SELECT submission, $2, $3::float8, $4::bigint, $5::bigint, $6::text, count FROM mine, (SELECT count(*) FROM begun) AS begun
    WHERE count > 0)
  SELECT id, was FROM begun`;
const SIMS = `UPDATE %.states AS states SET state = by.state, chosen_port = by.port, mark = $4
  FROM unnest($1::bigint[], $2::text[], $3::int[]) AS by (id, state, port) WHERE states.id = by.id`;

/** Writes the intent to send, with what the gateway said of itself. */
export async function begin(tx: Transaction, submission: Submission): Promise<StoredSms[]> {
  const { gateway, at, sms: ids, sims = {}, in_queue, task_id, newest } = submission;
  tx.lookAtLeases();
  await tx.checkLeases([gateway]);
  const evidence = [in_queue ?? null, task_id ?? null, newest ? JSON.stringify(newest) : null];
  const mark = tx.known.nextMark();
  const rows = await tx.ask(BEGIN, ids, gateway, at, ...evidence, mark);
  const begun = await begunOf(tx, rows as { id: number; was: number }[], mark);
  countBegun(tx, [...begun.values()]);
  const inOrder = [...new Set(ids)].flatMap((id) => begun.get(id) ?? []);
  const bySim = inOrder.map((one) => byItsSim(one, sims[one.id]));
  const moved = bySim.filter((one, place) => one !== inOrder[place]);
  if (moved.length > 0) writeSims(tx, moved, at);
  return bySim;
}

/** The SMS that were begun: those that are as they were known needn't be read. */
async function begunOf(
  tx: Transaction,
  rows: readonly { id: number; was: number }[],
  mark: number,
): Promise<Map<number, StoredSms>> {
  const begun = new Map<number, StoredSms>();
  const others: number[] = [];
  for (const { id, was } of rows) {
    const known = tx.known.get(id);
    if (known?.mark !== was) {
      others.push(id);
      continue;
    }
    const sms = changedSms(known.sms, { stage: 'submitting' });
    tx.known.renew(sms, mark);
    begun.set(id, sms);
  }
  if (others.length > 0) for (const sms of await smsByIds(tx, others)) begun.set(sms.id, sms);
  return begun;
}

function writeSims(tx: Transaction, moved: readonly StoredSms[], at: number): void {
  const columns = columnsOf(
    moved,
    ({ id }) => id,
    stateOf,
    ({ sim }) => sim?.port,
  );
  const mark = tx.known.nextMark();
  tx.tell(SIMS, ...columns, mark);
  for (const sms of moved) tx.known.renew(sms, mark);
  use(
    tx,
    moved.flatMap(({ sim }) => sim?.charges ?? []),
    at,
  );
}

/** By which SIM an SMS leaves. What it was charged before stays: it may have left then. */
const byItsSim = (sms: StoredSms, sim: ChosenSim | undefined): StoredSms =>
  !sim && !sms.sim ? sms : changedSms(sms, { sim });
