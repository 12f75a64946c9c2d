import * as v from 'valibot';
import type { CallOptions, Conversation } from './conversation';
import { endpoints } from './endpoints';
import { integer, maybeInteger, maybeText, text } from './fields';
import { checkInput, count, maybeList, maybePorts, phoneNumber, userId, vendorTimeText } from './limits';
import { readList } from './lists';
import { recordReader } from './records';
import { type Reply, readDone } from './reply';
import { SMS_STATUS } from './words';

/** The fate of one SMS (manual 3.3). */
export interface SmsResult {
  port?: number;
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
  number: text,
  user_id: maybeInteger,
  time: maybeText,
  status: text,
  count: maybeInteger,
  succ_count: maybeInteger,
  ref_id: maybeInteger,
  fail_count: maybeInteger,
});

const deliveryStatus = v.looseObject({
  port: integer,
  number: text,
  time: maybeText,
  ref_id: integer,
  status_code: integer,
});

/** Reads a record of `query_sms_result` or of an `sms_result` push. Throws `BAD_REPLY` without number or status. */
export const readSmsResult = recordReader<SmsResult>('an SMS result', smsResult, {
  times: ['time'],
  words: [SMS_STATUS],
});

/**
 * Reads a record of `query_sms_deliver_status` or of an `sms_deliver_status` push. Throws `BAD_REPLY` where port, number,
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

/** Manual 3. */
export async function querySmsResult(
  gateway: Conversation,
  filter: SmsFilter = {},
  options?: CallOptions,
): Promise<SmsRecords<SmsResult>> {
  const read = (reply: Reply): SmsRecords<SmsResult> => ({
    ...reply,
    result: readList(reply, 'result', readSmsResult, gateway.reading),
  });
  return gateway.ask(endpoints.querySmsResult, checkInput(smsFilter, filter), read, options);
}

/** Manual 4. */
export async function querySmsDeliverStatus(
  gateway: Conversation,
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
  v.looseObject({ error_code: integer, sn: maybeText, in_queue: integer }),
);

/** Manual 5. */
export async function querySmsInQueue(gateway: Conversation, options?: CallOptions): Promise<SmsInQueue> {
  return gateway.ask(endpoints.querySmsInQueue, undefined, readInQueue, options);
}

/** Manual 9. */
export async function stopSms(
  gateway: Conversation,
  request: { task_id: number },
  options?: CallOptions,
): Promise<Reply> {
  const params = checkInput(v.object({ task_id: count }), request);
  return gateway.ask(endpoints.stopSms, params, readDone, options);
}
