import type { SmsResult } from '../../gateway-api';
import type { StoredSms } from '../../store';
import { sameNumber } from '../tracker/match';
import type { KnownRecord } from './Evidence';
import type { Api } from './inquiry';

/** Ids in one query: the manual allows 32 (3.2), and one is for the record known before. */
const MOST_ASKED = 31;

/** What the gateway knows of some SMS. */
export interface Sight {
  in_queue: number;
  /** Records of these SMS: a row counts only if user_id and number are ours (the manual's own answer holds others). */
  records: SmsResult[];
  /** Records of these numbers without a user_id (field notes): they may be anybody's, ours too. */
  nameless: SmsResult[];
  newestGone: boolean;
}

/** Asks the queue first and then the records: what leaves the queue in between shows among the records. */
export async function lookFor(
  api: Api,
  sms: readonly StoredSms[],
  newest: KnownRecord | undefined,
  signal: AbortSignal,
): Promise<Sight> {
  const { in_queue } = await api.querySmsInQueue({ signal });
  const found: SmsResult[] = [];
  const anchor = newest === undefined ? [] : [newest.user_id];
  for (let from = 0; from < sms.length; from += MOST_ASKED) {
    const user_id = sms.slice(from, from + MOST_ASKED).map((one) => one.user_id);
    found.push(...(await api.querySmsResult({ user_id: [...user_id, ...anchor] }, { signal })).result);
  }
  const numbers = new Map(sms.map((one) => [one.user_id, one.number]));
  const isOurs = ({ user_id = -1, number }: SmsResult): boolean =>
    numbers.has(user_id) && sameNumber(numbers.get(user_id) ?? '', number);
  return {
    in_queue,
    records: found.filter(isOurs),
    nameless: found.filter(
      ({ user_id, number }) => user_id === undefined && sms.some((one) => sameNumber(one.number, number)),
    ),
    newestGone: newest !== undefined && !found.some((record) => record.user_id === newest.user_id),
  };
}
