import type { Held, StoredSms } from '../../../store';

/** Why an SMS will never leave (contract, `WITHHELD`). */
export interface Withheld {
  code: 'SCHEDULE' | 'SIM_LIMIT' | 'NO_ROUTE' | 'LOOP';
  message: string;
}

/** What a rule says against an SMS: it is to be held, or is not to leave at all. */
export type Objection = { held: Held } | { withheld: Withheld };

/**
 * A rule by which SMS that could leave are held back: a schedule, a pause, the limits of a SIM. Rules are asked one after the
 * other, and the first objection counts. They are asked of an SMS right before it would leave, when its `due_at` has come, and by
 * {@link Holding.review}. Whoever changes what a rule knows so that something may leave earlier calls that; what may leave later,
 * or not at all, needs no call.
 */
export interface HoldingRule {
  /** Brings up to date what `judge` needs to know of these SMS, which are judged next. Absent = it always knows. */
  prepare?: (sms: readonly StoredSms[]) => Promise<void>;
  /**
   * Says what stands against an SMS that waits; undefined = nothing. `held.until` (by the wall clock) is when it is asked again at
   * the latest; null = not before `review`. Where `until` lies behind the SMS's validity it becomes `WITHHELD` by itself.
   * @param now by the wall clock, in ms since 1970
   */
  judge: (sms: StoredSms, now: number) => Objection | undefined;
}
