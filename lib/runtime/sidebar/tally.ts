import type { Level } from '../../sidebar/snapshot';
import type { SmsStatus, StoredSms } from '../../store';
import type { Tally } from './Minutes';

const FAILED: ReadonlySet<SmsStatus> = new Set([
  'FAILED',
  'PARTIAL',
  'UNDELIVERED',
  'EXPIRED',
  'REFUSED',
  'WITHHELD',
  'UNKNOWN',
  // STOPPED isn't among them: somebody wanted that.
]);

/**
 * What an SMS whose status has just moved counts as. A gateway may tell the delivery first: then it counts as sent, too.
 * One that failed counts once, also when it was UNKNOWN before.
 */
export function tallyOf({ status, history }: Pick<StoredSms, 'status' | 'history'>): readonly Tally[] {
  if (status === 'SENT_OK') return SENT;
  if (status === 'DELIVERED') return cameFrom(history, IS_SENT) ? DELIVERED : SENT_AND_DELIVERED;
  if (!FAILED.has(status) || cameFrom(history, FAILED)) return NOTHING;
  return status === 'UNDELIVERED' && !cameFrom(history, IS_SENT) ? SENT_AND_FAILED : FAILURE;
}

const IS_SENT: ReadonlySet<SmsStatus> = new Set(['SENT_OK']);
// Twenty thousand SMS a second pass by here.
const NOTHING: readonly Tally[] = [];
const SENT: readonly Tally[] = ['sent'];
const DELIVERED: readonly Tally[] = ['delivered'];
const SENT_AND_DELIVERED: readonly Tally[] = ['sent', 'delivered'];
const FAILURE: readonly Tally[] = ['failed'];
const SENT_AND_FAILED: readonly Tally[] = ['sent', 'failed'];

/** Whether the status before the last one, or an earlier one, is among these. */
function cameFrom(history: StoredSms['history'], those: ReadonlySet<SmsStatus>): boolean {
  for (let place = history.length - 2; place >= 0; place--) {
    const entry = history[place];
    if (entry && those.has(entry.status)) return true;
  }
  return false;
}

/** How an SMS does. */
export function levelOf(status: SmsStatus): Level {
  if (FAILED.has(status)) return 'bad';
  if (status === 'SENT_OK' || status === 'DELIVERED') return 'good';
  return status === 'STOPPED' ? 'unknown' : 'waiting';
}
