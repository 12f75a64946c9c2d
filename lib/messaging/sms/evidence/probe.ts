import { type GatewayClient, GatewayError, MOST_USER_ID, type SmsResult } from '../../../gateway-api';
import { mayBe } from '../../../numbers/agreement';
import type { StoredSms } from '../../../store';

/** What is asked to find out what the gateway knows of an SMS. */
export type Api = Pick<GatewayClient, 'querySmsResult' | 'querySmsInQueue'>;

/** A record that the gateway is known to have: as long as it has that one, it has not lost its memory. */
export interface KnownRecord {
  user_id: number;
  number: string;
}

/** An SMS that left the queue, or that the gateway takes late, needs this long to show among the records, in ms. */
export const STAYED_EMPTY_MS = 4000;

/** Ids in one query: the manual allows 32 (3.2), and one is for the record known before. */
const MOST_ASKED = 31;

/** What the gateway knows of some SMS. */
export interface Probe {
  /** Undefined where this firmware doesn't tell. */
  in_queue: number | undefined;
  /** Whether all its records of these SMS were seen: where it has no such question, or its answer was cut, none of them says nothing. */
  isWhole: boolean;
  /** Records of these SMS: user_id ours, and the number not another (the manual's own answer holds others). */
  records: SmsResult[];
  /** Records that may be anybody's, ours too: without a user_id (field notes), or with ours and another number. */
  unclear: SmsResult[];
  newestGone: boolean;
}

/**
 * Asks the queue first and then the records: what leaves the queue in between shows among the records. Either may be missing
 * on a firmware; the other is asked all the same. Rejects when neither can be had, and when the gateway is away.
 */
export async function probe(
  api: Api,
  sms: readonly StoredSms[],
  newest: KnownRecord | undefined,
  signal: AbortSignal,
): Promise<Probe> {
  const in_queue = await orError(async () => (await api.querySmsInQueue({ signal })).in_queue);
  const told = await orError(() => recordsOf(api, sms, newest, signal));
  if (in_queue instanceof GatewayError && told instanceof GatewayError) throw told;
  const { found, isWhole } = told instanceof GatewayError ? NOTHING : told;
  const numbers = new Map(sms.map((one) => [one.user_id, one.number]));
  const isOurs = ({ user_id = -1, number }: SmsResult): boolean =>
    numbers.has(user_id) && mayBe(numbers.get(user_id) ?? '', number);
  const isUnclear = (record: SmsResult): boolean => !isOurs(record) && sms.some((one) => mayBeRecordOf(one, record));
  return {
    in_queue: in_queue instanceof GatewayError ? undefined : in_queue,
    isWhole,
    records: found.filter(isOurs),
    unclear: found.filter(isUnclear),
    newestGone: isWhole && newest !== undefined && !found.some((record) => record.user_id === newest.user_id),
  };
}

/**
 * Ids that may stand for one that was lost: the least and the greatest. A record that has one of them may be another client's,
 * and may be ours as well.
 */
const UNSURE_IDS: ReadonlySet<number | undefined> = new Set([0, MOST_USER_ID]);

/** Whether it can't be ruled out that a record is an SMS's: one with its user_id is no sign that the SMS isn't there. */
export const mayBeRecordOf = (sms: StoredSms, record: SmsResult): boolean =>
  record.user_id === undefined ? mayBe(sms.number, record.number) : isMarkedAs(sms, record);

/** Whether a record's id says that it is an SMS's, or may have been lost, whatever else contradicts. */
export const isMarkedAs = (sms: StoredSms, { user_id, number }: SmsResult): boolean =>
  user_id === sms.user_id || (UNSURE_IDS.has(user_id) && mayBe(sms.number, number));

interface Told {
  found: SmsResult[];
  isWhole: boolean;
}

const NOTHING: Told = { found: [], isWhole: false };

async function recordsOf(
  api: Api,
  sms: readonly StoredSms[],
  newest: KnownRecord | undefined,
  signal: AbortSignal,
): Promise<Told> {
  const found: SmsResult[] = [];
  let isWhole = true;
  const anchor = newest === undefined ? [] : [newest.user_id];
  for (let from = 0; from < sms.length; from += MOST_ASKED) {
    const user_id = sms.slice(from, from + MOST_ASKED).map((one) => one.user_id);
    const { result, unreadable = [], cut } = await api.querySmsResult({ user_id: [...user_id, ...anchor] }, { signal });
    // A record is no less there for not being readable.
    found.push(...result, ...unreadable);
    isWhole &&= cut !== true;
  }
  return { found, isWhole };
}

/** Errors that are no answer to the question: another one would fare no better. */
const AWAY: ReadonlySet<string> = new Set(['UNREACHABLE', 'TIMEOUT', 'AUTH_REFUSED', 'NOT_CONFIGURED', 'STOPPED']);

// The error of a gateway that is there and answers this question with none.
async function orError<T>(ask: () => Promise<T>): Promise<T | GatewayError> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof GatewayError) || AWAY.has(error.code)) throw error;
    return error;
  }
}
