import type { DeliveryStatus, SmsResult } from '../../gateway-api';
import type { SmsChange, SmsStatus, Stage, StoredSms, Witness } from '../../store';

// Whatever order pushes and polls arrive in, an SMS only moves upward, and the first final word stands.
const HEIGHT: Record<SmsStatus, number> = {
  QUEUED: 0,
  // The gateway may yet turn out to have taken it.
  UNKNOWN: 0,
  ACCEPTED: 1,
  SENDING: 2,
  SENT_OK: 3,
  DELIVERED: 4,
  UNDELIVERED: 4,
  FAILED: 4,
  PARTIAL: 4,
  EXPIRED: 4,
  STOPPED: 4,
  REFUSED: 4,
};

/** True when `status` says more than what is known. */
const moves = (sms: StoredSms, status: SmsStatus): boolean => HEIGHT[status] > HEIGHT[sms.status];

const stageOf = (sms: StoredSms, status: SmsStatus): Stage => {
  if (HEIGHT[status] >= HEIGHT.DELIVERED) return 'done';
  if (status !== 'SENT_OK') return 'gateway';
  return sms.request_status_report ? 'sent' : 'done';
};

/** Adopts a status if it moves the SMS on; undefined when it says nothing new. */
function moved(sms: StoredSms, status: SmsStatus, at: number, by: Witness): SmsChange | undefined {
  if (!moves(sms, status)) return undefined;
  const history = [...sms.history, { status, at, by }];
  return { id: sms.id, status, stage: stageOf(sms, status), history, polls: 0, error: undefined };
}

/** A result's status in the contract's words: a long SMS of which only some segments went out is PARTIAL. */
function statusOf({ status, count = 1, succ_count = 0 }: Partial<SmsResult>): SmsStatus | undefined {
  const some = succ_count > 0 && succ_count < count;
  if (status === 'FAILED') return some ? 'PARTIAL' : 'FAILED';
  if (status === 'SENT_OK') return some ? 'PARTIAL' : 'SENT_OK';
  return status === 'SENDING' || status === 'DELIVERED' ? status : undefined;
}

const RESULT_FIELDS = ['port', 'ref_id', 'count', 'succ_count', 'time', 'time_iso'] as const;

/** What a result (manual 3.3) changes; undefined when nothing. */
export function mergeResult(sms: StoredSms, result: SmsResult, at: number, by: Witness): SmsChange | undefined {
  const status = statusOf(result);
  const step = status && moved(sms, status, at, by);
  if (!step) return undefined;
  for (const field of RESULT_FIELDS) {
    if (result[field] !== undefined) Object.assign(step, { [field]: result[field] });
  }
  if (step.status === 'DELIVERED') step.status_code = 0;
  return step;
}

/** Permanent errors of a delivery report (manual 4.3). */
const PERMANENT = 64;

/**
 * What a delivery report (manual 4.3) changes. A long SMS is delivered when the reports of all its segments are 0, and
 * undelivered with the first permanent error; `status_code` is the worst.
 */
export function mergeReport(sms: StoredSms, report: DeliveryStatus, at: number, by: Witness): SmsChange | undefined {
  const known = sms.reports?.[report.ref_id];
  if (known === report.status_code || known === 0 || (known ?? 0) >= PERMANENT) return undefined;
  const reports = { ...sms.reports, [report.ref_id]: report.status_code };
  const codes = Object.values(reports);
  const change: SmsChange = { id: sms.id, reports, status_code: Math.max(...codes) };
  if (codes.some((code) => code >= PERMANENT)) return { ...change, ...moved(sms, 'UNDELIVERED', at, by) };
  const all = codes.length >= (sms.count ?? 1) && codes.every((code) => code === 0);
  return all ? { ...change, ...moved(sms, 'DELIVERED', at, by) } : change;
}
