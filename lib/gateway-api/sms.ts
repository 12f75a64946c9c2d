import type { ApiSession, CallOptions } from './ApiSession';
import { endpoints } from './endpoints';
import { howMany, integer, maybeInteger, maybeSegments, maybeText, maybeUserId, text, textOrEmpty } from './fields';
import { mendKeys } from './keys';
import { checkInput, count, maybeList, maybePorts, phoneNumber, userId, vendorTimeText } from './limits';
import { readEach, readList, recordsOf } from './lists';
import { isRecord, readerBy, recordReader, unreadable } from './records';
import { type Reply, readDone } from './reply';
import * as v from './schemas';
import { SMS_STATUS } from './words';

/** What became of one SMS (manual 3.3). */
export interface SmsResult {
  port?: number;
  /** Empty where the gateway lost it and a user_id says whose it is. */
  number: string;
  /** Absent where the gateway lost it (field notes). */
  user_id?: number;
  /** When it was sent, in the gateway's local time. */
  time?: string;
  time_iso?: string;
  /** FAILED, SENDING, SENT_OK or DELIVERED; a word that isn't the manual's is verbatim. */
  status: string;
  /** Segments of the SMS, and how many of them were sent. */
  count?: number;
  succ_count?: number;
  /** How many weren't, on other makes. */
  fail_count?: number;
  /** Reference of the first segment, 0 to 255. */
  ref_id?: number;
  [key: string]: unknown;
}

/** What the handset's network reported of one segment (manual 4.3). */
export interface DeliveryStatus {
  port: number;
  /** Empty where the gateway lost it: port and reference say whose it is. */
  number: string;
  /** When the SMS was sent, in the gateway's local time. */
  time?: string;
  time_iso?: string;
  ref_id: number;
  /** 0 received, 32 to 63 temporary error, 64 to 255 permanent error. */
  status_code: number;
  [key: string]: unknown;
}

const smsResult = v.looseObject({
  port: maybeInteger,
  number: maybeText,
  user_id: maybeUserId,
  time: maybeText,
  status: text,
  count: maybeSegments,
  succ_count: maybeSegments,
  ref_id: maybeInteger,
  fail_count: maybeSegments,
});

const deliveryStatus = v.looseObject({
  port: integer,
  number: textOrEmpty,
  time: maybeText,
  ref_id: integer,
  status_code: integer,
});

const readRow = recordReader<Omit<SmsResult, 'number'> & { number?: string; status: string }>(
  'an SMS result',
  smsResult,
  { times: ['time'], words: [SMS_STATUS] },
);

/**
 * Reads a record of `query_sms_result` or of an `sms_result` push. Throws `BAD_REPLY` without a status, and where neither a
 * number nor a user_id says whose it is.
 */
export const readSmsResult = readerBy<SmsResult>(readRow.what, (value, face, odd) => {
  const attempted = readRow.attempt(value, face, odd);
  if ('why' in attempted) return attempted;
  const { number, user_id } = attempted.record;
  if (number === undefined && user_id === undefined) return { why: 'number is missing' };
  return { record: Object.assign(attempted.record, { number: number ?? '' }) };
});

/**
 * Reads a record of `query_sms_deliver_status` or of an `sms_deliver_status` push. Throws `BAD_REPLY` where port,
 * ref_id or status_code is missing.
 */
export const readDeliveryStatus = recordReader<DeliveryStatus>('a delivery status', deliveryStatus, {
  times: ['time'],
});

/** Which SMS are asked for; what isn't given, or is an empty list, doesn't restrict. */
export interface SmsFilter {
  /** At most 32. */
  number?: string[];
  port?: number[];
  /** In the gateway's local time, `YYYY-MM-DD HH:MM:SS`. */
  time_after?: string;
  time_before?: string;
  /** At most 32. */
  user_id?: number[];
}

const SMALL_LIST = 32;

const smsFilter = v.looseObject({
  number: maybeList(phoneNumber, SMALL_LIST),
  port: maybePorts,
  time_after: v.optional(vendorTimeText),
  time_before: v.optional(vendorTimeText),
  user_id: maybeList(userId, SMALL_LIST),
});

/** A reply with the records found. */
export interface SmsRecords<T> extends Reply {
  result: T[];
}

/** Results, and what is left of those that can't be read. */
export interface SmsResults extends SmsRecords<SmsResult> {
  /**
   * Records that can't be read and may be of the SMS asked for: by them the gateway has the SMS, whatever became of it. Their
   * status is empty; number and user_id are there as far as they can be read. Absent when there is none.
   */
  unreadable?: SmsResult[];
}

/** Manual 3. Rejects with `BAD_REPLY` when there are records and none of them can be read. */
export async function querySmsResult(
  gateway: ApiSession,
  filter: SmsFilter = {},
  options?: CallOptions,
): Promise<SmsResults> {
  const mayBeAsked = (value: unknown): boolean => {
    const { user_id } = remainsOf(value);
    return user_id === undefined || (filter.user_id?.includes(user_id) ?? true);
  };
  const read = (reply: Reply): SmsResults => {
    const rows = recordsOf(reply, 'result');
    const { records, unreadable: odd } = readEach(rows, readSmsResult, gateway.reading, mayBeAsked, () => false);
    const [first] = odd;
    if (records.length === 0 && first !== undefined) throw unreadable(readSmsResult.what, first.why);
    const remains = odd.filter(({ value }) => mayBeAsked(value)).map(({ value }) => remainsOf(value));
    return { ...reply, result: records, ...(remains.length > 0 && { unreadable: remains }) };
  };
  return gateway.ask(endpoints.querySmsResult, checkInput(smsFilter, filter), read, options);
}

const remains = v.object({ number: maybeText, user_id: maybeUserId });

/** Whose a record is that can't be read, as far as it tells. */
function remainsOf(value: unknown): SmsResult {
  const told = v.safeParse(remains, isRecord(value) ? mendKeys(value, Object.keys(remains.entries)) : {});
  const { number = '', user_id } = told.success ? told.output : {};
  return { number, status: '', ...(user_id !== undefined && { user_id }) };
}

/** Manual 4. */
export async function querySmsDeliverStatus(
  gateway: ApiSession,
  filter: SmsFilter = {},
  options?: CallOptions,
): Promise<SmsRecords<DeliveryStatus>> {
  const read = (reply: Reply): SmsRecords<DeliveryStatus> => ({
    ...reply,
    result: readList(reply, 'result', readDeliveryStatus, gateway.reading),
  });
  return gateway.ask(endpoints.querySmsDeliverStatus, checkInput(smsFilter, filter), read, options);
}

/** How many SMS wait in the gateway. */
export interface SmsInQueue extends Reply {
  in_queue: number;
}

const readInQueue = recordReader<SmsInQueue>(
  'a length of the queue',
  v.looseObject({ error_code: integer, sn: maybeText, in_queue: howMany }),
);

/** Manual 5. */
export async function querySmsInQueue(gateway: ApiSession, options?: CallOptions): Promise<SmsInQueue> {
  return gateway.ask(endpoints.querySmsInQueue, undefined, readInQueue, options);
}

/** Manual 9. */
export async function stopSms(
  gateway: ApiSession,
  request: { task_id: number },
  options?: CallOptions,
): Promise<Reply> {
  const params = checkInput(v.object({ task_id: count }), request);
  return gateway.ask(endpoints.stopSms, params, readDone, options);
}
