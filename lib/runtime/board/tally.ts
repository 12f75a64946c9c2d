import type { Level } from '../../board/snapshot';
import type { SmsStatus, StoredSms } from '../../store';
import type { Tally } from './Minutes';

const FAILED: ReadonlySet<SmsStatus> = new Set([
  'FAILED',
  'PARTIAL',
  'UNDELIVERED',
  'EXPIRED',
  'REFUSED',
  'UNKNOWN',
  // STOPPED isn't among them: somebody wanted that.
]);

/**
 * What an SMS whose status has just moved counts as. A gateway may tell the delivery first: then it counts as sent, too.
 * One that failed counts once, also when it was UNKNOWN before.
 */
export function tallyOf({ status, history }: Pick<StoredSms, 'status' | 'history'>): Tally[] {
  const before = history.slice(0, -1);
  const was = (some: (status: SmsStatus) => boolean): boolean => before.some((entry) => some(entry.status));
  const sent = was((earlier) => earlier === 'SENT_OK') ? [] : (['sent'] as const);
  if (status === 'SENT_OK') return ['sent'];
  if (status === 'DELIVERED') return [...sent, 'delivered'];
  if (!FAILED.has(status) || was((earlier) => FAILED.has(earlier))) return [];
  return status === 'UNDELIVERED' ? [...sent, 'failed'] : ['failed'];
}

/** How an SMS does. */
export function levelOf(status: SmsStatus): Level {
  if (FAILED.has(status)) return 'bad';
  if (status === 'SENT_OK' || status === 'DELIVERED') return 'good';
  return status === 'STOPPED' ? 'unknown' : 'waiting';
}
