import type { DeliveryStatus, GatewayError, SmsResult } from '../../../gateway-api';
import type { Collected, Held, Source, StoredSms } from '../../../store';

/** What becomes of an SMS of which it can't be known whether the gateway took it (contract, `unknownPolicy`). */
export type UnknownPolicy = 'hold' | 'resend' | 'fail';

type Nothing = Record<never, never>;

/** How an SMS is held: why, and when it is judged again (ms since 1970, by the wall clock). */
export interface Hold {
  held: Held;
  due_at: number;
  /** Until when the SMS is valid, where that is known only now. */
  expires_at?: number;
}

/** What can happen to an SMS, with the facts that come along. `transitions.ts` says what each changes. */
export interface SmsEvents {
  /** The gateway has accepted the request (manual 2.3, error_code 202), which is not yet sent. */
  accepted: { task_id?: number | undefined };
  /** Nothing of the request was acted upon. */
  returned: Nothing;
  /** The gateway refused this one SMS (400, 413). */
  refused: { error: GatewayError };
  /** The answer to the request was lost. */
  doubted: { error: GatewayError };
  /** The gateway turns out to have taken an SMS in doubt. */
  found: Nothing;
  /** By evidence, the gateway never took an SMS in doubt. */
  absent: Nothing;
  /** A doubt has lasted too long. */
  undecided: { policy: UnknownPolicy };
  /** The gateway took the SMS and no longer knows it. */
  lost: { policy: UnknownPolicy };
  /** The SMS's validity was over before it was handed over. */
  expired: Nothing;
  /** The SMS isn't to be handed over any more, nor are those that stand by for it, unless it is `superseded` by the next of these. */
  withdrawn: { superseded?: true };
  /** The SMS stood by, and now it is its number's turn; it is valid as long as the recipient's first one (ms since 1970). */
  turned: { expires_at: number };
  /** The SMS stood by, and nobody needs it any more. */
  dismissed: Nothing;
  /** With others it has become one: the one of this id leaves for all. */
  joined: { collected: Collected };
  /** The SMS goes with that one, and becomes what that has become. */
  carried: { by: StoredSms };
  /** What was joined hasn't left: each waits by itself again. */
  parted: Nothing;
  /** A rule forbids it for good; why, by id. */
  withheld: { reasons: ReadonlyMap<number, { code: string; message: string }> };
  /** A rule holds it back; how, by id. */
  held: { holds: ReadonlyMap<number, Hold> };
  /** Nothing holds it back any more; until when it is valid, by id, where that is known only now. */
  released: { expires_at: ReadonlyMap<number, number> };
  /** The gateway has dropped it, as it was asked to. */
  stopped: Nothing;
  /** The gateway that has it, or may have it, is no longer the one at the node's address. */
  abandoned: Nothing;
  /** A result (manual 3.3). */
  result: { result: SmsResult; by: Source };
  /** A delivery report (manual 4.3). */
  report: { report: DeliveryStatus; by: Source };
  /**
   * The gateway was asked for it. `isMute`: it has answered no such question for some time; `planned`: when each was due, by id;
   * `contradicted`: those of which it shows a record that isn't theirs beyond doubt, and none that is, by id.
   */
  asked: { isMute: boolean; planned: ReadonlyMap<number, number>; contradicted?: ReadonlySet<number> };

  // Notes, which move nothing:
  /** Until when the SMS stands by (ms since 1970). */
  postponed: { until: number };
  /** The gateway shall be asked for it soon. */
  due: Nothing;
  /** The answer to the request, overtaken by a push, says its task. */
  tasked: { task_id: number };
  /** The gateway is being asked to drop it: gone from there it is stopped, not lost. */
  stopping: Nothing;
  /** The gateway was not asked after all. */
  spared: Nothing;
}

export type SmsEventKind = keyof SmsEvents;

/** An event by its kind. */
export type SmsEvent<K extends SmsEventKind = SmsEventKind> = { [P in K]: { kind: P } & SmsEvents[P] }[K];
