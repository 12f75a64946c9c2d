import type { DeliveryStatus, SmsResult } from '../../gateway-api';
import type { StoredSms } from '../../store';

/** References count from 0 to 255 and start again, each port for itself (manual 3.3). */
const REFERENCES = 256;

/** Whether `ref_id` is one of the SMS's segments: `ref_id … ref_id + count - 1`, mod 256 (manual 17.4). */
function coversReference(sms: StoredSms, ref_id: number): boolean {
  if (sms.ref_id === undefined) return false;
  return (ref_id - sms.ref_id + REFERENCES) % REFERENCES < (sms.count ?? 1);
}

/** The number as gateways may print it: with or without the leading + or 00 of an international number. */
export const sameNumber = (one: string, other: string): boolean => bare(one) === bare(other);
const bare = (number: string): string => number.replace(/^(\+|00)/, '');

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
 * The SMS that a result without `user_id` can belong to: the one that already has its reference, otherwise those that
 * have none yet and may have gone through that port.
 */
export function ofResult(candidates: readonly StoredSms[], result: SmsResult): StoredSms[] {
  const here = candidates.filter((sms) => sameNumber(sms.number, result.number));
  const known = here.filter((sms) => sms.port === result.port && sms.ref_id === result.ref_id);
  if (known.length > 0) return known;
  return here.filter(
    (sms) => sms.ref_id === undefined && (result.port === undefined || (sms.ports?.includes(result.port) ?? true)),
  );
}

/**
 * Whether a polled report can be this SMS's: the gateway keeps old reports, and a reference comes again after 256 SMS.
 * Both times are the gateway's own; a report printed before its SMS is an older SMS's.
 */
export const notBefore = (sms: StoredSms, report: DeliveryStatus): boolean =>
  sms.time === undefined || report.time === undefined || report.time >= sms.time;
