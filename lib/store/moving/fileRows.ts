import { parsed, quoted, type Row, stateOf } from '../rows';
import type { SqlValue } from '../sqlite/drivers/driver';
import { INPUT_COUNTS, type MovedInput, type MovedSms } from './records';
import { foundBy } from './smsRows';

const COUNTS = INPUT_COUNTS.join(', ');

/** The columns of an input in a file, but for its message and its place. */
export const COLUMNS_OF_INPUT = `id, gateway, key, job, until, taken_at, wait_until, closed_at, duplicate_of, first_sms, last_sms,
  paused, listed, rest, ${COUNTS}`;

const places = (columns: string): string => columns.replace(/\w+/g, '?');
export const INSERT_INPUT = `INSERT INTO inputs (${COLUMNS_OF_INPUT}) VALUES (${places(COLUMNS_OF_INPUT)})`;

/** Whose going on was told stands with what else the input is. */
type Rest = { resumed_at?: number };

/** An input as its columns in a file say it. */
export function fileInput(row: Row): MovedInput {
  const { resumed_at, ...rest } = parsed<Rest>(row.rest);
  const counts = Object.fromEntries(INPUT_COUNTS.map((name) => [name, Number(row[name])]));
  return {
    ...(counts as Pick<MovedInput, (typeof INPUT_COUNTS)[number]>),
    ...{ id: String(row.id), gateway: String(row.gateway), key: row.key as string | null },
    ...{ job: String(row.job), until: String(row.until), duplicate_of: row.duplicate_of as string | null },
    ...{ taken_at: Number(row.taken_at), wait_until: Number(row.wait_until), closed_at: Number(row.closed_at) },
    ...{ resumed_at: resumed_at ?? null, first_sms: Number(row.first_sms), last_sms: Number(row.last_sms) },
    ...{ paused: Number(row.paused), listed: row.listed === 1, rest: JSON.stringify(rest), msg: String(row.msg) },
  };
}

/** The columns of an input in a file. */
export function inputValues(input: MovedInput): SqlValue[] {
  const { id, gateway, key, job, until, taken_at, wait_until, closed_at, duplicate_of, first_sms, last_sms } = input;
  const { paused, listed, resumed_at } = input;
  const rest = resumed_at === null ? input.rest : JSON.stringify({ ...parsed<object>(input.rest), resumed_at });
  return [
    ...[id, gateway, key, job, until, taken_at, wait_until, closed_at, duplicate_of, first_sms, last_sms],
    ...[paused, Number(listed), rest, ...INPUT_COUNTS.map((name) => input[name])],
  ];
}

/** The columns of an SMS in a file. */
export const SMS_COLUMNS = `id, gateway, input, user_id, number, stage, rank, batch_key, template, text_hash, expires_at, due_at,
  paused, poll_at, polls, submission, begun_at, queue_before, task_before, newest_before, collect_group, text, sms, state`;
export const INSERT_SMS = `INSERT INTO sms (${SMS_COLUMNS}) VALUES (${places(SMS_COLUMNS)})`;

/** The columns of an SMS in a file. */
export function smsValues(moved: MovedSms): SqlValue[] {
  const { sms, taken, begun } = moved;
  const { batchKey, template, textHash, rank } = foundBy(moved);
  const { submission = null, at = null, queue = null, task = null, newest = null } = begun ?? {};
  return [
    ...[sms.id, sms.gateway, sms.input, sms.user_id, sms.number, sms.stage, rank, batchKey, Number(template), textHash],
    ...[sms.expires_at, sms.due_at, Number(sms.paused ?? false), sms.poll_at, sms.polls, submission, at, queue, task],
    ...[newest, sms.collect?.group ?? null, quoted(sms.text), taken, stateOf(sms)],
  ];
}
