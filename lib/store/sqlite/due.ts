import { NOT_DUE, PRIORITY_RANK, type Priority, type StoredSms } from '../records';
import { smsOf } from '../rows';
import { DUE_KINDS, type DueKind, type NextDue, type WaitingCount } from '../store';
import type { Connection } from './Connection';
import type { Row } from './drivers/driver';
import { byId, each, together } from './gateways';
import { SMS } from './records';

const RANKS = Object.values(PRIORITY_RANK).sort((a, b) => a - b);

const POLLED = `(stage = 'gateway' OR stage = 'sent' OR stage = 'unknown')`;
const EXPIRING = `stage = 'waiting' AND expires_at <> 0`;
const STANDBY = `stage = 'standby'`;
const HELD = `stage = 'waiting' AND due_at <> 0`;

const by =
  (column: string) =>
  (a: Row, b: Row): number =>
    Number(a[column]) - Number(b[column]) || byId(a, b);

export function due(db: Connection, gateways: string[], now: number, limit: number): StoredSms[] {
  const query = `SELECT ${SMS} FROM sms INDEXED BY sms_poll WHERE ${POLLED} AND gateway = ? AND poll_at <= ?
    ORDER BY poll_at, id LIMIT +?`;
  return together(gateways, (gateway) => db.all(query, gateway, now, limit), by('poll_at'))
    .slice(0, limit)
    .map(smsOf);
}

export function expired(db: Connection, gateways: string[], now: number, limit: number): StoredSms[] {
  const query = `SELECT ${SMS} FROM sms INDEXED BY sms_expiry WHERE ${EXPIRING} AND gateway = ?
    AND expires_at <= ? ORDER BY expires_at, id LIMIT +?`;
  return together(gateways, (gateway) => db.all(query, gateway, now, limit), by('expires_at'))
    .slice(0, limit)
    .map(smsOf);
}

/** Standbys whose turn has come. */
export function standbyDue(db: Connection, gateways: string[], now: number, limit: number): StoredSms[] {
  const query = `SELECT ${SMS} FROM sms INDEXED BY sms_standby WHERE ${STANDBY} AND gateway = ? AND poll_at <= ?
    ORDER BY poll_at, id LIMIT +?`;
  return together(gateways, (gateway) => db.all(query, gateway, now, limit), by('poll_at'))
    .slice(0, limit)
    .map(smsOf);
}

/** Held SMS whose moment has come, by priority, then the soonest first. */
export function heldDue(db: Connection, gateways: string[], now: number, limit: number): StoredSms[] {
  const query = `SELECT ${SMS} FROM sms INDEXED BY sms_held WHERE ${HELD} AND gateway = ? AND rank = ? AND due_at <= ?
    ORDER BY due_at, id LIMIT +?`;
  const found: StoredSms[] = [];
  for (const rank of RANKS) {
    const left = limit - found.length;
    if (left <= 0) break;
    const rows = together(gateways, (gateway) => db.all(query, gateway, rank, now, left), by('due_at'));
    for (const row of rows.slice(0, left)) found.push(smsOf(row));
  }
  return found;
}

const FIRSTS: Readonly<Record<DueKind, readonly string[]>> = {
  poll: [`SELECT min(poll_at) AS at FROM sms INDEXED BY sms_poll WHERE ${POLLED} AND gateway = ?`],
  expiry: [`SELECT min(expires_at) AS at FROM sms INDEXED BY sms_expiry WHERE ${EXPIRING} AND gateway = ?`],
  standby: [`SELECT min(poll_at) AS at FROM sms INDEXED BY sms_standby WHERE ${STANDBY} AND gateway = ?`],
  wait: [
    `SELECT min(wait_until) AS at FROM inputs INDEXED BY inputs_wait
      WHERE closed_at = 0 AND wait_until <> 0 AND gateway = ?`,
  ],
  held: RANKS.map(
    (rank) => `SELECT min(due_at) AS at FROM sms INDEXED BY sms_held WHERE ${HELD} AND gateway = ? AND rank = ${rank}
      AND due_at < ${NOT_DUE}`,
  ),
};

export function nextDue(db: Connection, gateways: string[], kinds: readonly DueKind[] = DUE_KINDS): NextDue {
  const entries = kinds.map((kind): [DueKind, number] => {
    const moments = each(gateways).flatMap((gateway) => FIRSTS[kind].map((query) => db.get(query, gateway)?.at));
    return [kind, Math.min(...moments.map((at) => Number(at ?? Number.POSITIVE_INFINITY)))];
  });
  return Object.fromEntries(entries.filter(([, at]) => at < Number.POSITIVE_INFINITY));
}

const countOf =
  (index: string, condition: string) =>
  (db: Connection, gateway: string, most: number, priority: Priority | undefined): number => {
    const ofRank = priority === undefined ? '' : ` AND rank = ${PRIORITY_RANK[priority]}`;
    const query = `SELECT count(*) AS count FROM (
      SELECT 1 FROM sms INDEXED BY ${index} WHERE ${condition} AND gateway = ?${ofRank} LIMIT +?)`;
    return Number(db.get(query, gateway, most)?.count ?? 0);
  };
const leavingCount = countOf('sms_waiting', `stage = 'waiting' AND due_at = 0 AND paused = 0`);
const heldCount = countOf('sms_held', HELD);
const pausedCount = countOf('sms_paused', `stage = 'waiting' AND due_at = 0 AND paused <> 0`);

export function waitingCounts(
  db: Connection,
  gateways: string[],
  most: number,
  priority: Priority | undefined,
): WaitingCount[] {
  return each(gateways).flatMap((gateway) => {
    const later = heldCount(db, gateway, most, priority);
    const held = later + pausedCount(db, gateway, most - later, priority);
    const count = held + leavingCount(db, gateway, most - held, priority);
    return count > 0 ? [{ gateway, count, held }] : [];
  });
}
