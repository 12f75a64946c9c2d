import { hasFailed, hasReached, wasAccepted, wasSent } from './reach';
import { countingOf, firstIdOf, idsOfRecipient, isOpen } from './recipients';
import type { NewSms, StoredSms, Until } from './records';

/** How far the SMS of an input have come, as numbers that are added up; those that have failed, by what was asked. */
export interface Tally {
  /** They aren't done. */
  undone: number;
  waiting: number;
  accepted: number;
  sent: number;
  delivered: number;
  failedAccepted: number;
  failedSent: number;
  failedDelivered: number;
  withheld: number;
  stopped: number;
}

export const TALLY_FIELDS = [
  'undone',
  'waiting',
  'accepted',
  'sent',
  'delivered',
  'failedAccepted',
  'failedSent',
  'failedDelivered',
  'withheld',
  'stopped',
] as const satisfies readonly (keyof Tally)[];

type Counted = Pick<StoredSms, 'stage' | 'status' | 'history'>;

/** Counts an SMS in, or with -1 out, as what it is now: one to a recipient with one number. */
export function count(tally: Tally, sms: Counted, times: 1 | -1): void {
  const { status } = sms;
  countUndone(tally, sms, times);
  if (wasAccepted(sms)) tally.accepted += times;
  if (wasSent(sms)) tally.sent += times;
  if (status === 'DELIVERED') tally.delivered += times;
  if (hasFailed(sms, 'accepted')) tally.failedAccepted += times;
  if (hasFailed(sms, 'sent')) tally.failedSent += times;
  if (hasFailed(sms, 'delivered')) tally.failedDelivered += times;
  if (status === 'WITHHELD') tally.withheld += times;
  if (status === 'STOPPED') tally.stopped += times;
}

function countUndone(tally: Tally, { stage }: Counted, times: 1 | -1): void {
  if (stage !== 'done') tally.undone += times;
  if (stage === 'waiting') tally.waiting += times;
}

const FAILED = { accepted: 'failedAccepted', sent: 'failedSent', delivered: 'failedDelivered' } as const;

/**
 * Counts a recipient with several numbers in, or with -1 out: once, as far as the SMS to one of them has come, and as failed only
 * when none may reach him any more.
 * @param numbers the SMS to all his numbers
 * @param until what their input asks for
 */
export function countRecipient(tally: Tally, numbers: readonly StoredSms[], until: Until, times: 1 | -1): void {
  for (const sms of numbers) countUndone(tally, sms, times);
  if (numbers.some(wasAccepted)) tally.accepted += times;
  if (numbers.some(wasSent)) tally.sent += times;
  if (numbers.some(({ status }) => status === 'DELIVERED')) tally.delivered += times;
  if (isOpen(numbers, until)) return;
  if (!numbers.some((sms) => hasReached(sms, until))) tally[FAILED[until]] += times;
  const status = countingOf(numbers, until)?.status;
  if (status === 'WITHHELD') tally.withheld += times;
  if (status === 'STOPPED') tally.stopped += times;
}

/** An SMS that has changed. */
export interface Change {
  before: StoredSms;
  after: StoredSms;
}

/** What has to be known to count recipients with several numbers. */
export interface Recipients {
  /** The SMS to their numbers, as they are or were; those that have changed needn't be among them. */
  numbers: ReadonlyMap<number, StoredSms>;
  /** What inputs ask for, by their ids. */
  untils: ReadonlyMap<string, Until>;
}

/** The recipients with several numbers of which SMS are among `sms`: the ids of all their SMS, and their inputs. */
export function recipientsOf(sms: Iterable<StoredSms>): { ids: number[]; inputs: string[] } {
  const [ids, inputs] = [new Set<number>(), new Set<string>()];
  for (const one of sms) {
    if (one.turn === undefined) continue;
    for (const id of idsOfRecipient(one)) ids.add(id);
    inputs.add(one.input);
  }
  return { ids: [...ids], inputs: [...inputs] };
}

/** How the counts of inputs change with their SMS, of which none is among `changed` twice. */
export function countChanges(changed: Iterable<Change>, recipients: Recipients): Map<string, Tally> {
  const more = new Map<string, Tally>();
  const withOthers = new Map<number, Change[]>();
  for (const change of changed) {
    const { before, after } = change;
    const tally = more.get(after.input) ?? { ...NOTHING };
    more.set(after.input, tally);
    if (after.turn === undefined) {
      count(tally, after, 1);
      count(tally, before, -1);
      continue;
    }
    const first = firstIdOf(after);
    const others = withOthers.get(first);
    if (others) others.push(change);
    else withOthers.set(first, [change]);
  }
  for (const changes of withOthers.values()) countChangedRecipient(more, changes, recipients);
  return more;
}

function countChangedRecipient(
  more: ReadonlyMap<string, Tally>,
  changes: readonly Change[],
  { numbers, untils }: Recipients,
): void {
  const [of] = changes;
  const until = of && untils.get(of.after.input);
  const tally = of && more.get(of.after.input);
  if (!of || !until || !tally) return;
  const as = (when: 'before' | 'after'): StoredSms[] => {
    const changed = new Map(changes.map((change) => [change.after.id, change[when]]));
    return idsOfRecipient(of.after).flatMap((id) => changed.get(id) ?? numbers.get(id) ?? []);
  };
  countRecipient(tally, as('after'), until, 1);
  countRecipient(tally, as('before'), until, -1);
}

const NOTHING: Readonly<Tally> = {
  undone: 0,
  waiting: 0,
  accepted: 0,
  sent: 0,
  delivered: 0,
  failedAccepted: 0,
  failedSent: 0,
  failedDelivered: 0,
  withheld: 0,
  stopped: 0,
};

/** How many SMS that are taken are to further numbers of a recipient. */
export const othersOf = (sms: readonly Pick<NewSms, 'turn'>[]): number =>
  sms.filter(({ turn }) => turn !== undefined && turn.place > 0).length;

/** What SMS that are taken now count as. */
export const takenTally = (count: number, others: number): Tally => ({
  ...NOTHING,
  undone: count,
  waiting: count - others,
});
