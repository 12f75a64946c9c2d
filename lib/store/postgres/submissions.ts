import type { StoredSubmission, Submission } from '../records';
import { parsed } from '../rows';
import type { BegunTo } from '../store';
import { TAIL } from './records';
import type { Transaction } from './Transaction';

const UNSETTLED = `SELECT submission, gateway, begun_at, queue_before, task_before, newest_before,
    array_agg(id::float8 ORDER BY id) AS sms
  FROM %.states WHERE stage NOT IN ('waiting', 'done') AND stage IN ('submitting', 'doubt') AND gateway = ANY($1::text[])
    AND submission IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1`;

/** Submissions as they stand with their SMS. */
export const submissions = async (tx: Transaction, gateways: string[]): Promise<StoredSubmission[]> =>
  (await tx.ask(UNSETTLED, gateways)).map((row) => ({
    id: Number(row.submission),
    gateway: String(row.gateway),
    at: Number(row.begun_at),
    sms: row.sms as number[],
    ...(row.queue_before !== null && { in_queue: Number(row.queue_before) }),
    ...(row.task_before !== null && { task_id: Number(row.task_before) }),
    ...(row.newest_before !== null && { newest: parsed<NonNullable<Submission['newest']>>(row.newest_before) }),
  }));

const SINCE = `SELECT count(*)::int AS count, min(begun_at) AS oldest FROM %.states
  WHERE begun_at IS NOT NULL AND gateway = ANY($1::text[]) AND begun_at >= $2`;

export async function submittedSince(
  tx: Transaction,
  gateways: string[],
  since: number,
): Promise<{ count: number; oldest?: number }> {
  const [row] = await tx.ask(SINCE, gateways, since);
  const count = Number(row?.count);
  return count > 0 ? { count, oldest: Number(row?.oldest) } : { count };
}

const BEGUN_TO = `SELECT states.gateway, sms.number, count(*)::int AS count,
    (array_agg(states.id::float8 ORDER BY begun_at DESC, states.id DESC))[:$4::int] AS ids,
    (array_agg(begun_at ORDER BY begun_at DESC, states.id DESC))[:$4::int] AS moments
  FROM %.sms AS sms JOIN %.states AS states ON states.id = sms.id
  WHERE ${TAIL} = ANY($2::text[]) AND stage <> 'waiting' AND begun_at >= $3 AND states.gateway = ANY($1::text[])
  GROUP BY states.gateway, sms.number, ${TAIL}
  ORDER BY array_position($1::text[], states.gateway), array_position($2::text[], ${TAIL}), sms.number`;

/** What was begun to some numbers: those of each gateway by themselves. */
export async function begunTo(
  tx: Transaction,
  gateways: string[],
  tails: string[],
  since: number,
  most: number,
): Promise<BegunTo[]> {
  const rows = await tx.ask(BEGUN_TO, gateways, tails, since, most);
  return rows.map(({ number, count, ids, moments }) => ({
    number: String(number),
    count: Number(count),
    newest: (ids as number[]).map((id, place) => ({ id, at: (moments as number[])[place] ?? 0 })),
  }));
}
