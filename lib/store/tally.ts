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

/** What one SMS counts as. Of a recipient's numbers only one counts: neither those that stand by, nor those that did in vain. */
export function tallyOf(sms: Counted): Tally {
  const stages = { undone: Number(sms.stage !== 'done'), waiting: Number(sms.stage === 'waiting') };
  const isIdle = sms.stage === 'standby' || (sms.stage === 'done' && sms.status === 'QUEUED');
  return sms.superseded || isIdle ? { ...NOTHING, ...stages } : { ...reachOf(sms), ...stages };
}

const reachOf = (sms: Counted): Omit<Tally, 'undone' | 'waiting'> => ({
  accepted: Number(wasAccepted(sms) || sms.best_other !== undefined),
  sent: Number(wasSent(sms) || sms.best_other === 'sent' || sms.best_other === 'delivered'),
  delivered: Number(sms.status === 'DELIVERED' || sms.best_other === 'delivered'),
  failedAccepted: Number(hasFailed(sms, 'accepted')),
  failedSent: Number(hasFailed(sms, 'sent')),
  failedDelivered: Number(hasFailed(sms, 'delivered')),
  withheld: Number(sms.status === 'WITHHELD'),
  stopped: Number(sms.status === 'STOPPED'),
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
