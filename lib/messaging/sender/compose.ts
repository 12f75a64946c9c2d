import type { SendSmsRequest } from '../../gateway-api';
import { expandTemplate, hasParam, PARAM_MARK, utf8Bytes } from '../../sms-text';
import type { StoredSms } from '../../store';

/** How SMS of several inputs may share a request (contract, dinstar-gateway `combine`). */
export type Combine = 'off' | 'same' | 'all';

/** Recipients of one request (manual 2.3, error 413). */
export const MOST_RECIPIENTS = 128;

/** The text as the handset shows it. */
export const finalText = ({ text, text_param }: Pick<StoredSms, 'text' | 'text_param'>): string =>
  text_param ? expandTemplate(text, text_param) : text;

/** The restriction on what may travel with the head of the queue. */
export function companions(head: StoredSms, combine: Combine) {
  if (combine === 'all') return {};
  const text = { text: head.text, template: head.text_param !== undefined };
  return combine === 'same' ? { text } : { text, input: head.input };
}

/** A `#param#` in a plain text would be taken for a place holder: such a text travels as a parameter (decision 1). */
const asParameter = (sms: StoredSms): boolean => sms.text_param === undefined && hasParam(sms.text);

/** The SMS as one `send_sms` request (manual 2.2). They share an envelope; all plain with one text, or one template, or any texts. */
export function compose(batch: readonly StoredSms[]): SendSmsRequest {
  const [first] = batch;
  if (!first) throw new RangeError('a request needs an SMS');
  const alike = batch.every(
    (sms) => sms.text === first.text && (sms.text_param === undefined) === (first.text_param === undefined),
  );
  const plain = alike && !asParameter(first);
  return {
    text: plain ? first.text : PARAM_MARK,
    param: batch.map((sms) => ({
      number: sms.number,
      ...(plain ? sms.text_param && { text_param: sms.text_param } : { text_param: [finalText(sms)] }),
      user_id: sms.user_id,
    })),
    ...(first.ports && { port: first.ports }),
    encoding: first.encoding,
    request_status_report: first.request_status_report,
  };
}

// {"number":"","text_param":[""],"user_id":},
const RECIPIENT_BYTES = 44;

/** Roughly what an SMS adds to the body of a combined request, in bytes; never too little for ordinary texts. */
const bytesOf = (sms: StoredSms): number =>
  RECIPIENT_BYTES + sms.number.length + 10 + utf8Bytes(JSON.stringify(sms.text_param ?? sms.text));

/** As many SMS from the front as fit `bytes`, at least one. */
export function fitting(batch: readonly StoredSms[], bytes: number): StoredSms[] {
  let left = bytes;
  const end = batch.findIndex((sms, place) => {
    left -= bytesOf(sms);
    return left < 0 && place > 0;
  });
  return end < 0 ? [...batch] : batch.slice(0, end);
}
