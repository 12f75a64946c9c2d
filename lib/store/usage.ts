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
export interface UsageRow {
  card: string;
  counter: string;
  period: number;
  until: number;
  amount: number;
}

/** A recipient that is counted. */
export interface KnownRecipient {
  recipient: string;
  card: string;
  counter: string;
  period: number;
  until: number;
}

/** What cards have used. */
export interface Usage {
  rows: UsageRow[];
  /** All that is counted, on whatever card, of the recipients that were asked for. */
  known: KnownRecipient[];
}
