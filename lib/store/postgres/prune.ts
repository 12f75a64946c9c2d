import { quoted } from '../rows';
import { forgetStates } from './submissions';
import type { Transaction } from './Transaction';

/** SMS forgotten in one transaction: as many as a queue waits for without harm. */
const SMS_PER_STEP = 500;

// What another machine is just forgetting is its business.
const OLDEST = `SELECT seq, id, gateway, job, first_sms, last_sms FROM %.inputs
  WHERE closed_at <> 0 AND over AND closed_at < $1 ORDER BY closed_at, id LIMIT $2 FOR UPDATE SKIP LOCKED`;
const RANGE = 'SELECT id FROM %.states WHERE id BETWEEN $1 AND $2 ORDER BY id LIMIT $3';

const forget = (where: string): string[] => [forgetStates(where), `DELETE FROM %.sms WHERE ${where}`];
const FORGET_RANGE = forget('id BETWEEN $1 AND $2');
const FORGET_THESE = forget('id = ANY($1::bigint[])');

/**
 * Forgets closed inputs whose SMS are all done, as far as one step goes: an input of a hundred thousand goes in many.
 * `more` when another step has something to do.
 */
export async function pruneStep(
  tx: Transaction,
  before: number,
  limit: number,
): Promise<{ gone: number; more: boolean }> {
  const most = Math.min(limit, SMS_PER_STEP);
  const oldest = await tx.ask(OLDEST, before, most);
  let left = SMS_PER_STEP;
  const gone: typeof oldest = [];
  for (const input of oldest) {
    const count = Number(input.last_sms) - Number(input.first_sms) + 1;
    if (gone.length > 0 && count > left) break;
    if (count > left) {
      const ids = (await tx.ask(RANGE, input.first_sms, input.last_sms, left)).map(({ id }) => id);
      forgetSms(tx, ids);
      if (ids.length === left) return { gone: 0, more: true };
    }
    gone.push(input);
    left -= count + 1;
    if (left <= 0) break;
  }
  for (const { first_sms, last_sms } of gone) for (const sql of FORGET_RANGE) tx.tell(sql, first_sms, last_sms);
  forgetInputs(tx, gone);
  return { gone: gone.length, more: gone.length < limit && (gone.length < oldest.length || oldest.length === most) };
}

function forgetSms(tx: Transaction, ids: unknown[]): void {
  for (const sql of FORGET_THESE) tx.tell(sql, ids);
}

function forgetInputs(tx: Transaction, inputs: readonly Record<string, unknown>[]): void {
  if (inputs.length === 0) return;
  tx.tell(
    'DELETE FROM %.inputs WHERE seq = ANY($1::bigint[])',
    inputs.map(({ seq }) => seq),
  );
  // A name that the flow gave may come again; one of its own is over.
  const own = inputs.filter(({ id, job }) => job === quoted(String(id))).map(({ job }) => job);
  if (own.length > 0) tx.tell(`DELETE FROM %.pauses WHERE kind = 'job' AND name = ANY($1::text[])`, own);
}
