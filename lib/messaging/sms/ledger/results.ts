import { meaningOf, quoted, SMS_STATUS, type SmsResult } from '../../../gateway-api';
import type { SmsStatus, Source, StoredSms } from '../../../store';
import { type Change, isFinal, risen, told } from './status';

/** Polls without news after which a part is taken to be all: about a minute, four times that where pushes arrive (`pollPlan`). */
const POLLS_UNTIL_PARTIAL = 6;
/** Polls for a word that isn't known: about four minutes. A network may need one for an SMS. */
const POLLS_UNTIL_UNKNOWN = 8;

/**
 * A result's status in the contract's words; undefined for a word that isn't known. A long SMS of which only some segments
 * went out is PARTIAL when failures are counted, or when nothing has moved for a while; until then it is being sent.
 */
function statusOf(sms: StoredSms, result: SmsResult): SmsStatus | undefined {
  const { succ_count = 0, fail_count = 0 } = result;
  const count = Math.max(result.count ?? 1, 1);
  const meaning = meaningOf(SMS_STATUS, result.status);
  // No segment counted at all: that gateway doesn't count them.
  const some = succ_count + fail_count > 0 && succ_count < count;
  if (!some || !BY_COUNTS.has(meaning)) return meaning;
  if (meaning === 'FAILED' || succ_count + fail_count >= count) return succ_count > 0 ? 'PARTIAL' : 'FAILED';
  return sms.polls >= POLLS_UNTIL_PARTIAL && !hasGrown(sms, result) ? 'PARTIAL' : 'SENDING';
}

/** What says of a long SMS that it is over, and counts its segments beside. */
const BY_COUNTS: ReadonlySet<SmsStatus | undefined> = new Set(['SENT_OK', 'DELIVERED', 'FAILED']);

/** Whether more segments are out than before. */
const hasGrown = (sms: StoredSms, { succ_count = 0 }: SmsResult): boolean => succ_count > (sms.succ_count ?? 0);

/** The SMS lies in the gateway, and what that says of it can't be understood: it must not stay so for ever (decision 29). */
export function notUnderstood(sms: StoredSms, why: string, at: number, by: Source): Change | undefined {
  if (sms.stage !== 'gateway' || sms.polls < POLLS_UNTIL_UNKNOWN) return undefined;
  return { ...told(sms, 'UNKNOWN', by, at), stage: 'unknown', error: { code: 'UNKNOWN_OUTCOME', message: why } };
}

const unknownWord = (word: string): string => `The gateway says ${quoted(word)} of the SMS, a word that isn't known`;

const RESULT_FIELDS = ['port', 'ref_id', 'count', 'succ_count', 'time', 'time_iso'] as const;

/**
 * Says what a result (manual 3.3) changes; undefined when nothing. One that tells the status once more adds what wasn't known:
 * without its reference an SMS never gets its delivery report.
 */
export function mergeResult(sms: StoredSms, result: SmsResult, at: number, by: Source): Change | undefined {
  const status = statusOf(sms, result);
  if (isFinal(sms)) return undefined;
  if (status === undefined) return notUnderstood(sms, unknownWord(result.status), at, by);
  const step = risen(sms, status, at, by);
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
  const change: Change = {
    ...step,
    ...(grown && { polls: 0 }),
    ...fields,
  };
  return status === 'DELIVERED' ? { ...change, status_code: 0 } : change;
}
