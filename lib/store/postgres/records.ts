import type { StoredInput, StoredSms } from '../records';
import { inputOf as inputOfRow, type Row, smsOf as smsOfRow } from '../rows';
import type { Rows } from './Transaction';

/** The columns that make up an SMS, of `sms` and `states`. */
export const SMS = `states.id, states.gateway, sms.input, states.stage, states.expires_at, states.due_at, states.paused,
  states.poll_at, states.polls, states.mark, sms.text, sms.sms, states.state`;

export const JOINED = '%.states AS states JOIN %.sms AS sms ON sms.id = states.id';

/** SMS as rows say it. */
export const smsOf = (rows: Rows): StoredSms[] => rows.map(smsOfRow);

/** The columns that make up an input. */
export const INPUT =
  'id, gateway, key, taken_at, wait_until, closed_at, resumed_at, duplicate_of, job, machine, rest, msg';

/** Inputs as rows say it. */
export const inputsOf = (rows: Rows): StoredInput[] =>
  rows.map((row: Row) => ({
    ...inputOfRow(row),
    ...(row.machine !== null && { machine: String(row.machine) }),
    ...(row.resumed_at !== null && { resumed_at: Number(row.resumed_at) }),
  }));

/** The last digits of a number, as `tailOf` makes them. */
export const TAIL = `right(ltrim(sms.number, '+0'), 7)`;

/**
 * The ids that a column's values are looked up by, as the arrays of `unnest`: one array a field, in the order of the rows.
 */
export const columnsOf = <T>(items: readonly T[], ...fields: ((item: T) => unknown)[]): unknown[][] =>
  fields.map((field) => items.map((item) => field(item) ?? null));

const MOST_INT = 2 ** 31 - 1;

/** A number of a gateway's that SMS are looked up by, as a column of that type takes it: one that is none there is nobody's. */
export const asInt = (value: number | undefined): number | null =>
  value !== undefined && Math.abs(value) <= MOST_INT ? value : null;
