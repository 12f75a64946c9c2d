import type { GatewayError } from '../../../gateway-api';
import { type SmsChange, type Stage, type StoredSms, WITHDRAWABLE, withdrawal } from '../../../store';
import { carriedBy, partedFrom } from './carried';
import type { SmsEvent, SmsEventKind, SmsEvents, UnknownPolicy } from './events';
import { freed, isHeldSo } from './holds';
import { nextPoll, reportIsOverdue } from './pollPlan';
import { mergeReport } from './reports';
import { mergeResult, notUnderstood } from './results';
import { ANY, ELSEWHERE, IN_GATEWAY, JOINED, STANDBY, SUBMITTING, TRACKED, UNSETTLED, WAITING } from './stages';
import { type Change, told } from './status';
import { awaited, type Moment, watched } from './watched';

/** What an event does to an SMS. */
export interface Transition<Facts> {
  /** The stages in which it can happen; in others it comes too late and changes nothing. */
  from: readonly Stage[];
  /** The stages it can lead to; without it, each SMS stays in its own. */
  to?: readonly Stage[];
  /** Why the SMS may be known less well afterwards; without it, its status only rises. */
  falls?: string;
  /** What a power cut takes of it, the gateway tells again: it needs no sync of its own. */
  isToldAgain?: true;
  /**
   * The event may find the SMS changed since it was read, though not out of these stages: the change is worked out from the SMS
   * as it is when the event is entered.
   */
  merges?: true;
  /** The change; undefined when the event says nothing new. */
  change: (sms: StoredSms, facts: Facts, moment: Moment) => Change | undefined;
}

/**
 * Every move of an SMS. Two are the store's own: from `waiting` to `submitting` (`begin`), which writes down what the gateway said
 * of itself until then, and that of a stopped job is withdrawn (`withdrawStopped`), as it is here. What is `done` never moves again, nor is a final word taken back. An SMS that was reported
 * `UNKNOWN` and held is `unknown`, not `done`: a late result may still raise it.
 */
export const TRANSITIONS: { readonly [K in SmsEventKind]: Transition<SmsEvents[K]> } = {
  accepted: {
    isToldAgain: true,
    from: SUBMITTING,
    to: ['gateway'],
    change: (sms, { task_id }, moment) => ({
      ...told(sms, 'ACCEPTED', 'answer', moment.at),
      ...watched('gateway', moment),
      ...(task_id !== undefined && { task_id }),
    }),
  },
  returned: {
    from: SUBMITTING,
    to: WAITING,
    change: (sms) => ({ ...notCharged(sms), stage: 'waiting', status: 'QUEUED' }),
  },
  refused: {
    from: SUBMITTING,
    to: ['done'],
    change: (sms, { error }, { at }) => ({
      ...told(sms, 'REFUSED', 'answer', at),
      ...notCharged(sms),
      stage: 'done',
      error: described(error),
    }),
  },
  doubted: {
    from: SUBMITTING,
    to: ['doubt'],
    change: (_sms, { error }) => ({ stage: 'doubt', error: described(error) }),
  },
  found: {
    isToldAgain: true,
    from: UNSETTLED,
    to: ['gateway'],
    change: (sms, _facts, moment) => ({
      ...told(sms, 'ACCEPTED', 'reconcile', moment.at),
      ...watched('gateway', moment),
      error: undefined,
    }),
  },
  absent: {
    from: UNSETTLED,
    to: WAITING,
    change: (sms, _facts, { at }) => ({ ...queuedAgain(sms, at), ...notCharged(sms) }),
  },
  undecided: {
    from: UNSETTLED,
    to: ['waiting', 'unknown', 'done'],
    change: (sms, { policy }, moment) =>
      byPolicy(
        sms,
        policy,
        "The gateway's answer was lost, and what it knows doesn't tell whether it took the SMS",
        moment,
      ),
  },
  lost: {
    from: IN_GATEWAY,
    to: ['waiting', 'unknown', 'done'],
    merges: true,
    falls: 'the gateway knows nothing of it any more',
    change: (sms, { policy }, moment) =>
      // Somebody wanted it gone: a process that died before it had looked must not send it again.
      sms.stopping_at === undefined
        ? byPolicy(sms, policy, 'The gateway took the SMS and no longer knows it: it may have restarted', moment)
        : { ...told(sms, 'STOPPED', 'node', moment.at), stage: 'done' },
  },
  expired: {
    from: WAITING,
    to: ['done'],
    change: (sms, _facts, { at }) => ({ ...told(sms, 'EXPIRED', 'node', at), ...freed(sms), stage: 'done' }),
  },
  withdrawn: {
    from: WITHDRAWABLE,
    to: ['done'],
    change: (sms, { superseded }, { at }) => ({ ...withdrawal(sms, at), ...(superseded && { superseded }) }),
  },
  turned: {
    from: STANDBY,
    to: WAITING,
    // Its recipient's own moment has come, with the number before.
    change: (sms, { expires_at }, { at }) => ({
      ...{ ...freed(sms), expires_at },
      ...{ stage: 'waiting', poll_at: 0, released_at: at },
    }),
  },
  dismissed: { from: STANDBY, to: ['done'], change: () => ENDED },
  joined: {
    from: WAITING,
    to: ['waiting', 'joined'],
    change: (sms, { collected }) => ({
      ...freed(sms),
      ...(sms.id !== collected.id && { stage: 'joined' }),
      collected,
    }),
  },
  carried: {
    from: JOINED,
    to: ['joined', 'done'],
    falls: 'so has the one that it goes with',
    change: (sms, { by }) => carriedBy(sms, by),
  },
  parted: {
    from: [...JOINED, ...WAITING],
    to: WAITING,
    falls: 'the one that it went with waits again',
    change: (sms, _facts, { at }) => partedFrom(sms, at),
  },
  withheld: {
    from: WAITING,
    to: ['done'],
    change: (sms, { reasons }, { at }) => {
      const error = reasons.get(sms.id);
      return error && { ...told(sms, 'WITHHELD', 'node', at), ...freed(sms), stage: 'done', error };
    },
  },
  held: {
    from: WAITING,
    change: (sms, { holds }) => {
      const hold = holds.get(sms.id);
      return hold && isHeldSo(sms, hold) ? undefined : hold;
    },
  },
  released: {
    from: WAITING,
    change: (sms, { expires_at }, { at }) =>
      sms.due_at === 0
        ? undefined
        : { ...freed(sms), expires_at: expires_at.get(sms.id) ?? sms.expires_at, released_at: at },
  },
  stopped: {
    from: IN_GATEWAY,
    to: ['done'],
    merges: true,
    change: (sms, _facts, { at }) => ({ ...told(sms, 'STOPPED', 'node', at), ...notCharged(sms), stage: 'done' }),
  },
  abandoned: {
    from: ELSEWHERE,
    to: ['done'],
    merges: true,
    falls: 'nobody can ask the gateway that has it',
    // What was on air stays `SENT_OK`, without a delivery report to come.
    change: (sms, _facts, { at }) =>
      sms.stage === 'sent' || sms.stage === 'unknown'
        ? { stage: 'done' }
        : { ...told(sms, 'UNKNOWN', 'node', at), stage: 'done', error: ADDRESS_CHANGED },
  },
  result: {
    from: TRACKED,
    to: ['gateway', 'sent', 'unknown', 'done'],
    merges: true,
    falls: 'the gateway has it, and says for minutes what nobody can read',
    change: (sms, { result, by }, moment) => awaited(mergeResult(sms, result, moment.at, by), moment),
  },
  report: {
    from: TRACKED,
    to: ['done'],
    merges: true,
    change: (sms, { report, by }, moment) => awaited(mergeReport(sms, report, moment.at, by), moment),
  },
  asked: {
    isToldAgain: true,
    from: TRACKED,
    to: ['unknown', 'done'],
    merges: true,
    falls: 'the gateway has it, and answers no question for minutes',
    change: askedFor,
  },
  postponed: { from: STANDBY, change: (_sms, { until }) => ({ poll_at: until }) },
  due: { isToldAgain: true, from: TRACKED, change: (_sms, _facts, { at }) => ({ poll_at: at }) },
  tasked: { isToldAgain: true, from: ANY, change: (_sms, { task_id }) => ({ task_id }) },
  stopping: { from: ANY, change: (_sms, _facts, { at }) => ({ stopping_at: at }) },
  spared: { from: ANY, change: () => ({ stopping_at: undefined }) },
};

