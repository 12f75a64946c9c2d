import { hasFailed, wasAccepted, wasSent } from './reach';
import type { NewSms, StoredSms } from './records';

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
  stopped: number;
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
  'stopped',
] as const satisfies readonly (keyof Tally)[];

type Counted = Pick<StoredSms, 'stage' | 'status' | 'history' | 'superseded' | 'best_other'>;

/**
 * Counts an SMS in, or with -1 out, as what it is now. Of a recipient's numbers only one counts: neither those that stand by, nor
 * those that did in vain.
 */
export function count(tally: Tally, sms: Counted, times: 1 | -1): void {
  const { stage, status, best_other } = sms;
  if (stage !== 'done') tally.undone += times;
  if (stage === 'waiting') tally.waiting += times;
  if (sms.superseded || stage === 'standby' || (stage === 'done' && status === 'QUEUED')) return;
  if (wasAccepted(sms) || best_other !== undefined) tally.accepted += times;
  if (wasSent(sms) || best_other === 'sent' || best_other === 'delivered') tally.sent += times;
  if (status === 'DELIVERED' || best_other === 'delivered') tally.delivered += times;
  if (hasFailed(sms, 'accepted')) tally.failedAccepted += times;
  if (hasFailed(sms, 'sent')) tally.failedSent += times;
  if (hasFailed(sms, 'delivered')) tally.failedDelivered += times;
  if (status === 'WITHHELD') tally.withheld += times;
  if (status === 'STOPPED') tally.stopped += times;
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
  stopped: 0,
};

/** How many SMS that are taken are to further numbers of a recipient. */
export const othersOf = (sms: readonly Pick<NewSms, 'turn'>[]): number =>
  sms.filter(({ turn }) => turn !== undefined && turn.place > 0).length;

/** What SMS that are taken now count as. */
export const takenTally = (count: number, others: number): Tally => ({
  ...NOTHING,
  undone: count,
  waiting: count - others,
});
