import type { ApiSession, CallOptions } from './ApiSession';
import { endpoints } from './endpoints';
import { integer, maybeInteger, maybeText, textOrEmpty } from './fields';
import { checkInput, maybePorts, vendorTimeText } from './limits';
import { readList } from './lists';
import { type RecordReader, readerBy, recordReader } from './records';
import type { Reply } from './reply';
import * as v from './schemas';
import { DIRECTION } from './words';

/** A call record (manual 12.3; from `duration` on: field notes). */
export interface Cdr {
  /** Absent where the gateway left it out. */
  port?: number;
  /** In the gateway's local time. */
  start_date?: string;
  start_date_iso?: string;
  /** Empty when nobody answered. */
  answer_date?: string;
  answer_date_iso?: string;
  /** Ours: whether there is an answer_date. */
  answered: boolean;
  /** gsm->ip, ip->gsm or callback. */
  direction?: string;
  /** The source of an ip->gsm call. */
  ip?: string;
  codec?: string;
  /** The called party, the calling party or the gateway. */
  hangup?: string;
  /** Why the GSM side hung up. */
  gsm_code?: number;
  bcch?: string;
  /** Seconds. */
  duration?: number;
  source_number?: string;
  destination_number?: string;
  [key: string]: unknown;
}

const readVendorCdr = recordReader<Omit<Cdr, 'answered'> & { start_date?: string; answer_date?: string }>(
  'a call record',
  v.looseObject({
    port: maybeInteger,
    start_date: maybeText,
    answer_date: maybeText,
    direction: maybeText,
    ip: maybeText,
    codec: maybeText,
    hangup: maybeText,
    gsm_code: maybeInteger,
    bcch: maybeText,
    duration: maybeInteger,
    source_number: maybeText,
    destination_number: maybeText,
  }),
  { times: ['start_date', 'answer_date'], words: [DIRECTION] },
);

/** Reads a record of `get_cdr` or of a `cdr` push. Throws `BAD_REPLY` for what is no object. */
export const readCdr: RecordReader<Cdr> = readerBy(readVendorCdr.what, (value, face, odd) => {
  const attempted = readVendorCdr.attempt(value, face, odd);
  if ('why' in attempted) return attempted;
  const { record } = attempted;
  return { record: { ...record, answered: isTime(record.answer_date) } };
});

// Nobody answered at 0000-00-00 00:00:00, nor at <NULL>.
const isTime = (text = ''): boolean => /[1-9]/.test(text);

/** A call that nobody answered (manual 16). */
export interface MissedCall {
  /** In the gateway's local time. */
  time?: string;
  time_iso?: string;
  port: number;
  /** Empty when it is withheld. */
  number: string;
  [key: string]: unknown;
}

/** Reads the record of a `missed_call` push. Throws `BAD_REPLY` without a port. */
export const readMissedCall = recordReader<MissedCall>(
  'a missed call',
  v.looseObject({ time: maybeText, port: integer, number: textOrEmpty }),
  { times: ['time'] },
);

/** Which call records are asked for; what isn't given doesn't restrict. */
export interface CdrQuery {
  port?: number[];
  /** In the gateway's local time, `YYYY-MM-DD HH:MM:SS`. */
  time_after?: string;
  time_before?: string;
}

/** Call records. */
export interface CdrReply extends Reply {
  cdr: Cdr[];
}

const cdrQuery = v.looseObject({
  port: maybePorts,
  time_after: v.optional(vendorTimeText),
  time_before: v.optional(vendorTimeText),
});

/** Manual 12. */
export async function getCdr(gateway: ApiSession, query: CdrQuery = {}, options?: CallOptions): Promise<CdrReply> {
  const params = checkInput(cdrQuery, query);
  const read = (reply: Reply): CdrReply => ({ ...reply, cdr: readList(reply, 'cdr', readCdr, gateway.reading) });
  return gateway.ask(endpoints.getCdr, params, read, options);
}
