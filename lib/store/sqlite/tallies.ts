import type { StoredSms, Until } from '../records';
import { type Change, countChanges, type Recipients, recipientsOf, TALLY_FIELDS } from '../tally';
import type { Connection } from './Connection';
import { oneOf } from './oneOf';
import { smsByIds } from './smsByIds';

// What has failed depends on what its input asked for.
const COUNT = `UPDATE inputs SET undone = undone + ?, waiting = waiting + ?, accepted = accepted + ?, sent = sent + ?,
  delivered = delivered + ?, failed = failed + CASE until WHEN 'accepted' THEN ? WHEN 'sent' THEN ? ELSE ? END,
  withheld = withheld + ?, stopped = stopped + ?`;

const UNTILS = 'SELECT id, until FROM inputs WHERE id IN (SELECT value FROM json_each(?))';

/** Keeps count of how far the SMS of each input have come: what was one is the other now. */
export function countChanged(db: Connection, changed: ReadonlyMap<number, Change>): void {
  const more = countChanges(changed.values(), recipientsIn(db, changed));
  const alike = new Map<string, { by: number[]; inputs: string[] }>();
  for (const [input, tally] of more) {
    const by = TALLY_FIELDS.map((field) => tally[field]);
    if (by.every((one) => one === 0)) continue;
    const others = alike.get(by.join());
    if (others) others.inputs.push(input);
    else alike.set(by.join(), { by, inputs: [input] });
  }
  for (const { by, inputs } of alike.values()) runFor(db, COUNT, by, inputs);
}

function recipientsIn(db: Connection, changed: ReadonlyMap<number, Change>): Recipients {
  const { ids, inputs } = recipientsOf([...changed.values()].map(({ after }) => after));
  if (ids.length === 0) return { numbers: new Map(), untils: new Map() };
  const untils = db.all(UNTILS, JSON.stringify(inputs)).map(({ id, until }) => [String(id), until as Until] as const);
  return { numbers: new Map(smsByIds(db, ids).map((one) => [one.id, one])), untils: new Map(untils) };
}

const BEGUN = 'UPDATE inputs SET waiting = waiting - ?';

/** Keeps count of those that wait no longer. */
export function countBegun(db: Connection, begun: readonly StoredSms[]): void {
  const counts = new Map<string, number>();
  for (const { input } of begun) counts.set(input, (counts.get(input) ?? 0) + 1);
  const alike = new Map<number, string[]>();
  for (const [input, count] of counts) {
    const others = alike.get(count);
    if (others) others.push(input);
    else alike.set(count, [input]);
  }
  for (const [count, inputs] of alike) runFor(db, BEGUN, [count], inputs);
}

/** Runs a statement for one or for many. */
export function runFor(
  db: Connection,
  update: string,
  values: readonly (string | number | null)[],
  ids: readonly (number | string)[],
): void {
  const { is, value } = oneOf(ids);
  db.run(`${update} WHERE id ${is}`, ...values, value);
}
