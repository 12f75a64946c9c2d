import type { Collect, Collected } from './collect';
import type { ChosenSim } from './usage';

/** Lower rank leaves first. */
export const PRIORITY_RANK = { high: 0, normal: 1, low: 2 } as const;
export type Priority = keyof typeof PRIORITY_RANK;

export const SMS_STATUSES = [
  'QUEUED',
  'ACCEPTED',
  'SENDING',
  'SENT_OK',
  'DELIVERED',
  'FAILED',
  'PARTIAL',
  'UNDELIVERED',
  'EXPIRED',
  'STOPPED',
  'REFUSED',
  'WITHHELD',
  'UNKNOWN',
] as const;
export type SmsStatus = (typeof SMS_STATUSES)[number];

/** Who told us a status: the answer to `send_sms`, a push, our own poll, or the search for an SMS in doubt. */
export type Source = 'answer' | 'push' | 'poll' | 'reconcile' | 'node';

export interface HistoryEntry {
  status: SmsStatus;
  /** Milliseconds since 1970. */
  at: number;
  by: Source;
}

/**
 * Where the machinery finds an SMS again:
 * `waiting` here; `submitting`: the intent to send is written; `doubt`: it can't yet be known whether the gateway took it;
 * `gateway`: accepted and not yet on air; `sent`: on air, its delivery report is awaited; `unknown`: reported UNKNOWN and
 * still asked for; `standby`: another number of a recipient, whose turn it isn't yet; `joined`: it goes with another SMS, and
 * becomes what that becomes; `done`: nothing more to do.
 */
export type Stage = 'waiting' | 'submitting' | 'doubt' | 'gateway' | 'sent' | 'unknown' | 'standby' | 'joined' | 'done';

/** What holds a waiting SMS back: a rule, or that nothing can leave now (contract, held). */
export type HeldBy =
  | 'sim-limit'
  | 'pause'
  | 'schedule'
  | 'no-sim'
  | 'gateway-down'
  | 'login-refused'
  | 'hourly-limit'
  | 'loop-guard';

/** Why a waiting SMS may not leave. What a rule holds is stored so; the rest is known only at the moment of asking. */
export interface Held {
  by: HeldBy;
  /** Until when, by the wall clock (ms since 1970); null = nobody knows. */
  until: number | null;
  /** Of what is held for so many seconds: when they end (ms since 1970). It goes with a step of the clock; `until` follows. */
  ends?: number;
  /** For people, in English. */
  text: string;
  /** Its end is told to nobody: the SMS awaits its own moment. */
  quiet?: true;
  /** Of what a guard holds: how many SMS were too many. */
  limit?: number;
}

/** Hours in which SMS may leave: from `from` to `to` (`HH:MM`) on days from 1 (Monday) to 7, by the clocks of a zone. */
export interface SmsHours {
  days: number[];
  from: string;
  to: string;
  /** Empty = the gateway's, `recipient` = the recipient's own. */
  zone: string;
}

/** When an SMS may leave, as far as the flow says so. Durations are in ms. */
export interface SmsTimes {
  /** At an instant, or when the clocks of `zone` (empty = the gateway's) show `wall`, as if that were UTC. */
  at?: { instant: number } | { wall: number };
  zone?: string;
  /** So long after that, or after it was taken. */
  after?: number;
  /** When it was taken, where that counts (ms since 1970). */
  taken_at?: number;
  /** How long it is valid from its own moment on; 0 = for ever. */
  validity: number;
  /** How late it may leave where its moment went by while no process ran. */
  late_by: number;
  /** Only in these hours. */
  hours?: SmsHours[];
  /** But with priority `high` at any. */
  high_ignores?: true;
  /** The recipient's own zone, where hours or `at` go by that. */
  recipient_zone?: string;
}

/** The `due_at` of an SMS of which nobody knows when it may leave: what holds it looks at it again when that ends. */
export const NOT_DUE = 8.64e15;

/** The place of an SMS among those to the numbers of one recipient, which have their turns one after the other. */
export interface Turn {
  /** 0 is the first. */
  place: number;
  /** How many they are; they have ids without a gap. */
  of: number;
  /** How long each has before the next one's turn, in ms. */
  after: number;
  /** How long the input waits from each turn on, in ms; 0 = until all is final. */
  wait: number;
}

/** What an SMS is, fixed when it is taken. */
export interface NewSms {
  user_id: number;
  number: string;
  /** As the flow gave it; a template only when `text_param` is there. */
  text: string;
  text_param?: string[];
  /** Another recipient of its input may have another text, though it is no template. */
  own_text?: true;
  encoding: 'unicode' | 'gsm-7bit';
  /** Ascending and without doubles; absent = all ports. */
  ports?: number[];
  request_status_report: boolean;
  priority: Priority;
  /** When it expires if it is still waiting (ms since 1970); 0 = never, or not yet known. */
  expires_at: number;
  /** When it may leave; absent = at any time. */
  times?: SmsTimes;
  /** Where it is held from the start: see {@link SmsState}. */
  due_at?: number;
  held?: Held;
  /** Absent where its recipient has one number. */
  turn?: Turn;
  /** Absent where it goes by itself. */
  collect?: Collect;
  /** Of a standby: when its turn comes at the latest (ms since 1970). */
  poll_at?: number;
  /** Other fields of the flow's recipient object, handed back untouched. */
  extra?: Record<string, unknown>;
}

