import type { StoredSms } from '../records';

/** An input as a store keeps it, with how far its SMS have come. */
export interface MovedInput {
  id: string;
  gateway: string;
  /** JSON, like all words of the flow here. */
  key: string | null;
  job: string;
  until: string;
  taken_at: number;
  wait_until: number;
  closed_at: number;
  resumed_at: number | null;
  duplicate_of: string | null;
  first_sms: number;
  last_sms: number;
  /** 0 it goes on, 1 it is paused, 2 it is stopped. */
  paused: number;
  listed: boolean;
  others: number;
  undone: number;
  waiting: number;
  accepted: number;
  sent: number;
  delivered: number;
  failed: number;
  withheld: number;
  stopped: number;
  /** What else an input is, as JSON. */
  rest: string;
  msg: string;
}

/** What an input counts, in the order of columns. */
export const INPUT_COUNTS = [
  'others',
  'undone',
  'waiting',
  'accepted',
  'sent',
  'delivered',
  'failed',
  'withheld',
  'stopped',
] as const;

/** An SMS as a store keeps it. */
export interface MovedSms {
  sms: StoredSms;
  /** What it was when it was taken, as JSON, but for its text. */
  taken: string;
  /** With which others it was begun last, when, and what the gateway said of itself by then; null = it wasn't. */
  begun: { submission: number; at: number; queue: number | null; task: number | null; newest: string | null } | null;
}

/** What was said of what comes later under a job's name, or from a node. */
export interface MovedPause {
  gateway: string;
  kind: string;
  /** JSON. */
  name: string;
  paused: boolean;
  node: string | null;
  place: number;
}

/** What a card has used: a counter, or a recipient that is counted. */
export interface MovedUsage {
  card: string;
  counter: string;
  period: number;
  until: number;
  sliding: boolean;
  amount: number;
  recipient: string | null;
}

/** The last numbers that a store has given out. */
export interface Counters {
  sms: number;
  submission: number;
  /** The first one that is free. */
  user_id: number;
}

/** Where a list of records is read on; undefined = from its beginning. */
export interface Page<T> {
  records: T[];
  /** Undefined: that was all. */
  next: number | undefined;
}
