import type { DeliveryStatus, SmsResult } from '../../../gateway-api';
import { agreement, closest } from '../../../numbers/agreement';
import { coversReference, type StoredSms } from '../../../store';

/**
 * The SMS that a delivery report can belong to; several = the gateway must be asked. Port and reference say whose it is, its
 * number need only not contradict.
 */
export function ofReport(candidates: readonly StoredSms[], report: DeliveryStatus, country?: string): StoredSms[] {
  const awaiting = candidates.filter(
    (sms) => sms.port === report.port && coversReference(sms, report.ref_id) && sms.reports?.[report.ref_id] !== 0,
  );
  return closest(awaiting, report.number, country);
}

/**
 * The SMS that a result without `user_id` can belong to: the one whose record it is, else the one that has its reference,
 * otherwise those that have none yet. A result without a reference can be anybody's that may have gone through its port.
 * SMS that are done belong among the candidates, too: a push that comes twice would else pass for the next SMS's.
 */
export function ofResult(candidates: readonly StoredSms[], result: SmsResult, country?: string): StoredSms[] {
  const everybody = candidates.filter(
    (sms) => agreement(sms.number, result.number, country) === 'number' && mayHaveUsed(sms, result.port),
  );
  const recorded = everybody.filter((sms) => isRecordOf(sms, result));
  if (recorded.length > 0) return recorded;
  const here = everybody.filter(({ stage }) => stage !== 'done');
  if (result.ref_id === undefined) return here;
  const known = here.filter((sms) => isSettled(sms) && sms.ref_id === result.ref_id);
  const open = here.filter((sms) => !isSettled(sms) || sms.ref_id === undefined);
  // A reference belongs to a port: without one it can have been given out on another port as well.
  if (result.port === undefined) return [...known, ...open];
  return known.length > 0 ? known : open;
}

/** Whether a result tells of a sending that is known already, by reference and time. */
const isRecordOf = (sms: StoredSms, { ref_id, time }: SmsResult): boolean =>
  ref_id !== undefined && time !== undefined && sms.ref_id === ref_id && sms.time === time;

/**
 * Whether port and reference are those by which it went. What a gateway prints of an SMS that still waits in its queue may
 * be others: ruled out by them, its own result would go to another SMS for the same number.
 */
const isSettled = ({ stage }: StoredSms): boolean => stage === 'sent' || stage === 'done';

/** Whether an SMS went, or may yet go, through a port; a result that names none rules nothing out. */
function mayHaveUsed(sms: StoredSms, port: number | undefined): boolean {
  if (port === undefined) return true;
  return isSettled(sms) && sms.port !== undefined ? sms.port === port : (sms.ports?.includes(port) ?? true);
}
