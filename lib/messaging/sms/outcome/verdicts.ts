import { inSteps, mapped, type Steps } from '../../../concurrency';
import { isOpen, type OutcomeParts, type StoredSms, type Until } from '../../../store';
import type { Departure } from './Departures';
import { entriesOf } from './entries';

/** Whether an outcome leaves now, and as what. */
export type Verdict = 'stays' | Departure;
export type Judge = (parts: OutcomeParts) => Promise<Verdict> | Verdict;

/** Whether an input doesn't wait for another one's outcome. */
export const isOwn = ({ input, first }: OutcomeParts): boolean => input.id === first.id;

/** The recipients that may still be reached, by their first SMS. */
export function* openOf(sms: readonly StoredSms[], until: Until): Steps<Set<number>> {
  const open = new Set<number>();
  yield* mapped(yield* entriesOf(sms), (entry) => {
    if (isOpen(entry, until)) open.add(entry[0].id);
  });
  return open;
}

/** Whether some may still be reached. */
export const arePending = async ({ first, recipients }: OutcomeParts): Promise<boolean> =>
  (await inSteps(openOf(recipients, first.until))).size > 0;

/** By what has become of its SMS; an input that waits for another's outcome leaves with that. */
export function verdictOn(parts: OutcomeParts): Promise<Verdict> | Verdict {
  const [only, other] = parts.recipients;
  // Mostly it is one, which needs no steps.
  return only && !other ? verdict(parts, isOpen([only], parts.first.until)) : verdictOnMany(parts);
}

const verdictOnMany = async (parts: OutcomeParts): Promise<Verdict> => verdict(parts, await arePending(parts));

function verdict(parts: OutcomeParts, isPending: boolean): Verdict {
  if (isOwn(parts)) return isPending ? 'stays' : 'complete';
  if (parts.first.closed_at === 0) return 'stays';
  return isPending ? 'timed out' : 'complete';
}
