import type { Stage, StoredSms } from '../records';
import { quoted, smsOf } from '../rows';
import type { SmsPage } from '../store';
import { WITHDRAWABLE, withdrawal } from '../withdrawal';
import type { Connection } from './Connection';
import { changeThese } from './change';
import type { Row } from './drivers/driver';
import { byId, together } from './gateways';
import { INPUTS_PER_STEP } from './jobs';
import { STOPPED } from './paused';
import { SMS } from './records';

const PAGE = `SELECT ${SMS} FROM sms WHERE id BETWEEN ? AND ? AND stage IN (SELECT value FROM json_each(?))
  ORDER BY id LIMIT +?`;
const RANGES = 'SELECT first_sms, last_sms FROM inputs';
const OF_ONE_JOB = 'INDEXED BY inputs_job WHERE undone > 0 AND gateway = ? AND job = ?';
const OF_STOPPED = `INDEXED BY inputs_stopping
  WHERE paused = ${STOPPED} AND (waiting > 0 OR (others > 0 AND undone > 0)) AND gateway = ?`;

/** The SMS of a job in some stages, in the order of taking. */
export const ofJob = (
  db: Connection,
  gateways: string[],
  by: { job: string; stages: readonly Stage[]; after: number; limit: number },
): StoredSms[] =>
  together(gateways, (gateway) => inRanges(db, OF_ONE_JOB, [gateway, quoted(by.job)], by), byId)
    .slice(0, by.limit)
    .map(smsOf);

/** Ends what waits, or stands by, though its job was stopped. */
export function withdrawStopped(db: Connection, gateways: string[], page: SmsPage, at: number): StoredSms[] {
  const by = { ...page, stages: WITHDRAWABLE };
  const found = together(gateways, (gateway) => inRanges(db, OF_STOPPED, [gateway], by), byId)
    .slice(0, page.limit)
    .map(smsOf);
  return changeThese(
    db,
    found,
    found.map((sms) => ({ id: sms.id, ...withdrawal(sms, at) })),
  );
}

/** From one input to the next: the SMS of an input have ids without a gap. */
function inRanges(
  db: Connection,
  where: string,
  values: string[],
  { stages, after, limit }: { stages: readonly Stage[]; after: number; limit: number },
): Row[] {
  const found: Row[] = [];
  const wanted = JSON.stringify(stages);
  const last = `${RANGES} ${where} AND first_sms <= ? ORDER BY first_sms DESC LIMIT 1`;
  const next = `${RANGES} ${where} AND first_sms > ? ORDER BY first_sms LIMIT ${INPUTS_PER_STEP}`;
  let ranges = db.all(last, ...values, after);
  for (let from = after; ; ) {
    for (const { first_sms, last_sms = null } of ranges) {
      const left = limit - found.length;
      if (left <= 0) return found;
      found.push(...db.all(PAGE, Math.max(Number(first_sms), after + 1), last_sms, wanted, left));
      from = Math.max(from, Number(first_sms));
    }
    ranges = db.all(next, ...values, from);
    if (ranges.length === 0) return found;
  }
}
