import { type DeliveryStatus, meaningOf, SMS_STATUS, type SmsResult } from '../../../gateway-api';
import {
  coversReference,
  type SmsChange,
  type SmsStatus,
  type Stage,
  type StoredSms,
  type Witness,
} from '../../../store';

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

/** The first final word stands; `SENT_OK` is final where no report is awaited. */
const isFinal = ({ stage, status }: StoredSms): boolean => stage === 'done' || HEIGHT[status] >= HEIGHT.DELIVERED;

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

/** Polls without news after which a part is taken to be all: about a minute, four times that where pushes arrive (`pollPlan`). */
const STILL = 6;
/** The same for a word that isn't known: about four minutes. A network may need one for an SMS. */
const STILL_UNREAD = 8;

/**
 * A result's status in the contract's words; undefined for a word that isn't known. A long SMS of which only some segments
 * went out is PARTIAL when failures are counted, or when nothing has moved for a while; until then it is being sent.
 */
function statusOf(sms: StoredSms, result: SmsResult): SmsStatus | undefined {
  const { count = 1, succ_count = 0, fail_count = 0 } = result;
  const meaning = meaningOf(SMS_STATUS, result.status);
  if (meaning === 'SENT_OK' && succ_count === 0 && fail_count >= Math.max(count, 1)) return 'FAILED';
  const some = succ_count > 0 && succ_count < count;
  if (!some || (meaning !== 'SENT_OK' && meaning !== 'FAILED')) return meaning;
  const isOver = meaning === 'FAILED' || succ_count + fail_count >= count;
  return isOver || (sms.polls >= STILL && !hasGrown(sms, result)) ? 'PARTIAL' : 'SENDING';
}

/** Whether more segments are out than before. */
const hasGrown = (sms: StoredSms, { succ_count = 0 }: SmsResult): boolean => succ_count > (sms.succ_count ?? 0);

/** It lies in the gateway, and what that says of it can't be understood: it must not stay so for ever (decision 29). */
export function notUnderstood(sms: StoredSms, why: string, at: number, by: Witness): SmsChange | undefined {
  if (sms.stage !== 'gateway' || sms.polls < STILL_UNREAD) return undefined;
  return {
    id: sms.id,
    stage: 'unknown',
    status: 'UNKNOWN',
    error: { code: 'UNKNOWN_OUTCOME', message: why },
    history: [...sms.history, { status: 'UNKNOWN', at, by }],
  };
}

const unknownWord = (word: string): string =>
  `The gateway says ${JSON.stringify(word.slice(0, 40))} of the SMS, a word that isn't known`;

const RESULT_FIELDS = ['port', 'ref_id', 'count', 'succ_count', 'time', 'time_iso'] as const;

/**
 * What a result (manual 3.3) changes; undefined when nothing. One that tells the status once more adds what wasn't known:
 * without its reference an SMS never gets its delivery report.
 */
export function mergeResult(sms: StoredSms, result: SmsResult, at: number, by: Witness): SmsChange | undefined {
  const status = statusOf(sms, result);
  if (isFinal(sms)) return undefined;
  if (status === undefined) return notUnderstood(sms, unknownWord(result.status), at, by);
  const step = moved(sms, status, at, by);
  if (!step && status !== sms.status) return undefined;
  const grown = hasGrown(sms, result);
  const isNews = (field: (typeof RESULT_FIELDS)[number]): boolean =>
    step !== undefined || sms[field] === undefined || (field === 'succ_count' && grown);
  // Read later, the same time may pass for the second one of an hour that occurs twice.
  const isKept = (field: string): boolean =>
    field === 'time_iso' && sms.time_iso !== undefined && result.time === sms.time;
  const news = RESULT_FIELDS.filter((field) => !isKept(field) && result[field] !== undefined && isNews(field));
  if (!step && news.length === 0) return undefined;
  const fields = Object.fromEntries(news.map((field) => [field, result[field]]));
  const change: SmsChange = {
    id: sms.id,
    ...step,
    ...(grown && sms.succ_count !== undefined && { polls: 0 }),
    ...fields,
  };
  return status === 'DELIVERED' ? { ...change, status_code: 0 } : change;
}

/** Permanent errors of a delivery report (manual 4.3). */
const PERMANENT = 64;

/**
 * Whether a segment's report says more than the one that is known of it. The gateway keeps old reports and tells them with
 * every poll: received and a permanent error are final, of temporary errors the worst one stays.
 */
function saysMore(code: number, known: number | undefined): boolean {
  if (known === undefined) return true;
  if (known === 0 || known >= PERMANENT) return false;
  return code === 0 || code > known;
}

/**
 * What a delivery report (manual 4.3) changes. A long SMS is delivered when the reports of all its segments are 0, and
 * undelivered with the first permanent error; `status_code` is the worst.
 */
export function mergeReport(sms: StoredSms, report: DeliveryStatus, at: number, by: Witness): SmsChange | undefined {
  if (isFinal(sms) || !coversReference(sms, report.ref_id)) return undefined;
  if (!saysMore(report.status_code, sms.reports?.[report.ref_id])) return undefined;
  const reports = { ...sms.reports, [report.ref_id]: report.status_code };
  // The gateway may have named another reference while the SMS was SENDING.
  const own = Object.entries(reports).filter(([ref_id]) => coversReference(sms, Number(ref_id)));
  const codes = own.map(([, code]) => code);
  const change: SmsChange = { id: sms.id, reports, status_code: Math.max(...codes) };
  if (codes.some((code) => code >= PERMANENT)) return { ...change, ...moved(sms, 'UNDELIVERED', at, by) };
  const all = codes.length >= (sms.count ?? 1) && codes.every((code) => code === 0);
  return all ? { ...change, ...moved(sms, 'DELIVERED', at, by) } : change;
}
