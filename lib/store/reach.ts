import type { SmsStatus, StoredSms, Until } from './records';

/** How far an SMS has come, stored or as a recipient of an outcome. */
export type Told = Pick<StoredSms, 'status' | 'history'>;

const ACCEPTED: ReadonlySet<SmsStatus> = new Set([
  'ACCEPTED',
  'SENDING',
  'SENT_OK',
  'DELIVERED',
  'UNDELIVERED',
  'PARTIAL',
  // Only a result of the gateway says so, also of an SMS that was UNKNOWN before.
  'FAILED',
]);
const SENT: ReadonlySet<SmsStatus> = new Set(['SENT_OK', 'DELIVERED', 'UNDELIVERED']);
const FINAL: ReadonlySet<SmsStatus> = new Set([
  'DELIVERED',
  'FAILED',
  'PARTIAL',
  'UNDELIVERED',
  'EXPIRED',
  'STOPPED',
  'REFUSED',
  'WITHHELD',
  'UNKNOWN',
]);

/** Accepted by the gateway at some time: what it sent, and what it accepted and could not send. */
export const wasAccepted = (sms: Told): boolean =>
  ACCEPTED.has(sms.status) || sms.history.some(({ status }) => ACCEPTED.has(status));
export const wasSent = (sms: Told): boolean => SENT.has(sms.status);

/** Whether an SMS has come as far as the flow asked. */
export function hasReached(sms: Told, until: Until): boolean {
  if (until === 'accepted') return wasAccepted(sms);
  return until === 'sent' ? wasSent(sms) : sms.status === 'DELIVERED';
}

/** Whether an SMS may still come as far as the flow asked. */
export const isPending = (sms: StoredSms, until: Until): boolean => !hasReached(sms, until) && !hasFailed(sms, until);

/** Whether an SMS can no longer come that far. `sent` without a report in time (stage `done`) can't be delivered any more. */
export const hasFailed = (sms: Told & Pick<StoredSms, 'stage'>, until: Until): boolean =>
  !hasReached(sms, until) && (FINAL.has(sms.status) || sms.stage === 'done');

/** Whether a status is the bad end of an SMS, as far as is known. */
export const isFailure = ({ status }: Pick<StoredSms, 'status'>): boolean =>
  FINAL.has(status) && status !== 'DELIVERED';

/** Whether an SMS has failed and can't have arrived all the same. */
export const failedForCertain = (sms: Told, until: Until): boolean =>
  !hasReached(sms, until) && FINAL.has(sms.status) && sms.status !== 'UNKNOWN';
