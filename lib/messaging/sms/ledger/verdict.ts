import type { GatewayError, SendSmsReply } from '../../../gateway-api';
import type { SmsChange, StoredSms } from '../../../store';

/** Accepted, which is not yet sent (manual 2.3, error_code 202). `pollAt`: when the gateway is asked what became of them. */
export function accepted(batch: readonly StoredSms[], reply: SendSmsReply, at: number, pollAt: number): SmsChange[] {
  return batch.map((sms) => ({
    id: sms.id,
    stage: 'gateway',
    status: 'ACCEPTED',
    ...(reply.task_id !== undefined && { task_id: reply.task_id }),
    history: [...sms.history, { status: 'ACCEPTED', at, by: 'answer' }],
    poll_at: pollAt,
    polls: 0,
  }));
}

/** Nothing was acted upon: they wait again, in their old place. */
export const waitAgain = (batch: readonly StoredSms[]): SmsChange[] =>
  batch.map(({ id }) => ({ id, stage: 'waiting', status: 'QUEUED' }));

/** The gateway refused this one SMS (400, 413). */
export const refused = (sms: StoredSms, error: GatewayError, at: number): SmsChange => ({
  ...ended(sms, 'REFUSED', at, 'answer'),
  error: described(error),
});

/** It isn't known whether the gateway took them: they wait until that is found out. */
export const inDoubt = (batch: readonly StoredSms[], error: GatewayError): SmsChange[] =>
  batch.map(({ id }) => ({ id, stage: 'doubt', error: described(error) }));

/** The gateway that has it, or may have it, is no longer the one at the node's address. */
export const abandoned = (sms: StoredSms, at: number): SmsChange =>
  sms.stage === 'sent' || sms.stage === 'unknown'
    ? { id: sms.id, stage: 'done' }
    : { ...ended(sms, 'UNKNOWN', at, 'node'), error: ADDRESS_CHANGED };

const ADDRESS_CHANGED = {
  code: 'UNKNOWN_OUTCOME',
  message: 'The gateway node has another address than when the SMS was handed over',
};

/** A waiting SMS that goes no further. */
export const ended = (
  sms: StoredSms,
  status: 'REFUSED' | 'UNKNOWN' | 'EXPIRED' | 'STOPPED',
  at: number,
  by: 'answer' | 'node',
): SmsChange => ({ id: sms.id, stage: 'done', status, history: [...sms.history, { status, at, by }] });

const described = ({ code, message, cause }: GatewayError): NonNullable<SmsChange['error']> => ({
  code,
  message,
  ...(cause.error_code !== undefined && { error_code: cause.error_code }),
});
