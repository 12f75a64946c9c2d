import type { HeldCount } from './heldCounts';
import type { JobCommand, JobList, JobScope, JobTally } from './jobs';
import type {
  InputRecord,
  NewSms,
  Priority,
  SmsState,
  Stage,
  StoredInput,
  StoredSms,
  StoredSubmission,
  Submission,
} from './records';
import type { ChosenSim, Usage, UsageChange, UsageQuestion } from './usage';

/** An input with its SMS, taken whole or not at all. */
export interface Taking {
  input: InputRecord;
  sms: NewSms[];
  /** How long ago a given `user_id` or `key` counts as used (ms since 1970). */
  usedSince: { user_id: number; key: number };
}

/** What became of a {@link Taking}. */
export type Taken =
  | { taken: true; sms: StoredSms[] }
  /** A key that was taken before: this input now waits for the first one's outcome. */
  | { taken: true; sms: []; duplicate_of: string }
  | { taken: false; user_id: number };

/** Which waiting SMS to show, of those that aren't held; they come by priority, then in the order of taking. */
export interface WaitingQuery {
  gateways: string[];
  limit: number;
  now: number;
  /** Port sets that are full: their SMS are passed over unless the priority is high. */
  closedPortSets: ReadonlySet<string>;
  /** Only of this priority. */
  priority?: Priority;
  /** Only what may travel with this SMS: its batch key, and its text or its input where asked for. */
  like?: { batchKey: string; text?: { text: string; template: boolean }; input?: string };
}

/** What SMS are found by. */
export type SmsCriterion =
  /** They have one of these user_ids. */
  | { user_ids: number[] }
  /** They are in one of these stages, and their number ends with `tail`, as `tailOf` makes it of any writing. */
  | { tail: string; stages: readonly Stage[] }
  /** They are in stage `gateway` or `sent` on this port, and a segment has this reference (0-255). */
  | { port: number; ref_id: number }
  /** They are in this stage: a page of at most `limit` with ids above `after`. */
  | { stage: Stage; after: number; limit: number }
  /** They wait and are held: a page as above. */
  | { held: true; after: number; limit: number }
  /** They belong to this job and are in one of these stages: a page as above. */
  | { job: string; stages: readonly Stage[]; after: number; limit: number }
  /** They are collected together and wait: a page as above. */
  | { collect: string; waiting: true; after: number; limit: number }
  /** The newest of those that are collected together. */
  | { collect: string; last: true };

/** Of many SMS at most `limit`, with ids above `after`, in the order of taking. */
export interface SmsPage {
  after: number;
  limit: number;
}

/**
 * What a change outlives once it is acknowledged. `safe`: also a power cut. `written`: the end of the process; a power cut may
 * take it back until something else has become safe. It needs no sync of its own.
 */
export type Safety = 'safe' | 'written';

/**
 * A changed SMS: the fields that are there replace the stored ones. With `giveBack` it turns out not to have left: its `sim` is
 * forgotten, and what it was charged is taken off the counters. With `recharge` it is charged that instead of what it was; one
 * that is charged nothing stays so.
 */
export type SmsChange = { id: number; giveBack?: true; recharge?: ChosenSim } & Partial<SmsState>;

/** What an input's outcome tells. */
export interface OutcomeParts {
  input: StoredInput;
  /** The input whose SMS it tells of: itself, or the first with its key unless that is forgotten. */
  first: StoredInput;
  /** Those SMS, in the order of the recipients. */
  recipients: StoredSms[];
}

/** How many SMS lie in a gateway, for admission. */
export interface PortSetCount {
  gateway: string;
  portSet: string;
  count: number;
}

/** How many SMS a port has in a gateway, of those for which we chose it. */
export interface PortCount {
  port: number;
  count: number;
}

/** How many SMS wait here for a gateway, and how many of them are held. */
export interface WaitingCount {
  gateway: string;
  count: number;
  held: number;
}

/** What was begun to one number since a moment. */
export interface BegunTo {
  number: string;
  count: number;
  /** The newest of them, the newest first, and when each was begun (ms since 1970). */
  newest: { id: number; at: number }[];
}

