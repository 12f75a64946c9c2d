import type { SendSmsRequest, SmsRecipient } from '../../../gateway-api';
import { hasParam, PARAM_MARK, utf8Bytes } from '../../../sms-text';
import type { StoredSms } from '../../../store';
import { finalText } from '../../finalText';

/** How SMS of several inputs may share a request (contract, dinstar-gateway `combine`). */
export type Combine = 'off' | 'same' | 'all';

/** Recipients of one request (manual 2.3, error 413). */
export const MOST_RECIPIENTS = 128;

/** The restriction on what may travel with the head of the queue. */
export function companions(head: StoredSms, combine: Combine) {
  if (combine === 'all') return {};
  const text = { text: head.text, template: head.text_param !== undefined };
  return combine === 'same' ? { text } : { text, input: head.input };
}

/** A `#param#` in a plain text would be taken for a place holder: such a text travels as a parameter (decision 1). */
const asParameter = (sms: StoredSms): boolean => sms.text_param === undefined && hasParam(sms.text);

/** Whether two SMS have one text, both plain or both a template. */
const alike = (one: StoredSms, other: StoredSms): boolean =>
  one.text === other.text && (one.text_param === undefined) === (other.text_param === undefined);

/**
 * The SMS as one `send_sms` request (manual 2.2). They share a batch key; where they have one text, plain or a template,
 * that is the request's, otherwise each has its own as a parameter.
 */
export function compose(batch: readonly StoredSms[]): SendSmsRequest {
  const [first] = batch;
  if (!first) throw new RangeError('a request needs an SMS');
  const shared = !asParameter(first) && batch.every((sms) => alike(first, sms));
  return { ...frame(first, shared), param: batch.map((sms) => recipient(sms, shared)) };
}

/** The one that we have chosen for it, else those that it may use. */
const portsOf = ({ sim, ports }: StoredSms): Pick<SendSmsRequest, 'port'> =>
  sim ? { port: [sim.port] } : { ...(ports && { port: ports }) };

const frame = (first: StoredSms, shared: boolean): SendSmsRequest => ({
  text: shared ? first.text : PARAM_MARK,
  param: [],
  ...portsOf(first),
  encoding: first.encoding,
  request_status_report: first.request_status_report,
});

const recipient = (sms: StoredSms, shared: boolean): SmsRecipient => ({
  number: sms.number,
  ...(shared ? sms.text_param && { text_param: sms.text_param } : { text_param: [finalText(sms)] }),
  user_id: sms.user_id,
});

/** As many SMS from the front as make a request of at most `bytes` and {@link MOST_RECIPIENTS}, at least one. */
export function fitting(batch: readonly StoredSms[], bytes: number): StoredSms[] {
  const [first] = batch;
  if (!first) return [];
  let shared = !asParameter(first);
  let size = bytesOf(frame(first, shared));
  for (const [place, sms] of batch.entries()) {
    if (shared && !alike(first, sms)) {
      // From here on every text is a parameter, also those before.
      shared = false;
      size = batch.slice(0, place).reduce((sum, one) => sum + entryBytes(one, shared), bytesOf(frame(first, shared)));
    }
    size += entryBytes(sms, shared);
    // The last entry has no comma after it.
    if (place > 0 && (size - 1 > bytes || place === MOST_RECIPIENTS)) return batch.slice(0, place);
  }
  return [...batch];
}

const bytesOf = (part: object): number => utf8Bytes(JSON.stringify(part));
const entryBytes = (sms: StoredSms, shared: boolean): number => bytesOf(recipient(sms, shared)) + 1;
