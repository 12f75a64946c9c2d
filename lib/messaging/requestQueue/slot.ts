import { GatewayError } from '../../gateway-api';

/**
 * What a request is for, in the order in which they leave when several wait: withdrawing and finding out what became of a
 * request in doubt come first, then SMS, then what somebody watches, then what can be asked later as well.
 */
export const KINDS = ['stop', 'reconcile', 'sms-high', 'sms', 'ussd', 'command', 'result', 'poll', 'watch'] as const;
export type Kind = (typeof KINDS)[number];

const RANK = Object.fromEntries(KINDS.map((kind, rank) => [kind, rank])) as Record<Kind, number>;

export const theMoreUrgent = (one: Kind, other: Kind): Kind => (RANK[one] < RANK[other] ? one : other);

export interface Slot {
  kind: Kind;
  /** Waiting reads with the same word get one answer. */
  share?: string;
  /** Gives the place in the queue back, and aborts the request if it is a read under way. */
  signal?: AbortSignal;
}

/** A request that waits for the queue. */
export interface Waiting {
  slot: Slot;
  since: number;
  start: () => Promise<void>;
}

/**
 * How long a request is passed over by more urgent ones, in ms. With a request of the longest time-out before it, a read
 * is answered within about ten seconds of a busy but healthy gateway.
 */
const MAX_PASSED_OVER_MS = 8000;

/**
 * The place of the request that leaves next: the most urgent, and the oldest of those. One that has waited for
 * {@link MAX_PASSED_OVER_MS} goes before everything but `stop`, `reconcile` and high-priority SMS, the longest wait first.
 */
export function nextPlace(waiting: readonly Waiting[], now: number): number {
  let best = -1;
  let bestRank = Number.POSITIVE_INFINITY;
  waiting.forEach(({ slot, since }, place) => {
    const isOverdue = now - since >= MAX_PASSED_OVER_MS;
    const rank = isOverdue ? Math.min(RANK[slot.kind], RANK['sms-high'] + 0.5) : RANK[slot.kind];
    if (rank < bestRank) [best, bestRank] = [place, rank];
  });
  return best;
}

/** What an asker gets whose signal or line ends before the answer. */
export const stopped = (): GatewayError =>
  new GatewayError('STOPPED', 'The node was removed before its request was answered', 'no');
