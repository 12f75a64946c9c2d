import { firstMark } from '../postgres/KnownSms';
import { columnsOf } from '../postgres/records';
import { parsed, quoted, type Row, stateOf } from '../rows';
import { INPUT_COUNTS, type MovedInput, type MovedPause, type MovedSms, type MovedUsage } from './records';
import { foundBy } from './smsRows';

/** Of an input in a database: what a file has, too. */
export const INPUTS = `SELECT seq, id, gateway, key, job, until, taken_at, wait_until, closed_at, resumed_at, duplicate_of, first_sms,
  last_sms, paused, listed, rest, msg, ${INPUT_COUNTS.join(', ')} FROM %.inputs WHERE seq > $1 ORDER BY seq LIMIT $2`;

/** An input as its columns in a database say it. The machine that took it is none of those that there will be. */
export const databaseInput = ({ seq: _place, ...row }: Row): MovedInput => row as unknown as MovedInput;

const COUNTS = INPUT_COUNTS.map((_, place) => `$${place + 20}::int[]`).join(', ');
const ADD_INPUTS = `INSERT INTO %.inputs (id, gateway, node, key, job, until, taken_at, wait_until, closed_at, resumed_at,
  duplicate_of, first_sms, last_sms, paused, listed, over, waits, rest, msg, ${INPUT_COUNTS.join(', ')})
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::float8[], $8::float8[],
    $9::float8[], $10::float8[], $11::text[], $12::bigint[], $13::bigint[], $14::smallint[], $15::boolean[], $16::boolean[],
    $17::boolean[], $18::text[], $19::text[], ${COUNTS})`;

/** A statement with its values. */
export type Statement = [sql: string, ...values: unknown[]];

export const addInputs = (inputs: readonly MovedInput[]): Statement => [
  ADD_INPUTS,
  ...columnsOf(
    inputs,
    ({ id }) => id,
    ({ gateway }) => gateway,
    ({ rest }) => quoted(parsed<{ node?: string }>(rest).node ?? ''),
    ({ key }) => key,
    ({ job }) => job,
    ({ until }) => until,
    ({ taken_at }) => taken_at,
    ({ wait_until }) => wait_until,
    ({ closed_at }) => closed_at,
    ({ resumed_at }) => resumed_at,
    ({ duplicate_of }) => duplicate_of,
    ({ first_sms }) => first_sms,
    ({ last_sms }) => last_sms,
    ({ paused }) => paused,
    ({ listed }) => listed,
    ({ undone }) => undone === 0,
    ({ waiting }) => waiting > 0,
    ({ rest }) => rest,
    ({ msg }) => msg,
    ...INPUT_COUNTS.map((name) => (input: MovedInput) => input[name]),
  ),
];

const ADD_SMS = `INSERT INTO %.sms (id, gateway, input, user_id, number, template, collect_group, text, sms)
  SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::boolean[], $7::text[], $8::text[],
    $9::text[])`;
const ADD_STATES = `INSERT INTO %.states (id, gateway, stage, rank, paused, batch_key, text_hash, expires_at, due_at, poll_at, polls,
  submission, port, ref_id, count, chosen_port, state, mark)
  SELECT *, $18::bigint FROM unnest($1::bigint[], $2::text[], $3::text[], $4::smallint[], $5::boolean[], $6::text[],
    $7::bigint[], $8::float8[], $9::float8[], $10::float8[], $11::int[], $12::bigint[], $13::int[], $14::int[], $15::int[],
    $16::int[], $17::text[])`;
const ADD_REQUESTS = `INSERT INTO %.requests AS known (submission, gateway, at, queue_before, task_before, newest_before, count)
  SELECT submission, min(gateway), min(at), min(queue_before), min(task_before), min(newest_before), count(*)
  FROM unnest($1::bigint[], $2::text[], $3::float8[], $4::bigint[], $5::bigint[], $6::text[])
    AS begun (submission, gateway, at, queue_before, task_before, newest_before) GROUP BY submission
  ON CONFLICT (submission) DO UPDATE SET count = known.count + excluded.count`;

