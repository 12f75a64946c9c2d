import { jobOf } from '../jobs';
import type { InputRecord, NewSms, Priority, SmsState, Stage, StoredInput, StoredSms } from '../records';
import { batchKeyOf, PRIORITY_RANK } from '../records';
import type { Connection } from './Connection';
import type { Row, SqlValue } from './drivers/driver';
import { Unreadable } from './failures';

/** The columns that make up an SMS. */
export const SMS = 'id, gateway, input, stage, expires_at, due_at, paused, poll_at, polls, text, sms, state';

/** What an SMS is and what became of it stand in three texts: read as one, that costs half as much. */
export function smsOf(row: Row): StoredSms {
  const sms = parsed<StoredSms>(`{"text":${row.text},${inner(row.sms)},${inner(row.state)}}`);
  sms.id = row.id as number;
  sms.input = row.input as string;
  sms.gateway = row.gateway as string;
  sms.stage = row.stage as Stage;
  sms.expires_at = row.expires_at as number;
  sms.due_at = row.due_at as number;
  if (row.paused) sms.paused = true;
  sms.poll_at = row.poll_at as number;
  sms.polls = row.polls as number;
  return sms;
}

/** A text of ours that no longer is one means that the file is damaged where SQLite doesn't look. */
export function parsed<T>(json: SqlValue | undefined): T {
  try {
    return JSON.parse(String(json)) as T;
  } catch {
    throw new Unreadable('a record in it is garbled');
  }
}

const inner = (json: SqlValue | undefined): string => String(json).slice(1, -1);

/** What becomes of an SMS, but for the columns of its own. */
export function stateOf(sms: StoredSms): string {
  const state: Omit<SmsState, 'stage' | 'expires_at' | 'due_at' | 'poll_at' | 'polls'> = {
    status: sms.status,
    task_id: sms.task_id,
    port: sms.port,
    ref_id: sms.ref_id,
    count: sms.count,
    succ_count: sms.succ_count,
    time: sms.time,
    time_iso: sms.time_iso,
    status_code: sms.status_code,
    error: sms.error,
    reports: sms.reports,
    sim: sms.sim,
    stopping_at: sms.stopping_at,
    held: sms.held,
    released_at: sms.released_at,
    superseded: sms.superseded,
    best_other: sms.best_other,
    collected: sms.collected,
    history: sms.history,
  };
  return JSON.stringify(state);
}

const INSERT_SMS = `INSERT INTO sms (id, gateway, input, user_id, number, stage, rank, batch_key, template, text_hash,
  expires_at, due_at, paused, poll_at, polls, collect_group, text, sms, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** Writes down an SMS that is taken now. */
export function insertSms(db: Connection, stored: StoredSms, taken: NewSms): void {
  const { gateway } = stored;
  const { text, due_at: _due, held: _held, poll_at: _poll, ...sms } = taken;
  const { user_id, number, priority, expires_at } = taken;
  const template = isTemplate(taken);
  const batchKey = batchKeyOf(taken);
  const textHash = textHashOf({ gateway, priority, batchKey, text, template });
  // biome-ignore format: in the order of the columns
  db.run(INSERT_SMS,
    stored.id, gateway, stored.input, user_id, number, stored.stage, PRIORITY_RANK[priority], batchKey,
    Number(template), textHash, expires_at, stored.due_at, Number(stored.paused ?? false), stored.poll_at, stored.polls, taken.collect?.group ?? null, quoted(text), JSON.stringify({ ...sms, node: stored.node }),
    stateOf(stored),
  );
}

const isTemplate = ({ text_param }: NewSms): boolean => text_param !== undefined;

/** A text of the flow as a column holds it. */
export const quoted = (text: string): string => JSON.stringify(text);

/** A number for the waiting SMS that may travel together and have one text; others may have it, too. */
export function textHashOf(of: {
  gateway: string;
  priority: Priority;
  batchKey: string;
  text: string;
  template: boolean;
}): number {
  // FNV-1a
  let hash = 0x811c9dc5;
  for (const part of [of.gateway, of.priority, of.batchKey, of.template ? '1' : '0', of.text]) {
    for (let at = 0; at < part.length; at++) hash = Math.imul(hash ^ part.charCodeAt(at), 0x01000193);
  }
  return hash >>> 0;
}

/** The columns that make up an input. */
export const INPUTS = 'inputs JOIN messages ON messages.input = inputs.seq';
export const INPUT = 'id, gateway, key, taken_at, wait_until, closed_at, duplicate_of, job, rest, msg';

export const inputOf = (row: Row): StoredInput => ({
  ...parsed<Pick<InputRecord, 'node' | 'until' | 'on_timeout' | 'duplicates' | 'summary' | 'text'>>(row.rest),
  id: row.id as string,
  gateway: row.gateway as string,
  taken_at: row.taken_at as number,
  wait_until: row.wait_until as number,
  closed_at: row.closed_at as number,
  msg: row.msg as string,
  ...(row.key !== null && { key: parsed<string>(row.key) }),
  ...(row.job !== quoted(row.id as string) && { job: parsed<string>(row.job) }),
  ...(row.duplicate_of !== null && { duplicate_of: row.duplicate_of as string }),
});

const INSERT_INPUT = `INSERT INTO inputs (id, gateway, key, taken_at, wait_until, duplicate_of, first_sms, last_sms,
  undone, waiting, others, job, until, paused, listed, rest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const INSERT_MESSAGE = 'INSERT INTO messages (input, msg) VALUES (last_insert_rowid(), ?)';

/** Writes down an input that is taken now, with the ids of its SMS. */
export function insertInput(
  db: Connection,
  input: InputRecord,
  { first, count, others = 0, paused = false }: { first: number; count: number; others?: number; paused?: boolean },
  duplicate_of: string | null = null,
): void {
  const { id, gateway, key, taken_at, wait_until, node, until, on_timeout, duplicates, summary, text } = input;
  const claimed = key === undefined ? null : quoted(key);
  const rest = JSON.stringify({ node, until, on_timeout, duplicates, summary, text });
  const last = first + count - 1;
  const isListed = count - others > 1 || (count > 0 && jobOf(input) !== id);
  // biome-ignore format: in the order of the columns
  db.run(INSERT_INPUT,
    id, gateway, claimed, taken_at, wait_until, duplicate_of, first, last,
    count, count - others, others, quoted(jobOf(input)), until, Number(paused), Number(isListed), rest,
  );
  db.run(INSERT_MESSAGE, input.msg);
}
