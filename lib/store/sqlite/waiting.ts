import { PRIORITY_RANK, type Priority, type StoredSms } from '../records';
import type { WaitingQuery } from '../store';
import type { Connection } from './Connection';
import type { Row, SqlValue } from './drivers/driver';
import { laneOfEnvelope } from './find';
import { crowdOf, quoted, SMS, smsOf } from './records';

const PRIORITIES = (Object.keys(PRIORITY_RANK) as Priority[]).sort((a, b) => PRIORITY_RANK[a] - PRIORITY_RANK[b]);

/** A queue: the waiting SMS of one gateway, priority and envelope. */
interface Queue {
  gateway: string;
  priority: Priority;
  envelope: string;
}

/** Waiting SMS that may leave now: the heads of all queues that are open, put in one order. */
export function waiting(db: Connection, query: WaitingQuery): StoredSms[] {
  const found: StoredSms[] = [];
  for (const priority of PRIORITIES) {
    const limit = query.limit - found.length;
    if (limit <= 0) break;
    const queues = [...new Set(query.gateways)].flatMap((gateway) => openQueues(db, gateway, priority, query));
    const heads = queues.map((queue) => headOf(db, queue, query, limit));
    const rows = heads.length === 1 ? (heads[0] ?? []) : heads.flat().sort((a, b) => Number(a.id) - Number(b.id));
    for (const row of rows.slice(0, limit)) found.push(smsOf(row));
  }
  return found;
}

const QUEUE = `stage = 'waiting' AND gateway = ? AND rank = ?`;
const FIRST_ENVELOPE = `SELECT min(envelope) AS envelope FROM sms INDEXED BY sms_waiting WHERE ${QUEUE}`;
const NEXT_ENVELOPE = `${FIRST_ENVELOPE} AND envelope > ?`;

/** The queues of a priority, without those of closed lanes: these are passed over whole. */
function openQueues(db: Connection, gateway: string, priority: Priority, query: WaitingQuery): Queue[] {
  const envelopes = query.like ? [query.like.envelope] : envelopesOf(db, gateway, PRIORITY_RANK[priority]);
  const isOpen = (envelope: string): boolean => priority === 'high' || !query.closedLanes.has(laneOfEnvelope(envelope));
  return envelopes.filter(isOpen).map((envelope) => ({ gateway, priority, envelope }));
}

/** From one envelope to the next by the index: a million SMS of one envelope are one step. */
function envelopesOf(db: Connection, gateway: string, rank: number): string[] {
  const envelopes: string[] = [];
  let row = db.get(FIRST_ENVELOPE, gateway, rank);
  while (typeof row?.envelope === 'string') {
    envelopes.push(row.envelope);
    row = db.get(NEXT_ENVELOPE, gateway, rank, row.envelope);
  }
  return envelopes;
}

const HEAD = `${QUEUE} AND envelope = ? AND (expires_at = 0 OR expires_at > ?)`;

function headOf(db: Connection, queue: Queue, { now, like }: WaitingQuery, limit: number): Row[] {
  const { gateway, priority, envelope } = queue;
  const values: SqlValue[] = [gateway, PRIORITY_RANK[priority], envelope, now];
  let index = 'sms_waiting';
  let where = HEAD;
  if (like?.text) {
    where += ' AND text = ? AND template = ?';
    values.push(quoted(like.text.text), Number(like.text.template));
  }
  if (like?.input !== undefined) {
    const input = db.get('SELECT first_sms, last_sms FROM inputs WHERE id = ?', like.input);
    if (!input) return [];
    where += ' AND id BETWEEN ? AND ?';
    values.push(input.first_sms ?? null, input.last_sms ?? null);
  } else if (like?.text) {
    index = 'sms_crowd';
    where += ' AND crowd = ?';
    values.push(crowdOf({ ...queue, ...like.text }));
  }
  return db.all(`SELECT ${SMS} FROM sms INDEXED BY ${index} WHERE ${where} ORDER BY id LIMIT ?`, ...values, limit);
}