export function addSms(moved: readonly MovedSms[]): Statement[] {
  const fixed = columnsOf(
    moved,
    ({ sms }) => sms.id,
    ({ sms }) => sms.gateway,
    ({ sms }) => sms.input,
    ({ sms }) => sms.user_id,
    ({ sms }) => sms.number,
    (one) => foundBy(one).template,
    ({ sms }) => sms.collect?.group,
    ({ sms }) => quoted(sms.text),
    ({ taken }) => taken,
  );
  const states = columnsOf(
    moved,
    ({ sms }) => sms.id,
    ({ sms }) => sms.gateway,
    ({ sms }) => sms.stage,
    (one) => foundBy(one).rank,
    ({ sms }) => sms.paused ?? false,
    (one) => foundBy(one).batchKey,
    (one) => foundBy(one).textHash,
    ({ sms }) => sms.expires_at,
    ({ sms }) => sms.due_at,
    ({ sms }) => sms.poll_at,
    ({ sms }) => sms.polls,
    ({ begun }) => begun?.submission,
    ({ sms }) => sms.port,
    ({ sms }) => sms.ref_id,
    ({ sms }) => sms.count,
    ({ sms }) => sms.sim?.port,
    ({ sms }) => stateOf(sms),
  );
  const requests = columnsOf(
    moved.flatMap(({ sms, begun }) => (begun ? [{ ...begun, gateway: sms.gateway }] : [])),
    ({ submission }) => submission,
    ({ gateway }) => gateway,
    ({ at }) => at,
    ({ queue }) => queue,
    ({ task }) => task,
    ({ newest }) => newest,
  );
  return [
    [ADD_SMS, ...fixed],
    [ADD_STATES, ...states, firstMark()],
    [ADD_REQUESTS, ...requests],
  ];
}

/** A pause by a node names it as JSON there. */
export const databasePause = (row: Row): MovedPause => ({
  ...(row as unknown as MovedPause),
  node: row.node === null ? null : parsed<string>(row.node),
});

const ADD_PAUSES = `INSERT INTO %.pauses AS known (gateway, kind, name, paused, node, place)
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::boolean[], $5::text[], $6::bigint[])
  ON CONFLICT (gateway, kind, name) DO UPDATE SET paused = true, node = excluded.node, place = excluded.place
    WHERE excluded.paused`;

export const addPauses = (pauses: readonly MovedPause[]): Statement => [
  ADD_PAUSES,
  ...columnsOf(
    pauses,
    ({ gateway }) => gateway,
    ({ kind }) => kind,
    ({ name }) => name,
    ({ paused }) => paused,
    ({ node }) => (node === null ? null : quoted(node)),
    ({ place }) => place,
  ),
];

const USAGE_COLUMNS = 'card, counter, period, until, sliding';
/** In one order, whatever the database's. */
export const USAGE = `SELECT ${USAGE_COLUMNS}, amount, NULL AS recipient FROM %.usage
  UNION ALL SELECT ${USAGE_COLUMNS}, uses, recipient FROM %.usage_recipients
  ORDER BY 1, 2, 3, 7 LIMIT $1 OFFSET $2`;
const ADD_USAGE = (table: string, amount: string, key: string): string =>
  `INSERT INTO %.${table} AS known (${USAGE_COLUMNS}, ${amount}${key && `, ${key}`})
  SELECT * FROM unnest($1::text[], $2::text[], $3::float8[], $4::float8[], $5::boolean[], $6::float8[]${key && ', $7::text[]'})
  ON CONFLICT (card, counter, period${key && `, ${key}`}) DO UPDATE
  SET ${amount} = known.${amount} + excluded.${amount}, until = greatest(known.until, excluded.until)`;

export function addUsage(usage: readonly MovedUsage[]): Statement[] {
  const columns = (some: readonly MovedUsage[]): unknown[][] =>
    columnsOf(
      some,
      ({ card }) => card,
      ({ counter }) => counter,
      ({ period }) => period,
      ({ until }) => until,
      ({ sliding }) => sliding,
      ({ amount }) => amount,
    );
  const amounts = usage.filter(({ recipient }) => recipient === null);
  const known = usage.filter(({ recipient }) => recipient !== null);
  return [
    [ADD_USAGE('usage', 'amount', ''), ...columns(amounts)],
    [ADD_USAGE('usage_recipients', 'uses', 'recipient'), ...columns(known), known.map(({ recipient }) => recipient)],
  ];
}
