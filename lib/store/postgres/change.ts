import type { Stage, StoredSms, Until } from '../records';
import { asReference } from '../references';
import { stateOf } from '../rows';
import { changedSms } from '../smsState';
import type { SmsChange } from '../store';
import { type Recipients, recipientsOf } from '../tally';
import type { Known } from './KnownSms';
import { asInt, columnsOf, JOINED, SMS } from './records';
import { countFewer } from './submissions';
import type { Transaction } from './Transaction';
import { countChanged } from './tallies';
import { giveBack, use } from './usage';

/** Changes that are asked for: only of SMS in one of these stages, if any are named. */
interface Wanted {
  changes: readonly SmsChange[];
  from: readonly Stage[] | undefined;
}

/** A change, with its place among those that are made together, and what it is made to. */
interface Step {
  place: number;
  change: SmsChange;
  before: StoredSms;
  after: StoredSms;
}

/** An SMS that is changed, perhaps more than once. */
interface Changed {
  before: StoredSms;
  after: StoredSms;
  /** Whether it waits again, or did in between: then it was not submitted. */
  waited: boolean;
  steps: Step[];
}

/**
 * Changes SMS: those that still stand as they were known without reading them, the others by what is read. Where it fails for want
 * of a lease it has told the database nothing.
 */
export async function change(tx: Transaction, changes: SmsChange[], from?: readonly Stage[]): Promise<StoredSms[]> {
  tx.lookAtLeases();
  const found = knownOf(tx, changes);
  const unread = [...found.keys()];
  await read(
    tx,
    changes.map(({ id }) => id).filter((id) => !found.has(id)),
    found,
  );
  await tx.checkLeases(new Set([...found.values()].map(({ sms }) => sms.gateway)));
  const make = (): Promise<Step[]> => makeChanges(tx, { changes, from }, found, unread);
  // A recipient is counted by all his numbers: nobody else may change one of them meanwhile.
  const hasSeveral = [...found.values()].some(({ sms }) => sms.turn !== undefined);
  const steps = await (hasSeveral ? tx.alone(make) : make());
  for (const step of steps) charge(tx, step);
  return steps.map(({ after }) => after);
}

async function makeChanges(
  tx: Transaction,
  wanted: Wanted,
  found: ReadonlyMap<number, Known>,
  unread: readonly number[],
): Promise<Step[]> {
  const changed = workOut(wanted, found);
  // Also of those that what is known of them keeps from being changed: it may be outdated.
  const recipients = await recipientsIn(tx, found);
  const written = write(tx, changed, found);
  // Where its failure isn't awaited here, it is at the end.
  written.catch(() => undefined);
  if (unread.length > 0) await changeOutdated(tx, wanted, changed, await missingOf(unread, written));
  countChanged(tx, changed.values(), recipients);
  return [...changed.values()].flatMap((one) => one.steps).sort((one, other) => one.place - other.place);
}

const UNTILS = 'SELECT id, until FROM %.inputs WHERE id = ANY($1::text[])';

async function recipientsIn(tx: Transaction, found: ReadonlyMap<number, Known>): Promise<Recipients> {
  const { ids, inputs } = recipientsOf([...found.values()].map(({ sms }) => sms));
  if (ids.length === 0) return { numbers: new Map(), untils: new Map() };
  const numbers = new Map<number, Known>();
  const [rows] = await Promise.all([tx.ask(UNTILS, inputs), read(tx, ids, numbers)]);
  return {
    numbers: new Map([...numbers].map(([id, { sms }]) => [id, sms])),
    untils: new Map(rows.map(({ id, until }) => [String(id), until as Until])),
  };
}

/** Those that are known; how many are left of the request of one that goes back to wait is told of what is read. */
function knownOf(tx: Transaction, changes: readonly SmsChange[]): Map<number, Known> {
  const back = new Set(changes.filter(({ stage }) => stage === 'waiting').map(({ id }) => id));
  const found = new Map<number, Known>();
  for (const { id } of changes) {
    const known = back.has(id) ? undefined : tx.known.get(id);
    if (known) found.set(id, known);
  }
  return found;
}

const missingOf = async (ids: readonly number[], written: Promise<ReadonlySet<unknown>>): Promise<number[]> => {
  const those = await written;
  return ids.filter((id) => !those.has(id));
};

