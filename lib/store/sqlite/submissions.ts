import type { StoredSubmission, Submission } from '../records';
import { parsed } from '../rows';
import type { BegunTo } from '../store';
import type { Connection } from './Connection';
import { TAIL } from './expressions';
import { each } from './gateways';

const UNSETTLED = `SELECT id, submission, begun_at, queue_before, task_before, newest_before
  FROM sms INDEXED BY sms_stage WHERE stage <> 'waiting' AND stage <> 'done' AND gateway = ?
    AND stage IN ('submitting', 'doubt') AND submission IS NOT NULL`;

/** Submissions as they stand with their SMS. */
export function submissions(db: Connection, gateways: string[]): StoredSubmission[] {
  const found = new Map<number, StoredSubmission>();
  for (const gateway of new Set(gateways)) {
    for (const row of db.all(UNSETTLED, gateway)) {
      const id = row.submission as number;
      const submission: StoredSubmission = found.get(id) ?? {
        id,
        gateway,
        at: row.begun_at as number,
        sms: [],
        ...(row.queue_before !== null && { in_queue: row.queue_before as number }),
        ...(row.task_before !== null && { task_id: row.task_before as number }),
        ...(row.newest_before !== null && { newest: parsed<NonNullable<Submission['newest']>>(row.newest_before) }),
      };
      submission.sms.push(row.id as number);
      found.set(id, submission);
    }
  }
  // They come by stage.
  for (const { sms } of found.values()) sms.sort((a, b) => a - b);
  return [...found.values()].sort((a, b) => a.id - b.id);
}

const SINCE = `SELECT count(*) AS count, min(begun_at) AS oldest FROM sms INDEXED BY sms_begun
  WHERE begun_at IS NOT NULL AND gateway = ? AND begun_at >= ?`;

export function submittedSince(db: Connection, gateways: string[], since: number): { count: number; oldest?: number } {
  let count = 0;
  let oldest = Number.POSITIVE_INFINITY;
  for (const gateway of new Set(gateways)) {
    const row = db.get(SINCE, gateway, since);
    count += Number(row?.count);
    if (typeof row?.oldest === 'number') oldest = Math.min(oldest, row.oldest);
  }
  return count > 0 ? { count, oldest } : { count };
}

const BEGUN_TO = `FROM sms INDEXED BY sms_tail WHERE stage <> 'waiting' AND ${TAIL} = ? AND begun_at >= ? AND gateway = ?`;
const BY_NUMBER = `SELECT number, count(*) AS count ${BEGUN_TO} GROUP BY number ORDER BY number`;
const NEWEST = `SELECT id, begun_at AS at ${BEGUN_TO} AND number = ? ORDER BY begun_at DESC, id DESC LIMIT +?`;

/** What was begun to some numbers: those of each gateway by themselves. */
export function begunTo(db: Connection, gateways: string[], tails: string[], since: number, most: number): BegunTo[] {
  return each(gateways).flatMap((gateway) =>
    [...new Set(tails)].flatMap((tail) =>
      db.all(BY_NUMBER, tail, since, gateway).map(({ number, count }): BegunTo => {
        const rows = most > 0 ? db.all(NEWEST, tail, since, gateway, String(number), most) : [];
        const newest = rows.map(({ id, at }) => ({ id: Number(id), at: Number(at) }));
        return { number: String(number), count: Number(count), newest };
      }),
    ),
  );
}
