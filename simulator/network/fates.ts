/** What the fictional mobile network does with an SMS. */
export type Fate =
  | 'ordinary'
  | 'fails'
  | 'undeliverable'
  | 'slow to send'
  | 'temporary error first'
  | 'never reports'
  | 'fails in part'
  | 'slow to deliver';

/** Numbers that start with the unassigned country code 999 and end in these six digits have a fate of their own. */
export const specialNumbers: Readonly<Record<string, { fate: Fate; meaning: string }>> = {
  '000001': { fate: 'fails', meaning: 'cannot be sent: FAILED' },
  '000002': { fate: 'undeliverable', meaning: 'SENT_OK, then delivery status 70 (permanent error)' },
  '000003': { fate: 'slow to send', meaning: 'takes a minute to send (fast: 300 ms)' },
  '000004': { fate: 'temporary error first', meaning: 'delivery status 32 (temporary), later delivered' },
  '000005': { fate: 'never reports', meaning: 'SENT_OK, but no delivery status ever' },
  '000006': { fate: 'fails in part', meaning: 'a long SMS loses its last segment: FAILED, 0 < succ_count < count' },
  '000007': { fate: 'slow to deliver', meaning: 'delivered after ten minutes (fast: 500 ms)' },
};

/** What becomes of an SMS to this number; ordinary numbers are sent and delivered. */
export function fateOf(number: string): Fate {
  const ending = /^\+?999\d*(\d{6})$/.exec(number)?.[1];
  return (ending !== undefined && specialNumbers[ending]?.fate) || 'ordinary';
}

/** Delivery status codes (manual 4.3). */
export const statusCode = { received: 0, temporary: 32, permanent: 70 } as const;