/** When something is to be done next, by what it is; absent = nothing. */
export interface NextDue {
  /** The first `poll_at`. */
  poll?: number;
  /** The first `expires_at` of what waits. */
  expiry?: number;
  /** The first `wait_until` of an open input. */
  wait?: number;
  /** The first `due_at` of what is held, a moment of the wall clock; {@link NOT_DUE} isn't one. */
  held?: number;
  /** The first moment at which a standby has its turn. */
  standby?: number;
}

/** What may be due. */
export type DueKind = keyof NextDue;
export const DUE_KINDS: readonly DueKind[] = ['poll', 'expiry', 'wait', 'held', 'standby'];

/**
 * Where SMS and inputs wait. Every method takes many at a time and resolves when the change is safe; those that change
 * something are all or nothing. A store that can't keep something rejects with a {@link StoreUnavailable}.
 */
export interface Store {
  /** Whether what is taken survives the process. */
  readonly durable: boolean;
  open(): Promise<void>;
  close(): Promise<void>;

  /** Reserves `count` user_ids for this store; resolves with the first. They start at a random point from 2^30 and never exceed int32. */
  reserveUserIds(count: number): Promise<number>;
  /** Takes inputs with their SMS: each whole or not at all, in order. */
  take(takings: Taking[]): Promise<Taken[]>;

  /** Waiting SMS that may leave now, without changing them. Neither held ones nor expired ones are among them. */
  waiting(query: WaitingQuery): Promise<StoredSms[]>;
  /** Writes the intent to send, and what each uses of its SIM: `waiting` becomes `submitting`. Resolves with those that were still waiting and not held. */
  begin(submission: Submission): Promise<StoredSms[]>;
  /** Changes SMS; unknown ids are passed over. With `from`, only those in one of these stages. Resolves with the changed ones. */
  change(changes: SmsChange[], from?: readonly Stage[], safety?: Safety): Promise<StoredSms[]>;

  /** SMS by their ids, in the order asked; missing ones are left out. */
  sms(ids: number[]): Promise<StoredSms[]>;
  /** SMS of these gateways by what is known of them, the oldest first. */
  find(gateways: string[], by: SmsCriterion): Promise<StoredSms[]>;
  /** SMS in stage `gateway`, `sent` or `unknown` whose `poll_at` has come, the most overdue first. */
  due(gateways: string[], now: number, limit: number): Promise<StoredSms[]>;
  /** When something of these kinds is to be done next; by default of all. */
  nextDue(gateways: string[], kinds?: readonly DueKind[]): Promise<NextDue>;
  /** Waiting SMS whose validity has ended, soonest first. */
  expired(gateways: string[], now: number, limit: number): Promise<StoredSms[]>;
  /** Held SMS whose `due_at` has come, by priority, then the soonest first. */
  heldDue(gateways: string[], now: number, limit: number): Promise<StoredSms[]>;
  /** Standbys whose turn has come, the most overdue first. */
  standbyDue(gateways: string[], now: number, limit: number): Promise<StoredSms[]>;
  /** How many SMS wait for each gateway, those without any left out; counting ends at `most` for each, held or not. With a priority only those. */
  waitingCounts(gateways: string[], most: number, priority?: Priority): Promise<WaitingCount[]>;
  /** How many SMS each port set has in the gateway (`submitting`, `doubt`, `gateway`). */
  portSetCounts(gateways: string[]): Promise<PortSetCount[]>;
  /** The same by the port that we chose, ascending; SMS of which the gateway chooses it are left out. */
  chosenPortCounts(gateways: string[]): Promise<PortCount[]>;
  /** What cards have used, and of which of these recipients something is counted that hasn't ended, by whatever card. */
  usage(questions: UsageQuestion[], recipients: string[], now: number): Promise<Usage>;
  /** @param under as for {@link putNotes} */
  changeUsage(change: UsageChange, under?: readonly string[]): Promise<void>;
  /** Submissions begun by these gateways of which it isn't settled what became of all their SMS, the oldest first. */
  submissions(gateways: string[]): Promise<StoredSubmission[]>;
  /**
   * How many SMS were begun at `since` or later, and when the first of them was, for the hourly limit. Each counts once, by its
   * last beginning; one that went back to `waiting` was not submitted and doesn't count, nor does a forgotten one.
   */
  submittedSince(gateways: string[], since: number): Promise<{ count: number; oldest?: number }>;