/** Returns what an event changes of an SMS; undefined when it says nothing new, or comes too late. */
export function transition<K extends SmsEventKind>(
  sms: StoredSms,
  event: SmsEvent<K>,
  moment: Moment,
): SmsChange | undefined {
  const { from, change }: Transition<SmsEvents[K]> = TRANSITIONS[event.kind];
  const changed = from.includes(sms.stage) ? change(sms, event, moment) : undefined;
  return changed && { id: sms.id, ...changed };
}

/** What has only stood by ends without a word. */
const ENDED: Change = { stage: 'done' };

const ADDRESS_CHANGED = {
  code: 'UNKNOWN_OUTCOME',
  message: 'The gateway node has another address than when the SMS was handed over',
};

/** Of an SMS that didn't leave the SIM gets back what it was charged. */
const notCharged = ({ sim }: StoredSms): Change => (sim ? { giveBack: true } : {});

/** The SMS waits again, in its old place. */
const queuedAgain = (sms: StoredSms, at: number): Change => ({
  ...told(sms, 'QUEUED', 'reconcile', at),
  stage: 'waiting',
  task_id: undefined,
  error: undefined,
});

function byPolicy(sms: StoredSms, policy: UnknownPolicy, why: string, moment: Moment): Change {
  if (policy === 'resend') return queuedAgain(sms, moment.at);
  return {
    ...told(sms, 'UNKNOWN', 'reconcile', moment.at),
    ...watched(policy === 'hold' ? 'unknown' : 'done', moment),
    error: { code: 'UNKNOWN_OUTCOME', message: why },
  };
}

function askedFor(sms: StoredSms, asked: SmsEvents['asked'], { at, pushed }: Moment): Change {
  const { isMute, planned, contradicted } = asked;
  if (reportIsOverdue(sms, at)) return { stage: 'done' };
  const polls = sms.polls + 1;
  // Of those asked for early, because others were due, the next questions come as if they had not been.
  const from = Math.max(at, planned.get(sms.id) ?? at);
  // A gateway that is there and never tells: the SMS mustn't stay so, and hold up those after it.
  const why = isMute ? MUTE : contradicted?.has(sms.id) ? CONTRADICTED : undefined;
  const end = why === undefined ? undefined : notUnderstood(sms, why, at, 'poll');
  return { ...end, polls, poll_at: nextPoll({ stage: sms.stage, polls }, from, pushed) };
}

const MUTE = 'The gateway took the SMS, and answers no question for what became of it';
const CONTRADICTED = 'The gateway took the SMS, and its record of it has another number, or another user_id';

const described = ({ code, message, cause }: GatewayError): NonNullable<SmsChange['error']> => ({
  code,
  message,
  ...(cause.error_code !== undefined && { error_code: cause.error_code }),
});
