import {
  type Charge,
  KEPT_AFTER_END_MS,
  type KnownRecipient,
  type Usage,
  type UsageChange,
  type UsageQuestion,
  type UsageRow,
} from '../usage';
import type { Connection } from './Connection';
import type { Row } from './drivers/driver';

const USE = `INSERT INTO usage (card, counter, period, until, sliding, amount) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET amount = amount + excluded.amount, until = max(until, excluded.until)`;
const USE_RECIPIENTS = `INSERT INTO usage_recipients (card, counter, period, until, sliding, recipient, uses)
  SELECT ?, ?, ?, ?, ?, value, 1 FROM json_each(?) WHERE true
  ON CONFLICT DO UPDATE SET uses = uses + 1, until = max(until, excluded.until)`;
const OVER = 'WHERE card = ? AND counter = ? AND sliding = 1 AND until <= ?';

/** Counts charges. Parts of sliding windows that are over are forgotten with the next one. */
export function use(db: Connection, charges: readonly Charge[], at: number): void {
  const forgotten = new Set<string>();
  for (const { card, counter, period, until, sliding, amount, recipients } of together(charges, at)) {
    const values = [card, counter, period, until, Number(sliding ?? false)];
    const table = recipients === undefined ? 'usage' : 'usage_recipients';
    const whose = `${table} ${counter} ${card}`;
    if (sliding && !forgotten.has(whose)) db.run(`DELETE FROM ${table} ${OVER}`, card, counter, at);
    // What is over already when it is counted is forgotten with the next one.
    if (sliding && until > at) forgotten.add(whose);
    else forgotten.delete(whose);
    if (recipients === undefined) db.run(USE, ...values, amount);
    else db.run(USE_RECIPIENTS, ...values, JSON.stringify(recipients));
  }
}

/** Charges of one counter, added up, or the recipients of which it counts each with each SMS. */
type Together = Omit<Charge, 'recipient'> & { recipients?: string[] };

/** SMS that leave together go to the same counters: one statement for all of them. */
function together(charges: readonly Charge[], at: number): Together[] {
  const sums = new Map<string, Together>();
  for (const { recipient, ...charge } of charges) {
    const { card, counter, period, until, sliding = false } = charge;
    // What is over already is counted one by one.
    const own = until > at ? [] : [sums.size];
    const place = [card, counter, period, until, sliding, recipient === undefined, ...own].join(' ');
    const known = sums.get(place);
    if (!known) sums.set(place, { ...charge, ...(recipient !== undefined && { recipients: [recipient] }) });
    else if (recipient === undefined) known.amount += charge.amount;
    else known.recipients?.push(recipient);
  }
  return [...sums.values()];
}

const ONE = 'WHERE card = ? AND counter = ? AND period = ?';

/** Takes charges off the counters; what is forgotten already stays so. */
export function giveBack(db: Connection, charges: readonly Charge[]): void {
  for (const { card, counter, period, amount, recipient } of charges) {
    if (recipient === undefined) {
      db.run(`UPDATE usage SET amount = amount - ? ${ONE}`, amount, card, counter, period);
      db.run(`DELETE FROM usage ${ONE} AND amount <= 0`, card, counter, period);
    } else {
      const whose = [card, counter, period, recipient];
      db.run(`UPDATE usage_recipients SET uses = uses - 1 ${ONE} AND recipient = ?`, ...whose);
      db.run(`DELETE FROM usage_recipients ${ONE} AND recipient = ? AND uses <= 0`, ...whose);
    }
  }
}

const MOVE = `INSERT INTO usage (card, counter, period, until, sliding, amount)
  SELECT ?, counter, period, until, sliding, amount FROM usage WHERE card = ?
  ON CONFLICT DO UPDATE SET amount = amount + excluded.amount, until = max(until, excluded.until)`;
const MOVE_RECIPIENTS = `INSERT INTO usage_recipients (card, counter, period, until, sliding, recipient, uses)
  SELECT ?, counter, period, until, sliding, recipient, uses FROM usage_recipients WHERE card = ?
  ON CONFLICT DO UPDATE SET uses = uses + excluded.uses, until = max(until, excluded.until)`;
const TABLES = ['usage', 'usage_recipients'] as const;

export function changeUsage(db: Connection, change: UsageChange): void {
  for (const { from, to } of change.move ?? []) {
    if (from === to) continue;
    db.run(MOVE, to, from);
    db.run(MOVE_RECIPIENTS, to, from);
    for (const table of TABLES) db.run(`DELETE FROM ${table} WHERE card = ?`, from);
  }
  for (const { card, counter, period } of change.reset ?? []) {
    const [where, values] = period === undefined ? ['', []] : [' AND period = ?', [period]];
    for (const table of TABLES)
      db.run(`DELETE FROM ${table} WHERE card = ? AND counter = ?${where}`, card, counter, ...values);
  }
  giveBack(db, change.giveBack ?? []);
  use(db, change.use ?? [], change.at);
}

const COLUMNS = 'card, counter, period, until, sliding';
const ROWS = (
  where: string,
): string => `SELECT ${COLUMNS}, amount FROM usage WHERE card = ? AND counter = ? AND ${where}
  UNION ALL SELECT ${COLUMNS}, count(*) AS amount FROM usage_recipients WHERE card = ? AND counter = ? AND ${where}
  GROUP BY ${COLUMNS}`;
const OF_PERIOD = ROWS('period = ?');
const NOT_OVER = ROWS('until > ?');
const KNOWN = `SELECT ${COLUMNS}, recipient FROM usage_recipients INDEXED BY usage_recipients_recipient
  WHERE recipient IN (SELECT value FROM json_each(?)) AND until > ?`;

export function readUsage(db: Connection, questions: UsageQuestion[], recipients: string[], now: number): Usage {
  const rows = questions.flatMap(({ card, counter, period }) => {
    const values = [card, counter, period ?? now];
    return db.all(period === undefined ? NOT_OVER : OF_PERIOD, ...values, ...values);
  });
  const known = recipients.length === 0 ? [] : db.all(KNOWN, JSON.stringify([...new Set(recipients)]), now);
  return {
    rows: rows.map((row): UsageRow => ({ ...placeOf(row), amount: row.amount as number })),
    known: known.map((row): KnownRecipient => ({ ...placeOf(row), recipient: row.recipient as string })),
  };
}

const placeOf = (row: Row) => ({
  card: row.card as string,
  counter: row.counter as string,
  period: row.period as number,
  until: row.until as number,
  ...(row.sliding === 1 && { sliding: true as const }),
});

/** Forgets counters that ended a week before a moment. */
export function pruneUsage(db: Connection, before: number): void {
  for (const table of TABLES) db.run(`DELETE FROM ${table} WHERE until < ?`, before - KEPT_AFTER_END_MS);
}