/** Changes by what is read those that are no longer as they were known, or were known not to be meant. */
async function changeOutdated(
  tx: Transaction,
  wanted: Wanted,
  changed: Map<number, Changed>,
  ids: readonly number[],
): Promise<void> {
  if (ids.length === 0) return;
  const found = new Map<number, Known>();
  await read(tx, ids, found);
  const again = workOut(wanted, found);
  write(tx, again, found).catch(() => undefined);
  for (const id of ids) changed.delete(id);
  for (const [id, one] of again) changed.set(id, one);
}

const READ = `SELECT ${SMS} FROM ${JOINED} WHERE states.id = ANY($1::bigint[]) ORDER BY states.id FOR UPDATE OF states`;

/** Reads SMS, which nobody else changes until the transaction is over. */
async function read(tx: Transaction, ids: readonly number[], into: Map<number, Known>): Promise<void> {
  if (ids.length === 0) return;
  const rows = await tx.ask(READ, [...new Set(ids)]);
  tx.read(rows).forEach((sms, place) => {
    into.set(sms.id, { sms, mark: Number(rows[place]?.mark) });
  });
}

function workOut({ changes, from }: Wanted, found: ReadonlyMap<number, Known>): Map<number, Changed> {
  const changed = new Map<number, Changed>();
  for (const [place, of] of changes.entries()) {
    const earlier = changed.get(of.id);
    const before = earlier?.after ?? found.get(of.id)?.sms;
    if (!before || (from && !from.includes(before.stage))) continue;
    const after = changedSms(before, of);
    changed.set(of.id, {
      before: earlier?.before ?? before,
      after,
      waited: earlier?.waited || after.stage === 'waiting',
      steps: [...(earlier?.steps ?? []), { place, change: of, before, after }],
    });
  }
  return changed;
}

/** Whether it was begun and isn't any more: what has waited all the time never was. */
const isUnbegun = ({ before, waited }: Changed): boolean => waited && before.stage !== 'waiting';

function charge(tx: Transaction, { change: of, before }: Step): void {
  if (of.giveBack || of.recharge) giveBack(tx, before.sim?.charges ?? []);
  if (of.recharge && before.sim && !of.giveBack) use(tx, of.recharge.charges, 0);
}

const WRITE = `UPDATE %.states AS states SET stage = now.stage, due_at = now.due_at, expires_at = now.expires_at,
  poll_at = now.poll_at, polls = now.polls, port = now.port, ref_id = now.ref_id, count = now.count,
  chosen_port = now.chosen_port, state = now.state, mark = $14,
  submission = CASE WHEN now.unbegun THEN NULL ELSE states.submission END
  FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::float8[], $5::float8[], $6::float8[], $7::int[], $8::int[], $9::int[],
    $10::int[], $11::int[], $12::text[], $13::boolean[])
    AS now (id, mark, stage, due_at, expires_at, poll_at, polls, port, ref_id, count, chosen_port, state, unbegun)
  WHERE states.id = now.id AND states.mark = now.mark RETURNING states.id`;

/** Writes those that still have their marks; resolves with their ids. */
async function write(
  tx: Transaction,
  changed: ReadonlyMap<number, Changed>,
  found: ReadonlyMap<number, Known>,
): Promise<ReadonlySet<unknown>> {
  if (changed.size === 0) return new Set();
  const unbegun = [...changed.values()].filter(isUnbegun).map(({ after }) => after.id);
  if (unbegun.length > 0) countFewer(tx, unbegun);
  // In one order, so that no two changes wait for one another.
  const inOrder = [...changed.values()].sort((one, other) => one.after.id - other.after.id);
  const columns = columnsOf(
    inOrder,
    ({ after }) => after.id,
    ({ after }) => found.get(after.id)?.mark,
    ({ after }) => after.stage,
    ({ after }) => after.due_at,
    ({ after }) => after.expires_at,
    ({ after }) => after.poll_at,
    ({ after }) => after.polls,
    ({ after }) => asInt(after.port),
    ({ after: { ref_id } }) => (ref_id === undefined ? null : asReference(ref_id)),
    ({ after }) => asInt(after.count),
    ({ after }) => asInt(after.sim?.port),
    ({ after }) => stateOf(after),
    isUnbegun,
  );
  const mark = tx.known.nextMark();
  const rows = tx.ask(WRITE, ...columns, mark);
  // What wasn't written has a mark that nobody finds.
  for (const { after } of inOrder) tx.known.renew(after, mark);
  return new Set((await rows).map(({ id }) => id));
}
