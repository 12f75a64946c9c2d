import { NEVER } from '../../plans';
import type { Charge, Usage, UsageQuestion } from '../../store';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** How long a SIM rests the first time, and at most, in ms. */
const FIRST_REST_MS = 15 * MINUTE_MS;
const LONGEST_REST_MS = 6 * 60 * MINUTE_MS;
/** An SMS by which a SIM is tried again says nothing any more after so long, in ms: another one is let go. */
const TRIAL_MS = 10 * MINUTE_MS;
/** A failure counts no more after so long, in ms. */
const FAILURE_MS = 7 * DAY_MS;

/** What is kept of a card that fails or rests, as counters: they move along with it, and count in one transaction. */
export const REST = {
  /** Different recipients of SMS that failed, one after the other. */
  failed: 'failed',
  /** A rest after failures: its amount says the how many-th it is. */
  rest: 'rest',
  /** A rest that somebody has ordered. */
  halt: 'halt',
  /** The SMS by which it is tried again. */
  trial: 'trial',
} as const;

/** How a card rests at a moment. */
export interface RestState {
  /** Until when it sends nothing (ms since 1970); 0 = it doesn't rest. */
  until: number;
  /** The card has rested, and is to be tried with one SMS. */
  isOnTrial: boolean;
  /** Until when that SMS, which has left, is waited for; 0 = none has. */
  triedUntil: number;
  /** How many rests after failures there were without an SMS that was sent. */
  rests: number;
}

export const NO_REST: RestState = { until: 0, isOnTrial: false, triedUntil: 0, rests: 0 };

/** What has to be known of a card that has failed or rests. */
export const restQuestions = (card: string): UsageQuestion[] => [
  { card, counter: REST.rest, period: 0 },
  { card, counter: REST.halt },
  { card, counter: REST.trial },
  { card, counter: REST.failed },
];

/** How a card rests, by the answers to these. */
export function restOf({ rows }: Usage, card: string, now: number): RestState {
  const of = (counter: string) => rows.find((row) => row.card === card && row.counter === counter);
  const rest = of(REST.rest);
  const halted = of(REST.halt)?.until ?? 0;
  const rests = rest?.amount ?? 0;
  const until = Math.max(halted, rest?.until ?? 0);
  return {
    until: until > now ? until : 0,
    isOnTrial: rests > 0,
    triedUntil: of(REST.trial)?.until ?? 0,
    rests,
  };
}

const once = (card: string, counter: string, until: number) => ({
  ...{ card, counter, period: 0, until, amount: 1 },
  sliding: true as const,
});

/** A rest after failures, the how many-th without an SMS that was sent. */
export const restCharge = (card: string, rests: number, now: number): Charge => ({
  ...once(card, REST.rest, now + Math.min(FIRST_REST_MS * 2 ** (rests - 1), LONGEST_REST_MS)),
  amount: rests,
});

export const haltCharge = (card: string, until: number): Charge => once(card, REST.halt, Math.min(until, NEVER));

export const trialCharge = (card: string, now: number): Charge => once(card, REST.trial, now + TRIAL_MS);

export const failureCharge = (card: string, recipient: string, now: number): Charge => ({
  ...once(card, REST.failed, now + FAILURE_MS),
  recipient,
});
