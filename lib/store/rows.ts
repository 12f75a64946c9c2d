import type { InputRecord, NewSms, Priority, SmsState, Stage, StoredInput, StoredSms } from './records';

/** What a database shows of a record: its columns by their names. */
export type Row = Readonly<Record<string, unknown>>;

/** Something stands in the database that was never written there. */
export class Unreadable extends Error {}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** What an SMS is and what became of it stand in three texts: read as one, that costs half as much. */
export function smsOf(row: Row): StoredSms {
  const sms = parsed<Writable<StoredSms>>(`{"text":${row.text},${inner(row.sms)},${inner(row.state)}}`);
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
export function parsed<T>(json: unknown): T {
  try {
    return JSON.parse(String(json)) as T;
  } catch {
    throw new Unreadable('a record in it is garbled');
  }
}

const inner = (json: unknown): string => String(json).slice(1, -1);

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
    collected: sms.collected,
    history: sms.history,
  };
  return JSON.stringify(state);
}

/** Whether a text has parameters. */
export const isTemplate = ({ text_param }: NewSms): boolean => text_param !== undefined;

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

/** An input as its columns say it. */
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
