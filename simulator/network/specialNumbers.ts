/** What the fictional mobile network does with an SMS. */
export type NetworkResponse =
  | 'ordinary'
  | 'fails'
  | 'undeliverable'
  | 'slow to send'
  | 'temporary error first'
  | 'never reports'
  | 'fails in part'
  | 'slow to deliver';

/** Numbers that start with the unassigned country code 999 and end in these six digits are treated in a way of their own. */
export const specialNumbers: Readonly<Record<string, { response: NetworkResponse; meaning: string }>> = {
  '000001': { response: 'fails', meaning: 'cannot be sent: FAILED' },
  '000002': { response: 'undeliverable', meaning: 'SENT_OK, then delivery status 70 (permanent error)' },
  '000003': { response: 'slow to send', meaning: 'takes a minute to send (fast: 300 ms)' },
  '000004': { response: 'temporary error first', meaning: 'delivery status 32 (temporary), later delivered' },
  '000005': { response: 'never reports', meaning: 'SENT_OK, but no delivery status ever' },
  '000006': { response: 'fails in part', meaning: 'a long SMS loses its last segment: FAILED, 0 < succ_count < count' },
  '000007': { response: 'slow to deliver', meaning: 'delivered after ten minutes (fast: 500 ms)' },
};

/** What becomes of an SMS to this number; ordinary numbers are sent and delivered. */
export function responseTo(number: string): NetworkResponse {
  const ending = /^\+?999\d*(\d{6})$/.exec(number)?.[1];
  return (ending !== undefined && specialNumbers[ending]?.response) || 'ordinary';
}

/** Delivery status codes (manual 4.3). */
export const statusCode = { received: 0, temporary: 32, permanent: 70 } as const;