/** What becomes of an SMS. */
export interface SmsState {
  stage: Stage;
  status: SmsStatus;
  expires_at: number;
  /**
   * While it waits: 0 = it may leave as far as the rules go; else it is held, and looked at again then. That is a moment of
   * the wall clock, whatever steps it makes (ms since 1970).
   */
  due_at: number;
  /** Why it is held, if it is. */
  held?: Held;
  /** When a rule that held it let it go, or its turn came (ms since 1970); absent where that never was. */
  released_at?: number;
  /** It was withdrawn for the sake of its recipient's next number. */
  superseded?: true;
  task_id?: number;
  port?: number;
  ref_id?: number;
  count?: number;
  succ_count?: number;
  time?: string;
  time_iso?: string;
  status_code?: number;
  error?: { code: string; message: string; error_code?: number };
  /** Delivery reports by the segment's reference (0-255). */
  reports?: Record<number, number>;
  history: readonly HistoryEntry[];
  /** With which others it has become one. */
  collected?: Collected;
  /** By which SIM it left, where we chose that: what it was charged is counted as long as this is here. */
  sim?: ChosenSim;
  /** When the gateway was asked to drop it (ms since 1970): gone from there it is stopped, not lost. */
  stopping_at?: number;
  /** When the gateway is asked next, or a standby has its turn (ms since 1970). */
  poll_at: number;
  /** How often it has been asked since its status changed. */
  polls: number;
}

/**
 * A stored SMS. `id` rises in the order of taking. What a store gives is nobody's to change: a store in memory gives the SMS that
 * it keeps, and keeps another one when something becomes of it.
 */
export interface StoredSms extends Readonly<Omit<NewSms, 'due_at' | 'poll_at'>>, Readonly<SmsState> {
  readonly id: number;
  readonly input: string;
  readonly gateway: string;
  /** The `send sms` node; absent where it was taken by a former version. */
  readonly node?: string;
  /** A command holds it: while it waits, it doesn't leave. */
  readonly paused?: true;
}

/** How far an SMS shall come, each further than the one before. */
export type Until = 'accepted' | 'sent' | 'delivered';

/** One input of a `send sms` node, with what its outcome needs. */
export interface InputRecord {
  id: string;
  /** The gateway's config node. */
  gateway: string;
  /** The `send sms` node. */
  node: string;
  taken_at: number;
  until: Until;
  /** When the outcome leaves in any case (ms since 1970); 0 = when final. */
  wait_until: number;
  on_timeout: 'keep' | 'withdraw';
  /** Numbers that occurred again and were not sent again. */
  duplicates: number;
  /** Its outcome lists only those that have failed. */
  summary?: true;
  /** As the flow gave it, where its first SMS has another one. */
  text?: string;
  key?: string;
  /** What it belongs to, together with other inputs of its gateway; without it, it is a job of its own. */
  job?: string;
  /** The machine on which its outcome leaves, where several share the store. */
  machine?: string;
  /** The JSON part of the flow's message. */
  msg: string;
}

/** A stored input: nobody's to change, as a {@link StoredSms}. */
export interface StoredInput extends Readonly<InputRecord> {
  /** When its outcome left; 0 = not yet. */
  readonly closed_at: number;
  /** When a command let its SMS go on (ms since 1970); absent where that never was. */
  readonly resumed_at?: number;
  /** The input whose outcome this one waits for (same `key`). */
  readonly duplicate_of?: string;
}

/** The SMS of one request, written down before its first byte. */
export interface Submission {
  gateway: string;
  at: number;
  sms: number[];
  /** By which SIM each leaves, by the SMS's id; whose isn't here the gateway chooses. */
  sims?: Readonly<Record<number, ChosenSim>>;
  /** What the gateway last said of itself: evidence for reconciling. */
  in_queue?: number;
  task_id?: number;
  /** A record that it had. */
  newest?: { user_id: number; number: string };
}

/** A submission of which some SMS are still `submitting` or in `doubt`: `sms` are only those, ascending. */
export interface StoredSubmission extends Omit<Submission, 'sims'> {
  /** Rises in the order of beginning. */
  id: number;
}

/** The set of ports of an SMS as one word: admission counts per set of ports. */
export const portSetOf = (sms: { ports?: number[] }): string => (sms.ports ? sms.ports.join(',') : 'all');

/** What must be equal for two SMS to travel in one request. */
export const batchKeyOf = (sms: Pick<NewSms, 'encoding' | 'ports' | 'request_status_report'>): string =>
  `${sms.encoding}|${portSetOf(sms)}|${sms.request_status_report ? 1 : 0}`;
