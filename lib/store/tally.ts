import { hasFailed, wasAccepted, wasSent } from './reach';
import type { StoredSms } from './records';

/** How far the SMS of an input have come, as numbers that are added up; those that have failed, by what was asked. */
export interface Tally {
  /** They aren't done. */
  undone: number;
  waiting: number;
  accepted: number;
  sent: number;
  delivered: number;
  failedAccepted: number;
  failedSent: number;
  failedDelivered: number;
  withheld: number;
}

export const TALLY_FIELDS = [
  'undone',
  'waiting',
  'accepted',
  'sent',
  'delivered',
  'failedAccepted',
  'failedSent',
  'failedDelivered',
  'withheld',
] as const satisfies readonly (keyof Tally)[];

/** What one SMS counts as. */
export const tallyOf = (sms: Pick<StoredSms, 'stage' | 'status' | 'history'>): Tally => ({
  undone: Number(sms.stage !== 'done'),
  waiting: Number(sms.stage === 'waiting'),
  accepted: Number(wasAccepted(sms)),
  sent: Number(wasSent(sms)),
  delivered: Number(sms.status === 'DELIVERED'),
  failedAccepted: Number(hasFailed(sms, 'accepted')),
  failedSent: Number(hasFailed(sms, 'sent')),
  failedDelivered: Number(hasFailed(sms, 'delivered')),
  withheld: Number(sms.status === 'WITHHELD'),
});

/** Adds up, or with -1 takes off. */
export function add(to: Tally, more: Tally, times: 1 | -1 = 1): Tally {
  const sum = { ...to };
  for (const field of TALLY_FIELDS) sum[field] += times * more[field];
  return sum;
}

export const NOTHING: Readonly<Tally> = {
  undone: 0,
  waiting: 0,
  accepted: 0,
  sent: 0,
  delivered: 0,
  failedAccepted: 0,
  failedSent: 0,
  failedDelivered: 0,
  withheld: 0,
};

/** What SMS that are taken now count as. */
export const takenTally = (count: number): Tally => ({ ...NOTHING, undone: count, waiting: count });
