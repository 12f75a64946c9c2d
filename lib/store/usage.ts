/** What an SMS uses of a SIM card, written down with the intent to send it and given back where it turns out not to have left. */
export interface Charge {
  /** Whose: a card, or a port whose card isn't known. */
  card: string;
  /** What is counted, and over which time. */
  counter: string;
  /** When its calendar period began (ms since 1970); of a sliding window a part of it, that is forgotten whole. */
  period: number;
  /** When it counts no more (ms since 1970). */
  until: number;
  amount: number;
  /** Of different recipients, who: a digest. In one period each counts once, so `amount` is 1. */
  recipient?: string;
  /** Its time passes by itself, not by the calendar: a step of the wall clock moves `until` along. */
  sliding?: true;
}

/** A counter of a card: that of a calendar period, or, without one, all parts of a sliding window that still count. */
export interface UsageQuestion {
  card: string;
  counter: string;
  period?: number;
}

/** What is counted: different recipients that end together are one row. */
export type UsageRow = Omit<Charge, 'recipient'>;

/** A recipient that is counted. */
export type KnownRecipient = Omit<Charge, 'amount' | 'recipient'> & { recipient: string };

/** What cards have used. */
export interface Usage {
  rows: UsageRow[];
  /** All that is counted, on whatever card, of the recipients that were asked for. */
  known: KnownRecipient[];
}

/** What happens to counters other than by SMS that leave, in this order. */
export interface UsageChange {
  /** Now, ms since 1970: what no longer counts then may be forgotten. */
  at: number;
  /** What a port has used, before its card was known, is the card's. */
  move?: { from: string; to: string }[];
  /** Whole counters that begin anew. */
  reset?: UsageQuestion[];
  giveBack?: Charge[];
  use?: Charge[];
}

/** By which SIM an SMS leaves, and what it uses of that. */
export interface ChosenSim {
  port: number;
  card: string;
  charges: Charge[];
  /** When it was chosen, right before the SMS was handed over (ms since 1970). */
  at?: number;
}

/** How long a counter is kept after its end, in ms: a clock that was set back by so much, or less, still finds its periods. */
export const KEPT_AFTER_END_MS = 7 * 86_400_000;
