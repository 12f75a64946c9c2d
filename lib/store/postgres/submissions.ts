import type { StoredSubmission, Submission } from '../records';
import { parsed } from '../rows';
import type { BegunTo } from '../store';
import { TAIL } from './records';
import type { Transaction } from './Transaction';

const UNSETTLED = `SELECT requests.*, own.sms FROM (
    SELECT submission, array_agg(id::float8 ORDER BY id) AS sms FROM %.states
    WHERE stage NOT IN ('waiting', 'done') AND stage IN ('submitting', 'doubt') AND gateway = ANY($1::text[])
      AND submission IS NOT NULL GROUP BY 1) AS own
  JOIN %.requests AS requests ON requests.submission = own.submission ORDER BY requests.submission`;

/** Submissions as they stand with their SMS. */
export const submissions = async (tx: Transaction, gateways: string[]): Promise<StoredSubmission[]> =>
  (await tx.ask(UNSETTLED, gateways)).map((row) => ({
    id: Number(row.submission),
    gateway: String(row.gateway),
    at: Number(row.at),
    sms: row.sms as number[],
    ...(row.queue_before !== null && { in_queue: Number(row.queue_before) }),
    ...(row.task_before !== null && { task_id: Number(row.task_before) }),
    ...(row.newest_before !== null && { newest: parsed<NonNullable<Submission['newest']>>(row.newest_before) }),
  }));

const SINCE = `SELECT coalesce(sum(count), 0)::int AS count, min(at) AS oldest FROM %.requests
  WHERE gateway = ANY($1::text[]) AND at >= $2`;

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
    (array_agg(states.id::float8 ORDER BY at DESC, states.id DESC))[:$4::int] AS ids,
    (array_agg(at ORDER BY at DESC, states.id DESC))[:$4::int] AS moments
  FROM %.sms AS sms JOIN %.states AS states ON states.id = sms.id
    JOIN %.requests AS requests ON requests.submission = states.submission
  WHERE ${TAIL} = ANY($2::text[]) AND stage <> 'waiting' AND at >= $3 AND states.gateway = ANY($1::text[])
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

/**
 * Takes off what `fewer` counts by submission; a request of which nothing is left is forgotten. Two machines may do so at once: by
 * what is left once the other is done.
 */
const TAKE_OFF = `rest AS MATERIALIZED (SELECT submission, requests.count - fewer.count AS count
    FROM %.requests AS requests JOIN fewer USING (submission) ORDER BY submission FOR UPDATE OF requests),
  less AS (UPDATE %.requests AS requests SET count = rest.count FROM rest
    WHERE requests.submission = rest.submission AND rest.count > 0)
  DELETE FROM %.requests AS requests USING rest WHERE requests.submission = rest.submission AND rest.count <= 0`;
const COUNTED = 'SELECT submission, count(*) AS count';
const FEWER = `WITH fewer AS (${COUNTED} FROM %.states WHERE id = ANY($1::bigint[]) AND submission IS NOT NULL GROUP BY 1),
  ${TAKE_OFF}`;

/** Takes SMS off the count of their requests, before they are changed. */
export const countFewer = (tx: Transaction, ids: readonly number[]): void => tx.tell(FEWER, ids);

/** Forgets states, and that they were begun. */
export const forgetStates = (
  where: string,
): string => `WITH gone AS (DELETE FROM %.states WHERE ${where} RETURNING submission),
  fewer AS (${COUNTED} FROM gone WHERE submission IS NOT NULL GROUP BY 1), ${TAKE_OFF}`;
