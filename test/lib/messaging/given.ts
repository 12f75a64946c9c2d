import fc from 'fast-check';
import should from 'should';
import { GatewayError } from '../../../lib/gateway-api';
import type { StoredSms } from '../../../lib/store';
import { START } from '../../support/FakeClock';

let lastId = 0;

/** An SMS that waits to be sent, with an id and a user_id of its own. */
export function storedSms(fields: Partial<StoredSms> = {}): StoredSms {
  lastId += 1;
  return {
    id: lastId,
    user_id: 2 ** 30 + lastId,
    input: 'i1',
    gateway: 'g1',
    number: '+491701234567',
    text: 'Hello',
    encoding: 'gsm-7bit',
    request_status_report: true,
    priority: 'normal',
    expires_at: 0,
    due_at: 0,
    stage: 'waiting',
    status: 'QUEUED',
    history: [],
    poll_at: 0,
    polls: 0,
    ...fields,
  };
}

/** An SMS that the gateway has accepted. */
export const acceptedSms = (fields: Partial<StoredSms> = {}): StoredSms =>
  storedSms({
    stage: 'gateway',
    status: 'ACCEPTED',
    history: [{ status: 'ACCEPTED', at: START, by: 'answer' }],
    ...fields,
  });

/** An SMS on air with a reference, whose delivery report is awaited. */
export const sentSms = (fields: Partial<StoredSms> = {}): StoredSms =>
  acceptedSms({
    stage: 'sent',
    status: 'SENT_OK',
    port: 1,
    ref_id: 12,
    count: 1,
    succ_count: 1,
    history: [
      { status: 'ACCEPTED', at: START, by: 'answer' },
      { status: 'SENT_OK', at: START + 6000, by: 'push' },
    ],
    ...fields,
  });

/** A text that is awkward in a template, in JSON or in UTF-8. */
export const awkwardText = fc
  .array(
    fc.oneof(
      fc.constantFrom('#param#', '#param', 'param#', '#', '"', '\\', '\n', '\t', '$&', '€', 'ä', '漢', '🚨', ' '),
      fc.string({ maxLength: 8 }),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((pieces) => pieces.join(''));

/** The field that an `INVALID_INPUT` names, and its words; empty when nothing is refused. */
export function refusalOf(act: () => unknown): { field?: string; message?: string } {
  try {
    act();
  } catch (error) {
    should(error).be.instanceof(GatewayError);
    should(error).match({ code: 'INVALID_INPUT', taken: 'no', cause: { retryable: false } });
    const { cause, message } = error as GatewayError;
    return { field: cause.field, message };
  }
  return {};
}
