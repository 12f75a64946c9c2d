import { jobOf } from '../jobs';
import type { InputRecord, NewSms, StoredSms } from '../records';
import { batchKeyOf, PRIORITY_RANK } from '../records';
import { isTemplate, quoted, stateOf, textHashOf } from '../rows';
import type { Connection } from './Connection';

/** The columns that make up an SMS. */
export const SMS = 'id, gateway, input, stage, expires_at, due_at, paused, poll_at, polls, text, sms, state';

const INSERT_SMS = `INSERT INTO sms (id, gateway, input, user_id, number, stage, rank, batch_key, template, text_hash,
  expires_at, due_at, paused, poll_at, polls, collect_group, text, sms, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** What of an SMS has columns of its own, or stands in its state. */
const ELSEWHERE = { text: undefined, due_at: undefined, held: undefined, poll_at: undefined };

/** Writes down an SMS that is taken now. */
export function insertSms(db: Connection, stored: StoredSms, taken: NewSms): void {
  const { gateway } = stored;
  const { text, user_id, number, priority, expires_at } = taken;
  // Not the rest of a spread: what was parsed from JSON would get a shape of its own with each field.
  const sms = Object.assign({}, taken, { ...ELSEWHERE, node: stored.node });
  const template = isTemplate(taken);
  const batchKey = batchKeyOf(taken);
  const textHash = textHashOf({ gateway, priority, batchKey, text, template });
  // biome-ignore format: in the order of the columns
  db.run(INSERT_SMS,
    stored.id, gateway, stored.input, user_id, number, stored.stage, PRIORITY_RANK[priority], batchKey,
    Number(template), textHash, expires_at, stored.due_at, Number(stored.paused ?? false), stored.poll_at, stored.polls, taken.collect?.group ?? null, quoted(text), JSON.stringify(sms),
    stateOf(stored),
  );
}

/** The columns that make up an input. */
export const INPUTS = 'inputs JOIN messages ON messages.input = inputs.seq';
export const INPUT = 'id, gateway, key, taken_at, wait_until, closed_at, duplicate_of, job, rest, msg';

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
