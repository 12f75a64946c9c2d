import { PRIORITY_RANK, type Priority, type StoredSms } from '../records';
import { quoted, smsOf, textHashOf } from '../rows';
import type { WaitingQuery } from '../store';
import type { Connection } from './Connection';
import type { Row, SqlValue } from './drivers/driver';
import { portSetOfBatchKey } from './find';
import { SMS } from './records';

const PRIORITIES = (Object.keys(PRIORITY_RANK) as Priority[]).sort((a, b) => PRIORITY_RANK[a] - PRIORITY_RANK[b]);

/** A queue: the waiting SMS of one gateway, priority and batch key. */
interface Queue {
  gateway: string;
  priority: Priority;
  batchKey: string;
}

/** Waiting SMS that may leave now: the heads of all queues that are open, put in one order. */
export function waiting(db: Connection, query: WaitingQuery): StoredSms[] {
  const found: StoredSms[] = [];
  for (const priority of PRIORITIES.filter((one) => one === (query.priority ?? one))) {
    const limit = query.limit - found.length;
    if (limit <= 0) break;
    const queues = [...new Set(query.gateways)].flatMap((gateway) => openQueues(db, gateway, priority, query));
    const heads = queues.map((queue) => headOf(db, queue, query, limit));
    const rows = heads.length === 1 ? (heads[0] ?? []) : heads.flat().sort((a, b) => Number(a.id) - Number(b.id));
    for (const row of rows.slice(0, limit)) found.push(smsOf(row));
  }
  return found;
}

const QUEUE = `stage = 'waiting' AND due_at = 0 AND paused = 0 AND gateway = ? AND rank = ?`;
const FIRST_BATCH_KEY = `SELECT min(batch_key) AS batchKey FROM sms INDEXED BY sms_waiting WHERE ${QUEUE}`;
const NEXT_BATCH_KEY = `${FIRST_BATCH_KEY} AND batch_key > ?`;

/** The queues of a priority, without those of closed port sets: these are passed over whole. */
function openQueues(db: Connection, gateway: string, priority: Priority, query: WaitingQuery): Queue[] {
  const batchKeys = query.like ? [query.like.batchKey] : batchKeysOf(db, gateway, PRIORITY_RANK[priority]);
  const isOpen = (batchKey: string): boolean =>
    priority === 'high' || !query.closedPortSets.has(portSetOfBatchKey(batchKey));
  return batchKeys.filter(isOpen).map((batchKey) => ({ gateway, priority, batchKey }));
}

/** From one batch key to the next by the index: a million SMS of one batch key are one step. */
function batchKeysOf(db: Connection, gateway: string, rank: number): string[] {
  const batchKeys: string[] = [];
  let row = db.get(FIRST_BATCH_KEY, gateway, rank);
  while (typeof row?.batchKey === 'string') {
    batchKeys.push(row.batchKey);
    row = db.get(NEXT_BATCH_KEY, gateway, rank, row.batchKey);
  }
  return batchKeys;
}

const HEAD = `${QUEUE} AND batch_key = ? AND (expires_at = 0 OR expires_at > ?)`;

function headOf(db: Connection, queue: Queue, { now, like }: WaitingQuery, limit: number): Row[] {
  const { gateway, priority, batchKey } = queue;
  const values: SqlValue[] = [gateway, PRIORITY_RANK[priority], batchKey, now];
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
    index = 'sms_text_hash';
    where += ' AND text_hash = ?';
    values.push(textHashOf({ ...queue, ...like.text }));
  }
  return db.all(`SELECT ${SMS} FROM sms INDEXED BY ${index} WHERE ${where} ORDER BY id LIMIT +?`, ...values, limit);
}
