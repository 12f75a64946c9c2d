import type { StoredSms } from '../records';
import { type Change, countChanges, type Recipients, TALLY_FIELDS, type Tally } from '../tally';
import { columnsOf } from './records';
import type { Transaction } from './Transaction';

// What has failed depends on what its input asked for.
const COUNT = `UPDATE %.inputs AS inputs SET undone = inputs.undone + more.undone, waiting = inputs.waiting + more.waiting,
  over = inputs.undone + more.undone = 0, waits = inputs.waiting + more.waiting > 0,
  accepted = inputs.accepted + more.accepted, sent = inputs.sent + more.sent, delivered = inputs.delivered + more.delivered,
  failed = inputs.failed + CASE inputs.until WHEN 'accepted' THEN more.failed_accepted WHEN 'sent' THEN more.failed_sent
    ELSE more.failed_delivered END,
  withheld = inputs.withheld + more.withheld, stopped = inputs.stopped + more.stopped
  FROM unnest($1::text[], $2::int[], $3::int[], $4::int[], $5::int[], $6::int[], $7::int[], $8::int[], $9::int[], $10::int[],
    $11::int[]) AS more (id, undone, waiting, accepted, sent, delivered, failed_accepted, failed_sent, failed_delivered,
    withheld, stopped)
  WHERE inputs.id = more.id`;

/** Keeps count of how far the SMS of each input have come: what was one is the other now. */
export function countChanged(tx: Transaction, changed: Iterable<Change>, recipients: Recipients): void {
  const more = countChanges(changed, recipients);
  const counts = inOrder(more).filter(([, tally]) => TALLY_FIELDS.some((field) => tally[field] !== 0));
  if (counts.length === 0) return;
  const fields = TALLY_FIELDS.map((field) => (one: [string, Tally]) => one[1][field]);
  tx.tell(COUNT, ...columnsOf(counts, ([id]) => id, ...fields));
}

const BEGUN = `UPDATE %.inputs AS inputs SET waiting = inputs.waiting - begun.count, waits = inputs.waiting > begun.count
  FROM unnest($1::text[], $2::int[]) AS begun (id, count) WHERE inputs.id = begun.id`;

/** Keeps count of those that wait no longer. */
export function countBegun(tx: Transaction, begun: readonly StoredSms[]): void {
  const counts = new Map<string, number>();
  for (const { input } of begun) counts.set(input, (counts.get(input) ?? 0) + 1);
  if (counts.size === 0) return;
  const columns = columnsOf(
    inOrder(counts),
    ([id]) => id,
    ([, count]) => count,
  );
  tx.tell(BEGUN, ...columns);
}

/** Rows are changed in one order, so that no two changes wait for one another. */
const inOrder = <T>(counts: ReadonlyMap<string, T>): [string, T][] =>
  [...counts].sort(([one], [other]) => (one < other ? -1 : 1));
