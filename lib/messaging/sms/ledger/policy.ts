import type { SmsChange, StoredSms } from '../../../store';

/** What becomes of an SMS of which it can't be known whether the gateway took it (contract, `unknownPolicy`). */
export type UnknownPolicy = 'hold' | 'resend' | 'fail';

const MESSAGE = {
  doubt: "The gateway's answer was lost, and what it knows doesn't tell whether it took the SMS",
  lost: 'The gateway took the SMS and no longer knows it: it may have restarted',
};

/** Ends the doubt by the policy. `why`: its answer was lost, or what it took is gone. */
export function byPolicy(
  sms: StoredSms,
  policy: UnknownPolicy,
  why: keyof typeof MESSAGE,
  at: number,
  pollAt: number,
): SmsChange {
  if (policy === 'resend') return sendAgain(sms, at);
  return {
    id: sms.id,
    stage: policy === 'hold' ? 'unknown' : 'done',
    status: 'UNKNOWN',
    error: { code: 'UNKNOWN_OUTCOME', message: MESSAGE[why] },
    history: [...sms.history, { status: 'UNKNOWN', at, by: 'reconcile' }],
    poll_at: pollAt,
    polls: 0,
  };
}

/** It waits again, in its old place. */
export const sendAgain = (sms: StoredSms, at: number): SmsChange => ({
  id: sms.id,
  stage: 'waiting',
  status: 'QUEUED',
  task_id: undefined,
  error: undefined,
  history: [...sms.history, { status: 'QUEUED', at, by: 'reconcile' }],
});

/** The gateway has it after all. */
export const acceptedAfterAll = (sms: StoredSms, at: number, pollAt: number): SmsChange => ({
  id: sms.id,
  stage: 'gateway',
  status: 'ACCEPTED',
  error: undefined,
  history: [...sms.history, { status: 'ACCEPTED', at, by: 'reconcile' }],
  poll_at: pollAt,
  polls: 0,
});
