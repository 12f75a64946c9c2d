import type { ApiSession, CallOptions } from './ApiSession';
import { endpoints } from './endpoints';
import { invalidInput } from './errors';
import { integer, maybeInteger, maybeText, textOrEmpty } from './fields';
import { bytesOf, checkInput, namedPorts } from './limits';
import { readList } from './lists';
import { recordReader } from './records';
import type { Reply } from './reply';
import * as v from './schemas';

/** What became of a USSD on one port (manual 7.3). */
export interface UssdPortStatus {
  port: number;
  /** 200 sent, 486 the port is busy, 503 the port isn't registered. */
  status: number;
  [key: string]: unknown;
}

/** The last USSD text that a port got (manual 8.3); empty when there is none. */
export interface UssdReply {
  port: number;
  text: string;
  [key: string]: unknown;
}

const readPortStatus = recordReader<UssdPortStatus>(
  'the status of a USSD',
  v.looseObject({ port: integer, status: integer }),
);

/** Reads a record of `query_ussd_reply` or of a `ussd` push. Throws `BAD_REPLY` without a port. */
export const readUssdReply = recordReader<UssdReply>(
  'a USSD reply',
  v.looseObject({ port: integer, text: textOrEmpty }),
);

/** A USSD to send, or a session to end (manual 7.2). */
export interface SendUssdRequest {
  /** At most 60 bytes; may be empty only when `command` is `cancel`. */
  text: string;
  port: number[];
  /** Default `send`. */
  command?: 'send' | 'cancel';
}

/** The envelope says 202 whatever happened; each port's `status` counts. */
export interface SendUssdReply extends Reply {
  request_id?: number;
  result: UssdPortStatus[];
}

const MOST_BYTES = 60;

const sendUssdRequest = v.looseObject({
  text: v.pipe(
    v.string('must be a text'),
    v.check((text) => bytesOf(text) <= MOST_BYTES, `is longer than ${MOST_BYTES} bytes`),
  ),
  port: namedPorts,
  command: v.optional(v.picklist(['send', 'cancel'], 'must be send or cancel')),
});

const readEnvelope = recordReader<Reply & { request_id?: number }>(
  'a reply',
  v.looseObject({ error_code: integer, sn: maybeText, request_id: maybeInteger }),
);

/** Manual 7. */
export async function sendUssd(
  gateway: ApiSession,
  request: SendUssdRequest,
  options?: CallOptions,
): Promise<SendUssdReply> {
  const params = checkInput(sendUssdRequest, request);
  if (params.text === '' && params.command !== 'cancel') throw invalidInput('text', 'is empty');
  const read = (reply: Reply): SendUssdReply => {
    const result = readList(reply, 'result', readPortStatus, gateway.reading);
    // Where each port has its status, the gateway has said what it did.
    const code = result.length > 0 ? { error_code: 202 } : {};
    return { ...readEnvelope({ ...code, ...reply }), result };
  };
  return gateway.ask(endpoints.sendUssd, params, read, options);
}

/** The last USSD text of each port asked for. */
export interface UssdReplies extends Reply {
  reply: UssdReply[];
}

/** Manual 8. */
export async function queryUssdReply(
  gateway: ApiSession,
  query: { port: number[] },
  options?: CallOptions,
): Promise<UssdReplies> {
  const params = checkInput(v.looseObject({ port: namedPorts }), query);
  const read = (reply: Reply): UssdReplies => ({
    ...reply,
    reply: readList(reply, 'reply', readUssdReply, gateway.reading),
  });
  return gateway.ask(endpoints.queryUssdReply, params, read, options);
}
