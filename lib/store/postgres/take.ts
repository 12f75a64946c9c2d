import { jobOf } from '../jobs';
import { batchKeyOf, type InputRecord, type NewSms, PRIORITY_RANK, type StoredSms } from '../records';
import { isTemplate, quoted, stateOf, textHashOf } from '../rows';
import { takenSms } from '../smsState';
import type { Taken, Taking } from '../store';
import { othersOf } from '../tally';
import { isPaused, pausesOf } from './pauses';
import { columnsOf } from './records';
import type { Transaction } from './Transaction';
import { UsedKeys } from './UsedKeys';
import { usedUserIds } from './usedUserIds';

/** An input that is written down now. */
interface NewInput {
  input: InputRecord;
  first: number;
  count: number;
  others: number;
  paused: boolean;
  duplicate_of?: string;
}

/** Takes inputs with their SMS. Nobody else takes something for these gateways, or commands their jobs, meanwhile. */
export async function take(tx: Transaction, takings: Taking[]): Promise<Taken[]> {
  const [known, used, keys, pauses, firstId] = await Promise.all([
    tx.ask('SELECT id FROM %.inputs WHERE id = ANY($1::text[]) LIMIT 1', idsOf(takings)),
    usedUserIds(tx, takings),
    UsedKeys.of(tx, takings),
    pausesOf(tx, takings),
    tx.takeIds(takings.reduce((sum, { sms }) => sum + sms.length, 0)),
  ]);
  refuseKnown(takings, known[0]?.id);
  const inputs: NewInput[] = [];
  const stored: [StoredSms, NewSms][] = [];
  let first = firstId;
  const taken = takings.map((taking): Taken => {
    const { input, sms, usedSince } = taking;
    // The key comes first: an input that is given twice, user_ids and all, is a duplicate and no error.
    const duplicate_of = keys.claimant(input, usedSince.key);
    if (duplicate_of !== undefined) {
      inputs.push({ input, first, count: 0, others: 0, paused: false, duplicate_of });
      return { taken: true, sms: [], duplicate_of };
    }
    const user_id = used.firstOf(input.gateway, sms, usedSince.user_id);
    if (user_id !== undefined) return { taken: false, user_id };
    used.add(input, sms);
    keys.add(input);
    const paused = isPaused(pauses, input);
    inputs.push({ input, first, count: sms.length, others: othersOf(sms), paused });
    const own = sms.map((one, place) => takenSms(first + place, input, one, paused));
    first += sms.length;
    own.forEach((one, place) => {
      stored.push([one, sms[place] as NewSms]);
    });
    return { taken: true, sms: own };
  });
  insertInputs(tx, inputs);
  insertSms(tx, stored);
  return taken;
}

const idsOf = (takings: Taking[]): string[] => takings.map(({ input }) => input.id);

function refuseKnown(takings: Taking[], known: unknown): void {
  const seen = new Set<string>();
  const twice = known ?? idsOf(takings).find((id) => seen.size === seen.add(id).size);
  if (twice !== undefined) throw new Error(`the input ${twice} was taken before`);
}

const INSERT_INPUTS = `INSERT INTO %.inputs (machine, id, gateway, node, key, job, until, taken_at, wait_until, duplicate_of,
  first_sms, last_sms, paused, listed, over, waits, others, undone, waiting, rest, msg)
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::float8[],
    $9::float8[], $10::text[], $11::bigint[], $12::bigint[], $13::smallint[], $14::boolean[], $15::boolean[], $16::boolean[],
    $17::int[], $18::int[], $19::int[], $20::text[], $21::text[])`;

function insertInputs(tx: Transaction, inputs: readonly NewInput[]): void {
  if (inputs.length === 0) return;
  const columns = columnsOf(
    inputs,
    ({ input }) => input.machine,
    ({ input }) => input.id,
    ({ input }) => input.gateway,
    ({ input }) => quoted(input.node),
    ({ input }) => (input.key === undefined ? null : quoted(input.key)),
    ({ input }) => quoted(jobOf(input)),
    ({ input }) => input.until,
    ({ input }) => input.taken_at,
    ({ input }) => input.wait_until,
    ({ duplicate_of }) => duplicate_of,
    ({ first }) => first,
    ({ first, count }) => first + count - 1,
    ({ paused }) => Number(paused),
    ({ input, count, others }) => count - others > 1 || (count > 0 && jobOf(input) !== input.id),
    ({ count }) => count === 0,
    ({ count, others }) => count > others,
    ({ others }) => others,
    ({ count }) => count,
    ({ count, others }) => count - others,
    ({ input: { node, until, on_timeout, duplicates, summary, text } }) =>
      JSON.stringify({ node, until, on_timeout, duplicates, summary, text }),
    ({ input }) => input.msg,
  );
  tx.tell(INSERT_INPUTS, ...columns);
}

const INSERT_SMS = `INSERT INTO %.sms (id, gateway, input, user_id, number, template, collect_group, text, sms)
  SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::boolean[], $7::text[], $8::text[],
    $9::text[])`;
const INSERT_STATES = `INSERT INTO %.states (id, gateway, stage, rank, paused, batch_key, text_hash, expires_at, due_at,
  poll_at, polls, state, mark)
  SELECT *, $13::bigint FROM unnest($1::bigint[], $2::text[], $3::text[], $4::smallint[], $5::boolean[], $6::text[],
    $7::bigint[], $8::float8[], $9::float8[], $10::float8[], $11::int[], $12::text[])`;
/** SMS in one statement: one of a hundred thousand would be too much to write, and to read, at once. */
const SMS_PER_STATEMENT = 2000;
/** Of more than leave soon nothing is known for long. What the flow gave with them is the flow's to change. */
const MOST_KNOWN = 512;

function insertSms(tx: Transaction, stored: readonly [StoredSms, NewSms][]): void {
  for (let from = 0; from < stored.length; from += SMS_PER_STATEMENT) {
    const step = stored.slice(from, from + SMS_PER_STATEMENT);
    const fixed = columnsOf(
      step,
      ([one]) => one.id,
      ([one]) => one.gateway,
      ([one]) => one.input,
      ([one]) => one.user_id,
      ([one]) => one.number,
      ([, taken]) => isTemplate(taken),
      ([one]) => one.collect?.group,
      ([one]) => quoted(one.text),
      ([one, { text: _text, due_at: _due, held: _held, poll_at: _poll, ...sms }]) =>
        JSON.stringify({ ...sms, node: one.node }),
    );
    const states = columnsOf(
      step,
      ([one]) => one.id,
      ([one]) => one.gateway,
      ([one]) => one.stage,
      ([one]) => PRIORITY_RANK[one.priority],
      ([one]) => one.paused ?? false,
      ([, taken]) => batchKeyOf(taken),
      ([{ gateway, priority, text }, taken]) =>
        textHashOf({ gateway, priority, batchKey: batchKeyOf(taken), text, template: isTemplate(taken) }),
      ([one]) => one.expires_at,
      ([one]) => one.due_at,
      ([one]) => one.poll_at,
      ([one]) => one.polls,
      ([one]) => stateOf(one),
    );
    tx.tell(INSERT_SMS, ...fixed);
    const mark = tx.known.nextMark();
    tx.tell(INSERT_STATES, ...states, mark);
    if (stored.length <= MOST_KNOWN) for (const [one] of step) if (!one.extra) tx.known.note(one, mark);
  }
}
