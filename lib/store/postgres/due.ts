import { NOT_DUE, PRIORITY_RANK, type Priority, type StoredSms } from '../records';
import { DUE_KINDS, type DueKind, type NextDue, type WaitingCount } from '../store';
import { SMS } from './records';
import type { Transaction } from './Transaction';

const POLLED = `stage IN ('gateway', 'sent', 'unknown')`;
const EXPIRING = `stage = 'waiting' AND expires_at <> 0`;
const STANDBY = `stage = 'standby'`;
const HELD = `stage = 'waiting' AND due_at <> 0`;

type Asked = [gateways: string[], now: number, limit: number];

/** SMS that meet a condition and whose moment has come, the earliest first. */
const dueBy = (condition: string, order: string, moment: string) => {
  const query = `SELECT ${SMS} FROM (
      SELECT states.* FROM unnest($1::text[]) AS asked CROSS JOIN LATERAL (
        SELECT * FROM %.states WHERE ${condition} AND gateway = asked AND ${moment} <= $2 ORDER BY ${order} LIMIT $3) AS states
      ORDER BY ${order} LIMIT $3) AS states
    JOIN %.sms AS sms ON sms.id = states.id ORDER BY ${order.replace(/\w+/g, 'states.$&')}`;
  return (tx: Transaction, gateways: string[], now: number, limit: number): Promise<StoredSms[]> =>
    tx.sms(query, [...new Set(gateways)], now, limit);
};

export const due: (tx: Transaction, ...asked: Asked) => Promise<StoredSms[]> = dueBy(POLLED, 'poll_at, id', 'poll_at');
export const expired = dueBy(EXPIRING, 'expires_at, id', 'expires_at');
/** Standbys whose turn has come. */
export const standbyDue = dueBy(STANDBY, 'poll_at, id', 'poll_at');
/** Held SMS whose moment has come, by priority, then the soonest first. */
export const heldDue = dueBy(HELD, 'rank, due_at, id', 'due_at');

const first = (moment: string, table: string, where: string): string =>
  `(SELECT min(${moment}) FROM unnest($1::text[]) AS asked CROSS JOIN LATERAL (
     SELECT ${moment} FROM %.${table} WHERE ${where} AND gateway = asked ORDER BY ${moment} LIMIT 1) AS soonest)`;

const FIRSTS: Readonly<Record<DueKind, string>> = {
  poll: first('poll_at', 'states', POLLED),
  expiry: first('expires_at', 'states', EXPIRING),
  standby: first('poll_at', 'states', STANDBY),
  wait: first('wait_until', 'inputs', 'closed_at = 0 AND wait_until <> 0'),
  held: `least(${Object.values(PRIORITY_RANK)
    .map((rank) => first('due_at', 'states', `${HELD} AND rank = ${rank} AND due_at < ${NOT_DUE}`))
    .join(', ')})`,
};

export async function nextDue(
  tx: Transaction,
  gateways: string[],
  kinds: readonly DueKind[] = DUE_KINDS,
): Promise<NextDue> {
  if (kinds.length === 0) return {};
  const [row = {}] = await tx.ask(`SELECT ${kinds.map((kind) => `${FIRSTS[kind]} AS ${kind}`).join(', ')}`, gateways);
  return Object.fromEntries(kinds.flatMap((kind) => (row[kind] === null ? [] : [[kind, Number(row[kind])]])));
}

const some = (condition: string): string =>
  `(SELECT count(*)::int FROM (SELECT 1 FROM %.states WHERE ${condition} AND gateway = asked
     AND ($3::int IS NULL OR rank = $3) LIMIT $2) AS counted)`;
const COUNTS = `SELECT asked AS gateway, ${some(HELD)} + ${some(`stage = 'waiting' AND due_at = 0 AND paused`)} AS held,
  ${some(`stage = 'waiting' AND due_at = 0 AND NOT paused`)} AS leaving FROM unnest($1::text[]) AS asked`;

export async function waitingCounts(
  tx: Transaction,
  gateways: string[],
  most: number,
  priority: Priority | undefined,
): Promise<WaitingCount[]> {
  const rank = priority === undefined ? null : PRIORITY_RANK[priority];
  const rows = await tx.ask(COUNTS, [...new Set(gateways)], most, rank);
  return rows.flatMap(({ gateway, ...found }) => {
    const held = Math.min(most, Number(found.held));
    const count = Math.min(most, held + Number(found.leaving));
    return count > 0 ? [{ gateway: String(gateway), count, held }] : [];
  });
}
