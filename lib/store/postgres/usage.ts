import type { Charge, KnownRecipient, Usage, UsageChange, UsageQuestion, UsageRow } from '../usage';
import { KEPT_AFTER_END_MS } from '../usage';
import { columnsOf } from './records';
import type { Rows, Transaction } from './Transaction';

const TABLES = ['usage', 'usage_recipients'] as const;
type Table = (typeof TABLES)[number];

const tableOf = ({ recipient }: Charge): Table => (recipient === undefined ? 'usage' : 'usage_recipients');
const counterOf = (charge: Charge): string => JSON.stringify([tableOf(charge), charge.card, charge.counter]);
const placeOf = (charge: Charge): string =>
  JSON.stringify([charge.card, charge.counter, charge.period, charge.recipient]);

const USE = {
  usage: `INSERT INTO %.usage AS known (card, counter, period, until, sliding, amount)
    SELECT * FROM unnest($1::text[], $2::text[], $3::float8[], $4::float8[], $5::boolean[], $6::float8[])
    ON CONFLICT (card, counter, period) DO UPDATE
    SET amount = known.amount + excluded.amount, until = greatest(known.until, excluded.until)`,
  usage_recipients: `INSERT INTO %.usage_recipients AS known (card, counter, period, until, sliding, uses, recipient)
    SELECT * FROM unnest($1::text[], $2::text[], $3::float8[], $4::float8[], $5::boolean[], $6::float8[], $7::text[])
    ON CONFLICT (card, counter, period, recipient) DO UPDATE
    SET uses = known.uses + excluded.uses, until = greatest(known.until, excluded.until)`,
};
const FORGET_OVER = (table: Table): string => `DELETE FROM %.${table} AS known
  USING (SELECT DISTINCT * FROM unnest($1::text[], $2::text[])) AS used (card, counter)
  WHERE known.card = used.card AND known.counter = used.counter AND known.sliding AND known.until <= $3`;

/** Counts charges. Parts of sliding windows that are over are forgotten with the next one. */
export function use(tx: Transaction, charges: readonly Charge[], at: number): void {
  for (const group of groupsOf(charges, at)) {
    for (const table of TABLES) {
      const own = group.filter((charge) => tableOf(charge) === table);
      const sliding = own.filter(({ sliding }) => sliding);
      if (sliding.length > 0) tx.tell(FORGET_OVER(table), ...whoseOf(sliding), at);
      if (own.length > 0) useIn(tx, table, summed(own));
    }
  }
}

/** What is counted already over is forgotten with the next charge of its counter: that is another statement. */
function groupsOf(charges: readonly Charge[], at: number): Charge[][] {
  const groups: Charge[][] = [[]];
  let over = new Set<string>();
  for (const charge of charges) {
    if (charge.sliding && over.has(counterOf(charge))) {
      groups.push([]);
      over = new Set();
    }
    groups.at(-1)?.push(charge);
    if (charge.sliding && charge.until <= at) over.add(counterOf(charge));
  }
  return groups;
}

/** One charge of each place: a statement can't change a row twice. */
function summed(charges: readonly Charge[]): Charge[] {
  const sums = new Map<string, Charge>();
  for (const charge of charges) {
    const amount = usesOf(charge);
    const known = sums.get(placeOf(charge));
    if (!known) sums.set(placeOf(charge), { ...charge, amount });
    else {
      known.amount += amount;
      known.until = Math.max(known.until, charge.until);
    }
  }
  return inOrder(sums);
}

/** Rows are changed in one order, so that no two changes wait for one another. */
const inOrder = (charges: ReadonlyMap<string, Charge>): Charge[] =>
  [...charges].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, charge]) => charge);

const usesOf = ({ recipient, amount }: Charge): number => (recipient === undefined ? amount : 1);
const whoseOf = (charges: readonly Charge[]): unknown[][] =>
  columnsOf(
    charges,
    ({ card }) => card,
    ({ counter }) => counter,
  );

function useIn(tx: Transaction, table: Table, charges: readonly Charge[]): void {
  const more = columnsOf(
    charges,
    ({ period }) => period,
    ({ until }) => until,
    ({ sliding }) => sliding ?? false,
    ({ amount }) => amount,
  );
  const recipients = table === 'usage' ? [] : columnsOf(charges, ({ recipient }) => recipient);
  tx.tell(USE[table], ...whoseOf(charges), ...more, ...recipients);
}

const SAME = 'known.card = given.card AND known.counter = given.counter AND known.period = given.period';
const GIVE_BACK = {
  usage: `UPDATE %.usage AS known SET amount = known.amount - given.amount
    FROM unnest($1::text[], $2::text[], $3::float8[], $4::float8[]) AS given (card, counter, period, amount) WHERE ${SAME}`,
  usage_recipients: `UPDATE %.usage_recipients AS known SET uses = known.uses - given.uses
    FROM unnest($1::text[], $2::text[], $3::float8[], $4::float8[], $5::text[]) AS given (card, counter, period, uses, recipient)
    WHERE ${SAME} AND known.recipient = given.recipient`,
};
const USED_UP = {
  usage: 'DELETE FROM %.usage WHERE card = ANY($1::text[]) AND amount <= 0',
  usage_recipients: 'DELETE FROM %.usage_recipients WHERE card = ANY($1::text[]) AND uses <= 0',
};

