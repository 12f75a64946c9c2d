import { mapped, type Steps } from '../../concurrency';
import type { Turn } from '../../store';
import type { GivenRecipient } from './recipients';

/** A number that gets an SMS: a recipient's first, or one that stands by. */
export interface Addressed {
  /** The place of its recipient among those of the input. */
  recipient: number;
  /** Where that stands in the input, for refusals. */
  field: string;
  number: string;
  /** As given: those that stand by count up. */
  user_id?: number;
  turn?: Turn;
}

/**
 * All numbers of some recipients, each one's others right after his first.
 * @param wait seconds that the outcome waits, from each turn on
 */
export function* addressed(recipients: readonly GivenRecipient[], wait: number): Steps<Addressed[]> {
  const all: Addressed[] = [];
  yield* mapped(recipients, ({ field, number, user_id, fallback }, recipient) => {
    const given = { recipient, field, number, ...(user_id !== undefined && { user_id }) };
    if (!fallback) {
      all.push(given);
      return;
    }
    const turn = { of: 1 + fallback.others.length, after: inMs(fallback.after), wait: inMs(wait) };
    for (const [place, one] of [number, ...fallback.others.map((other) => other.number)].entries()) {
      const counted = user_id === undefined ? {} : { user_id: user_id + place };
      all.push({ ...given, ...counted, number: one, turn: { place, ...turn } });
    }
  });
  return all;
}

const inMs = (seconds: number): number => Math.ceil(seconds * 1000);
