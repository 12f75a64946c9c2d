import type { DeliveryStatus, SmsResult } from '../../gateway-api';
import type { StoredSms } from '../../store';

/** References count from 0 to 255 and start again, each port for itself (manual 3.3). */
const REFERENCES = 256;

/** Whether `ref_id` is one of the SMS's segments: `ref_id … ref_id + count - 1`, mod 256 (manual 17.4). */
export function coversReference(sms: StoredSms, ref_id: number): boolean {
  if (sms.ref_id === undefined) return false;
  return (ref_id - sms.ref_id + REFERENCES) % REFERENCES < (sms.count ?? 1);
}

/** The number as gateways may print it: with or without the leading + or 00 of an international number. */
export const sameNumber = (one: string, other: string): boolean => bare(one) === bare(other);
const bare = (number: string): string => number.replace(/^(\+|00)/, '');

/** The forms in which we may have stored a number that a gateway prints. */
export const numberForms = (number: string): string[] => [bare(number), `+${bare(number)}`, `00${bare(number)}`];

/** The SMS that a delivery report can belong to; several = the gateway must be asked. */
export const ofReport = (candidates: readonly StoredSms[], report: DeliveryStatus): StoredSms[] =>
  candidates.filter(
    (sms) =>
      sms.port === report.port &&
      sameNumber(sms.number, report.number) &&
      coversReference(sms, report.ref_id) &&
      sms.reports?.[report.ref_id] !== 0,
  );

/**
 * The SMS that a result without `user_id` can belong to: the one whose record it is, else the one that has its reference,
 * otherwise those that have none yet. A result without a reference can be anybody's that may have gone through its port.
 * SMS that are done belong among the candidates, too: a push that comes twice would else pass for the next SMS's.
 */
export function ofResult(candidates: readonly StoredSms[], result: SmsResult): StoredSms[] {
  const everybody = candidates.filter((sms) => sameNumber(sms.number, result.number) && mayHaveUsed(sms, result.port));
  const recorded = everybody.filter((sms) => isRecordOf(sms, result));
  if (recorded.length > 0) return recorded;
  const here = everybody.filter(({ stage }) => stage !== 'done');
  if (result.ref_id === undefined) return here;
  const known = here.filter((sms) => sms.ref_id === result.ref_id);
  const open = here.filter((sms) => sms.ref_id === undefined);
  // A reference belongs to a port: without one it can have been given out on another port as well.
  if (result.port === undefined) return [...known, ...open];
  return known.length > 0 ? known : open;
}

/** Whether a result tells of a sending that is known already, by port, reference and time. */
function isRecordOf(sms: StoredSms, { port, ref_id, time }: SmsResult): boolean {
  if (port === undefined || ref_id === undefined || time === undefined) return false;
  return sms.port === port && sms.ref_id === ref_id && sms.time === time;
}

/** Whether an SMS went, or may yet go, through a port; a result that names none rules nothing out. */
function mayHaveUsed(sms: StoredSms, port: number | undefined): boolean {
  if (port === undefined) return true;
  return sms.port === undefined ? (sms.ports?.includes(port) ?? true) : sms.port === port;
}
