import type { ApiSession, CallOptions } from './ApiSession';
import { endpoints } from './endpoints';
import { integer, maybeInteger, maybeText, textOrEmpty } from './fields';
import { mendKeys } from './keys';
import { checkInput, count, maybePorts } from './limits';
import { readEach, recordsOf } from './lists';
import { isRecord, recordReader } from './records';
import type { Reply } from './reply';
import * as v from './schemas';

/** A received SMS (manual 6.3). */
export interface IncomingSms {
  /** The SMS's id in the gateway, above 0; the gateway may start again from 1. */
  incoming_sms_id: number;
  /** Absent where the gateway left it out. */
  port?: number;
  /** The sender: a number, a short code or a name; empty when it is withheld. */
  number: string;
  /** The message centre's number; `smc` or `sms_c` on the wire. */
  smsc: string;
  /** When it was received, in the gateway's local time. */
  timestamp?: string;
  timestamp_iso?: string;
  text: string;
  [key: string]: unknown;
}

const incomingSms = v.looseObject({
  incoming_sms_id: integer,
  port: maybeInteger,
  // A sender may be withheld; its SMS is one all the same.
  number: textOrEmpty,
  smsc: textOrEmpty,
  timestamp: maybeText,
  text: textOrEmpty,
});

/** Reads a record of `query_incoming_sms` or of an `sms` push. Throws `BAD_REPLY` without an id. */
export const readIncomingSms = recordReader<IncomingSms>('an incoming SMS', incomingSms, {
  times: ['timestamp'],
});

/** Which received SMS are asked for (manual 6.2). */
export interface IncomingSmsQuery {
  /** Only those with a higher id; default 0. */
  incoming_sms_id?: number;
  /** Default `unread`, which marks as read what it returns. */
  flag?: 'unread' | 'read' | 'all';
  port?: number[];
}

/** A received SMS that can't be read: its id, where that at least is there, and why. Of those without an id there are five at most. */
export interface UnreadableSms {
  incoming_sms_id?: number;
  why: string;
}

/** Received SMS, and how many of them the gateway has. */
export interface IncomingSmsReply extends Reply {
  sms: IncomingSms[];
  /** Records of the list that were passed over; absent when all could be read. */
  unreadable?: UnreadableSms[];
  read?: number;
  unread?: number;
}

const incomingSmsQuery = v.looseObject({
  incoming_sms_id: v.optional(count),
  flag: v.optional(v.picklist(['unread', 'read', 'all'], 'must be unread, read or all')),
  port: maybePorts,
});

const readEnvelope = recordReader<Reply & { read?: number; unread?: number }>(
  'a reply',
  v.looseObject({ error_code: integer, sn: maybeText, read: maybeInteger, unread: maybeInteger }),
);

/** Manual 6. One record that can't be read doesn't hide the others: the gateway would answer with it again and again. */
export async function queryIncomingSms(
  gateway: ApiSession,
  query: IncomingSmsQuery = {},
  options?: CallOptions,
): Promise<IncomingSmsReply> {
  const read = (reply: Reply): IncomingSmsReply => {
    // Where only records with ids can't be read, the next question is for what comes after them: no reason to fail.
    const hasId = (value: unknown): boolean => idOf(value) !== undefined;
    const found = readEach(recordsOf(reply, 'sms'), readIncomingSms, gateway.reading, hasId);
    const unreadable = found.unreadable.map(({ value, why }): UnreadableSms => {
      const incoming_sms_id = idOf(value);
      return { ...(incoming_sms_id !== undefined && { incoming_sms_id }), why };
    });
    return { ...readEnvelope(reply), sms: found.records, ...(unreadable.length > 0 && { unreadable }) };
  };
  return gateway.ask(endpoints.queryIncomingSms, checkInput(incomingSmsQuery, query), read, options);
}

function idOf(record: unknown): number | undefined {
  if (!isRecord(record)) return undefined;
  const id = v.safeParse(integer, mendKeys(record, ['incoming_sms_id']).incoming_sms_id);
  return id.success ? id.output : undefined;
}
