import type { ApiSession, CallOptions } from './ApiSession';
import { endpoints } from './endpoints';
import { invalidInput } from './errors';
import { integer, maybeHowMany, maybeInteger, maybeText } from './fields';
import { bytesOf, checkInput, maybePorts, phoneNumber, userId } from './limits';
import { recordReader } from './records';
import type { Reply } from './reply';
import * as v from './schemas';

/** One recipient of a request (manual 2.2). */
export interface SmsRecipient {
  /** Digits, 24 at most, with a leading + where wanted. */
  number: string;
  /** What replaces each `#param#` of the text, in order. */
  text_param?: string[];
  /** 0 to `MOST_USER_ID`; comes back in the result. */
  user_id?: number;
}

/** A request to send one text to up to 128 recipients (manual 2.2). */
export interface SendSmsRequest {
  /** At most 1500 bytes of UTF-8, and so is each expanded text. */
  text: string;
  param: SmsRecipient[];
  /** 0 to 31; the gateway chooses when it isn't given. */
  port?: number[];
  /** Default `unicode`. */
  encoding?: 'unicode' | 'gsm-7bit';
  /** Default true. */
  request_status_report?: boolean;
}

/** What the gateway says when it has taken a request: `error_code` 202 (manual 2.3). */
export interface SendSmsReply extends Reply {
  sms_in_queue?: number;
  task_id?: number;
}

const PARAM_MARK = '#param#';
const MOST_RECIPIENTS = 128;
const MOST_BYTES = 1500;

const recipient = v.looseObject({
  number: phoneNumber,
  text_param: v.optional(v.array(v.string('must be a text'), 'must be an array of texts')),
  user_id: v.optional(userId),
});

const sendSmsRequest = v.looseObject({
  text: v.string('must be a text'),
  param: v.pipe(
    v.array(recipient, 'must be an array of recipients'),
    v.minLength(1, 'must hold at least one recipient'),
    v.maxLength(MOST_RECIPIENTS, `may hold at most ${MOST_RECIPIENTS} recipients`),
  ),
  port: maybePorts,
  encoding: v.optional(v.picklist(['unicode', 'gsm-7bit'], 'must be unicode or gsm-7bit')),
  request_status_report: v.optional(v.boolean('must be true or false')),
});

const readSendSmsReply = recordReader<SendSmsReply>(
  'a reply',
  v.looseObject({ error_code: integer, sn: maybeText, sms_in_queue: maybeHowMany, task_id: maybeInteger }),
);

/** Manual 2. */
export async function sendSms(
  gateway: ApiSession,
  request: SendSmsRequest,
  options?: CallOptions,
): Promise<SendSmsReply> {
  const params = checkInput(sendSmsRequest, request);
  checkTexts(params);
  return gateway.ask(endpoints.sendSms, params, readSendSmsReply, options);
}

// The gateway counts the template and each text that it makes from it.
function checkTexts({ text, param }: SendSmsRequest): void {
  if (bytesOf(text) > MOST_BYTES) throw invalidInput('text', `is longer than ${MOST_BYTES} bytes`);
  const pieces = text.split(PARAM_MARK);
  const fixedBytes = bytesOf(pieces.join(''));
  for (const [index, { text_param }] of param.entries()) {
    if (text_param === undefined) continue;
    const field = `param[${index}].text_param`;
    if (text_param.length !== pieces.length - 1) {
      throw invalidInput(field, `must hold ${pieces.length - 1} texts, as many as the text has ${PARAM_MARK}`);
    }
    const bytes = text_param.reduce((sum, part) => sum + bytesOf(part), fixedBytes);
    if (bytes > MOST_BYTES) throw invalidInput(field, `makes a text longer than ${MOST_BYTES} bytes`);
  }
}