/** Takes charges off the counters; what is forgotten already stays so. */
export function giveBack(tx: Transaction, charges: readonly Charge[]): void {
  for (const table of TABLES) {
    const own = summed(charges.filter((charge) => tableOf(charge) === table));
    if (own.length === 0) continue;
    const more = columnsOf(
      own,
      ({ period }) => period,
      ({ amount }) => amount,
    );
    const recipients = table === 'usage' ? [] : columnsOf(own, ({ recipient }) => recipient);
    tx.tell(GIVE_BACK[table], ...whoseOf(own), ...more, ...recipients);
    tx.tell(USED_UP[table], [...new Set(own.map(({ card }) => card))]);
  }
}

const MOVE = `INSERT INTO %.usage AS known (card, counter, period, until, sliding, amount)
  SELECT $1, counter, period, until, sliding, amount FROM %.usage WHERE card = $2
  ON CONFLICT (card, counter, period) DO UPDATE
  SET amount = known.amount + excluded.amount, until = greatest(known.until, excluded.until)`;
const MOVE_RECIPIENTS = `INSERT INTO %.usage_recipients AS known (card, counter, period, until, sliding, recipient, uses)
  SELECT $1, counter, period, until, sliding, recipient, uses FROM %.usage_recipients WHERE card = $2
  ON CONFLICT (card, counter, period, recipient) DO UPDATE
  SET uses = known.uses + excluded.uses, until = greatest(known.until, excluded.until)`;

export function changeUsage(tx: Transaction, change: UsageChange): void {
  for (const { from, to } of change.move ?? []) {
    if (from === to) continue;
    tx.tell(MOVE, to, from);
    tx.tell(MOVE_RECIPIENTS, to, from);
    for (const table of TABLES) tx.tell(`DELETE FROM %.${table} WHERE card = $1`, from);
  }
  for (const { card, counter, period } of change.reset ?? []) {
    for (const table of TABLES) {
      const where = 'WHERE card = $1 AND counter = $2 AND coalesce(period = $3, true)';
      tx.tell(`DELETE FROM %.${table} ${where}`, card, counter, period ?? null);
    }
  }
  giveBack(tx, change.giveBack ?? []);
  use(tx, change.use ?? [], change.at);
}

const MEANT = `known.card = asked.card AND known.counter = asked.counter
  AND CASE WHEN asked.period IS NULL THEN known.until > $4 ELSE known.period = asked.period END`;
const COLUMNS = 'known.card, known.counter, known.period, known.until, known.sliding';
const ROWS = `SELECT found.* FROM unnest($1::text[], $2::text[], $3::float8[]) WITH ORDINALITY AS asked (card, counter, period, place)
  CROSS JOIN LATERAL (
    SELECT 0 AS kind, ${COLUMNS}, amount FROM %.usage AS known WHERE ${MEANT}
    UNION ALL SELECT 1, ${COLUMNS}, count(*)::float8 FROM %.usage_recipients AS known WHERE ${MEANT} GROUP BY ${COLUMNS}
  ) AS found ORDER BY asked.place, found.kind, found.card, found.counter, found.period, found.until, found.sliding`;
const KNOWN = `SELECT ${COLUMNS}, known.recipient FROM unnest($1::text[]) WITH ORDINALITY AS asked (recipient, place)
  JOIN %.usage_recipients AS known ON known.recipient = asked.recipient WHERE known.until > $2
  ORDER BY asked.place, ${COLUMNS}`;

export async function readUsage(
  tx: Transaction,
  questions: UsageQuestion[],
  recipients: string[],
  now: number,
): Promise<Usage> {
  const asked = columnsOf(
    questions,
    ({ card }) => card,
    ({ counter }) => counter,
    ({ period }) => period,
  );
  const [rows, known] = await Promise.all([
    questions.length > 0 ? tx.ask(ROWS, ...asked, now) : [],
    recipients.length > 0 ? tx.ask(KNOWN, [...new Set(recipients)], now) : [],
  ]);
  return {
    rows: rows.map((row): UsageRow => ({ ...partOf(row), amount: Number(row.amount) })),
    known: known.map((row): KnownRecipient => ({ ...partOf(row), recipient: String(row.recipient) })),
  };
}

const partOf = (row: Rows[number]) => ({
  card: String(row.card),
  counter: String(row.counter),
  period: Number(row.period),
  until: Number(row.until),
  ...(row.sliding === true && { sliding: true as const }),
});

/** Forgets counters that ended a week before a moment. */
export function pruneUsage(tx: Transaction, before: number): void {
  for (const table of TABLES) tx.tell(`DELETE FROM %.${table} WHERE until < $1`, before - KEPT_AFTER_END_MS);
}
