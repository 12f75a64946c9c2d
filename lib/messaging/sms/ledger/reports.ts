import type { DeliveryStatus } from '../../../gateway-api';
import { coversReference, type Source, type StoredSms } from '../../../store';
import { type Change, isFinal, risen } from './status';

/** Permanent errors of a delivery report (manual 4.3). */
const FIRST_PERMANENT_CODE = 64;

/**
 * Says what a delivery report (manual 4.3) changes. A long SMS is delivered when the reports of all its segments are 0, and
 * undelivered with the first permanent error; `status_code` is the worst.
 */
export function mergeReport(sms: StoredSms, report: DeliveryStatus, at: number, by: Source): Change | undefined {
  if (isFinal(sms) || !coversReference(sms, report.ref_id)) return undefined;
  if (!saysMore(report.status_code, sms.reports?.[report.ref_id])) return undefined;
  const reports = { ...sms.reports, [report.ref_id]: report.status_code };
  // The gateway may have named another reference while the SMS was SENDING.
  const own = Object.entries(reports).filter(([ref_id]) => coversReference(sms, Number(ref_id)));
  const codes = own.map(([, code]) => code);
  const change: Change = { reports, status_code: Math.max(...codes) };
  if (codes.some((code) => code >= FIRST_PERMANENT_CODE)) return { ...change, ...risen(sms, 'UNDELIVERED', at, by) };
  const all = codes.length >= (sms.count ?? 1) && codes.every((code) => code === 0);
  return all ? { ...change, ...risen(sms, 'DELIVERED', at, by) } : change;
}

/**
 * Whether a segment's report says more than the one that is known of it. The gateway keeps old reports and tells them with
 * every poll: received is final (a permanent error ends the SMS), of temporary errors the worst one stays.
 */
function saysMore(code: number, known: number | undefined): boolean {
  if (known === undefined) return true;
  return known !== 0 && (code === 0 || code > known);
}
