import { mapped, type Steps } from '../../../concurrency';
import {
  type Held,
  hadTurn,
  hasReached,
  isOpen,
  type StoredInput,
  type StoredSms,
  type Until,
  wasAccepted,
  wasSent,
} from '../../../store';
import { countsOf, type Entry, entriesOf } from './entries';
import { type Outcome, type Recipient, toRecipient } from './outcome';

/** How a recipient is told. */
interface Telling {
  until: Until;
  /** Asked what holds an SMS back now; without it, only what rules hold is told. */
  getHeld?: ((one: StoredSms) => Held | undefined) | undefined;
}

/** How an input is summed up. */
interface Manner extends Pick<Telling, 'getHeld'> {
  /** The outcome leaves because its wait has ended. */
  timedOut: boolean;
  /** The outcome lists only those that have failed. */
  summary?: boolean;
}

const heldByRule = ({ held }: StoredSms): Held | undefined => held;

/** A recipient as flows see it: the SMS that counts, and of several numbers what became of the others. */
export function recipientOf(entry: Entry, { until, getHeld = heldByRule }: Telling): Recipient {
  const counting = countsOf(entry, until);
  const recipient = toRecipient(counting, getHeld(counting));
  if (!counting.turn) return recipient;
  const others = entry.filter((one) => one !== counting && hadTurn(one));
  return { ...recipient, tried: others.map(({ number, user_id, status }) => ({ number, user_id, status })) };
}

/**
 * Sums up an input whose SMS are `sms`, in the order of its recipients.
 * @param manner how it is told
 */
export function* sumUp(
  input: Pick<StoredInput, 'until' | 'duplicates' | 'text'>,
  sms: readonly StoredSms[],
  { timedOut, summary = false, getHeld }: Manner,
): Steps<Omit<Outcome, 'job'>> {
  const { until, duplicates } = input;
  const entries = yield* entriesOf(sms);
  const total = entries.length;
  const counts = { reached: 0, failed: 0, accepted: 0, sent: 0, delivered: 0 };
  const tasks = new Set<number>();
  const recipients: Recipient[] = [];
  yield* mapped(entries, (entry) => {
    for (const { task_id } of entry) if (task_id !== undefined) tasks.add(task_id);
    const isReached = entry.some((one) => hasReached(one, until));
    const hasFailed = !isReached && !isOpen(entry, until);
    counts.reached += Number(isReached);
    counts.failed += Number(hasFailed);
    counts.accepted += Number(entry.some(wasAccepted));
    counts.sent += Number(entry.some(wasSent));
    counts.delivered += Number(entry.some(({ status }) => status === 'DELIVERED'));
    if (!summary || hasFailed) recipients.push(recipientOf(entry, { until, getHeld }));
  });
  const { reached, failed, ...progress } = counts;
  return {
    // What came again and waited until the first one was forgotten has nothing to tell: that is no success.
    ok: total > 0 && reached === total,
    text: input.text ?? sms[0]?.text ?? '',
    until,
    timed_out: timedOut,
    total,
    reached,
    failed,
    pending: total - reached - failed,
    ...progress,
    duplicates,
    task_ids: [...tasks],
    recipients,
  };
}
