/**
 * What can be wrong with a gateway, a SIM or the store, by the words that `dinstar-watch`, `/health`, the metrics' rules and the
 * sidebar share (contract, dinstar-watch). `threshold` is the value from which on it is so, in `unit`; with `below` the value
 * under which it is. With `isOnly` it is so or isn't: no other threshold
 * makes sense. With `untilZero` it is gone only at 0: a process that has begun anew hasn't waited long.
 */
export const CONDITIONS = {
  /** Seconds without an answer. */
  'gateway-unreachable': { threshold: 60, unit: 's', untilZero: true },
  /** Seconds without a SIM that is registered. */
  'no-ready-sim': { threshold: 60, unit: 's', untilZero: true },
  /** Age of the oldest SMS of priority `normal` or `low` that isn't on air. */
  'oldest-waiting': { threshold: 300, unit: 's' },
  /** Age of the oldest SMS of priority `high` that isn't on air. */
  'oldest-waiting-high': { threshold: 60, unit: 's' },
  /** Percent of the last 20 SMS. */
  'delivered-share': { threshold: 50, unit: '%', below: true },
  /** Seconds that a SIM still rests. */
  'sim-resting': { threshold: 1, unit: 's', isOnly: true },
  /** Percent of a plan's limit. */
  'sim-limit': { threshold: 80, unit: '%' },
  /** In the currency of the SIM; without a threshold what its plan warns below. */
  'balance-low': { threshold: undefined, unit: '', below: true },
  /** Seconds that some SMS are in doubt. */
  'in-doubt': { threshold: 600, unit: 's', untilZero: true },
  /** 1 = what waits is lost when Node-RED ends, or can't be kept now. */
  'store-not-durable': { threshold: 1, unit: '', isOnly: true },
  /** SMS whose end no push has told, though pushes came before. */
  'pushes-silent': { threshold: 3, unit: 'SMS' },
  /** Seconds that the gateway's clock is off. */
  'clock-off': { threshold: 60, unit: 's' },
  /** Test SMS from SIM to SIM that failed in a row. */
  canary: { threshold: 2, unit: 'SMS' },
} as const satisfies Record<
  string,
  { threshold: number | undefined; unit: string; below?: true; untilZero?: true; isOnly?: true }
>;

export type Condition = keyof typeof CONDITIONS;

/** All of them, in the order in which they are shown. */
export const CONDITION_WORDS = Object.keys(CONDITIONS) as Condition[];

export const isCondition = (word: unknown): word is Condition => CONDITION_WORDS.some((one) => one === word);

/** How long something must be so before it is raised, and gone before it is cleared, in seconds. */
const DEFAULT_HOLD_S = 10;

/** When a condition counts. */
export interface ConditionRule {
  condition: Condition;
  /** Undefined = what is right for each SIM (`balance-low`). */
  threshold: number | undefined;
  /** Seconds. */
  hold: number;
}

/** The rule of a condition that nobody has changed. */
export const defaultRule = (condition: Condition): ConditionRule => ({
  condition,
  threshold: CONDITIONS[condition].threshold,
  hold: DEFAULT_HOLD_S,
});