  /**
   * What was begun at `since` or later to numbers that end with one of these `tails` (as `tailOf` makes them), by number as it is
   * written; counted as by {@link submittedSince}. Of each number it names the `most` newest.
   */
  begunTo(gateways: string[], tails: string[], since: number, most: number): Promise<BegunTo[]>;

  /** The names of jobs of these gateways, at most `limit`, in the order of their first inputs that aren't over. */
  jobNames(gateways: string[], scope: JobScope, limit: number): Promise<string[]>;
  /** Pauses, resumes or stops jobs: from then on nothing of what is held is begun. Resolves with their names. */
  commandJobs(gateways: string[], scope: JobScope, command: JobCommand, now: number): Promise<string[]>;
  /**
   * Withdraws at `at` what waits, or stands by, though its job was stopped: a page of it, which it resolves with; an empty one is
   * the last. That is `written`: what a power cut takes back is withdrawn again.
   */
  withdrawStopped(gateways: string[], page: SmsPage, at: number): Promise<StoredSms[]>;
  /** How far these jobs are on each of the gateways that know them. */
  jobTallies(gateways: string[], jobs: string[]): Promise<JobTally[]>;
  /** Jobs of a gateway for somebody to see, at most `limit`. */
  listJobs(gateway: string, limit: number): Promise<JobList>;
  /** By what a gateway's SMS are held, rules and commands, the first `most` of them. */
  heldCounts(gateway: string, most: number): Promise<HeldCount[]>;
  /** The first end of the validity of what waits of these jobs. */
  firstExpiry(gateways: string[], jobs: string[]): Promise<number | undefined>;

  /** Inputs by their ids; missing ones are left out. */
  inputs(ids: string[]): Promise<StoredInput[]>;
  /** The SMS of an input, in the order of its recipients; with `limit`, the first of them. */
  recipients(input: string, limit?: number): Promise<StoredSms[]>;
  /** What the outcomes of these inputs tell, in the order asked; those that have left already, and missing ones, are left out. All of it is safe. */
  outcomes(ids: string[]): Promise<OutcomeParts[]>;
  /** Open inputs whose wait has ended, soonest first. */
  inputsDue(gateways: string[], now: number, limit: number): Promise<StoredInput[]>;
  /** Open inputs of these gateways, for what a restart left. */
  openInputs(gateways: string[], after: string, limit: number): Promise<StoredInput[]>;
  /** Lets open inputs wait until this moment at least; those that wait for ever, or longer, stay as they are. */
  prolong(ids: string[], wait_until: number): Promise<void>;
  /** Notes that the outcomes of these inputs have left, when that is `written`; resolves with the ids of open inputs that waited for one of them. */
  closeInputs(ids: string[], at: number): Promise<string[]>;

  /** Small facts that must survive (cursors, epochs), by key. */
  notes(keys: string[]): Promise<Map<string, string>>;
  /** @param under config nodes whose gateway this machine must still talk to, where several share the store ({@link Fencing}) */
  putNotes(notes: ReadonlyMap<string, string>, under?: readonly string[]): Promise<void>;
  /** The keys of all notes, in no order. */
  noteKeys(): Promise<string[]>;
  /**
   * Forgets notes; keys without one are passed over.
   * @param under as for {@link putNotes}
   */
  forgetNotes(keys: string[], under?: readonly string[]): Promise<void>;
  /** Forgets inputs closed before a moment whose SMS are all done, and counters that ended a week before it; resolves with how many went, at most `limit`. */
  prune(before: number, limit: number): Promise<number>;
}

/** The store can't keep anything now; what was to be kept was not taken. */
export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable';
}
