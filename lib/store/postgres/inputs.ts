import type { StoredInput, StoredSms } from '../records';
import type { OutcomeParts } from '../store';
import { INPUT, inputsOf, SMS, smsOf } from './records';
import type { Transaction } from './Transaction';

const BY_IDS = `SELECT ${INPUT} FROM %.inputs JOIN unnest($1::text[]) WITH ORDINALITY AS asked (asked, place) ON id = asked
  ORDER BY place`;

export const inputsByIds = async (tx: Transaction, ids: string[]): Promise<StoredInput[]> =>
  inputsOf(await tx.ask(BY_IDS, ids));

// An input at a time by the indices: how many there are between two ids is no more than guessed, and then all SMS would be read.
const RECIPIENTS = `SELECT ${SMS} FROM %.inputs AS inputs
  CROSS JOIN LATERAL (SELECT * FROM %.states WHERE id BETWEEN inputs.first_sms AND inputs.last_sms ORDER BY id LIMIT $2) AS states
  CROSS JOIN LATERAL (SELECT * FROM %.sms WHERE id = states.id OFFSET 0) AS sms
  WHERE inputs.id = ANY($1::text[]) ORDER BY states.id LIMIT $2`;

export const recipients = async (tx: Transaction, input: string, limit?: number): Promise<StoredSms[]> =>
  smsOf(await tx.ask(RECIPIENTS, [input], limit ?? null));

// What was written without waiting for the disk is there a moment later; until then nothing may be told on its ground.
const IS_SAFE = 'SELECT pg_current_wal_flush_lsn() >= pg_current_wal_insert_lsn() AS safe';
const SYNC = `SELECT set_config('synchronous_commit', $1, true), pg_logical_emit_message(true, 'dinstar', '')`;

/** What outcomes tell, read for all of them at once; all of it is safe then. */
export async function outcomes(tx: Transaction, ids: string[], safeCommit: string): Promise<OutcomeParts[]> {
  const open = (await inputsByIds(tx, ids)).filter(({ closed_at }) => closed_at === 0);
  const others = open.flatMap(({ duplicate_of }) => duplicate_of ?? []);
  const firsts = new Map((others.length > 0 ? await inputsByIds(tx, others) : []).map((input) => [input.id, input]));
  const told = open.map((input) => ({ input, first: firsts.get(input.duplicate_of ?? '') ?? input }));
  if (told.length === 0) return [];
  const [rows, [flushed]] = await Promise.all([
    tx.ask(RECIPIENTS, [...new Set(told.map(({ first }) => first.id))], null),
    tx.ask(IS_SAFE),
  ]);
  if (flushed?.safe !== true) await tx.ask(SYNC, safeCommit);
  const found = new Map<string, StoredSms[]>(told.map(({ first }) => [first.id, []]));
  for (const one of smsOf(rows)) found.get(one.input)?.push(one);
  return told.map(({ input, first }) => ({ input, first, recipients: found.get(first.id) ?? [] }));
}

const DUE = `SELECT ${INPUT} FROM %.inputs WHERE closed_at = 0 AND wait_until <> 0 AND gateway = ANY($1::text[])
  AND wait_until <= $2 ORDER BY wait_until, id LIMIT $3`;
export const inputsDue = async (tx: Transaction, ...asked: [string[], number, number]): Promise<StoredInput[]> =>
  inputsOf(await tx.ask(DUE, ...asked));

const OPEN = `SELECT ${INPUT} FROM %.inputs WHERE closed_at = 0 AND gateway = ANY($1::text[]) AND id > $2
  ORDER BY id LIMIT $3`;
export const openInputs = async (tx: Transaction, ...asked: [string[], string, number]): Promise<StoredInput[]> =>
  inputsOf(await tx.ask(OPEN, ...asked));

const IN_ORDER = 'SELECT id FROM %.inputs WHERE id = ANY($1::text[]) AND closed_at = 0 ORDER BY id FOR UPDATE';
const PROLONG = `WITH open AS (${IN_ORDER}) UPDATE %.inputs AS inputs SET wait_until = $2 FROM open
  WHERE inputs.id = open.id AND wait_until <> 0 AND wait_until < $2`;
export const prolong = (tx: Transaction, ids: string[], wait_until: number): void => tx.tell(PROLONG, ids, wait_until);

const CLOSE = `WITH open AS (${IN_ORDER}) UPDATE %.inputs AS inputs SET closed_at = $2 FROM open WHERE inputs.id = open.id`;
const WAITING = `SELECT id FROM %.inputs WHERE closed_at = 0 AND duplicate_of = ANY($1::text[])`;
export async function closeInputs(tx: Transaction, ids: string[], at: number): Promise<string[]> {
  tx.tell(CLOSE, ids, at);
  return (await tx.ask(WAITING, ids)).map(({ id }) => String(id));
}
