import type { SmsStatus, StoredSms } from '../../store';

/** What the store says of a test SMS. */
export type Verdict =
  /** The test SMS waits here. */
  | { is: 'waiting' }
  /** It never left, by no fault of the gateway: that says nothing. */
  | { is: 'unsent' }
  /** The gateway itself says that it didn't get through. */
  | { is: 'failed' }
  /** The gateway has it, or may have it, or says that it went out; since when (ms since 1970), where that is known. */
  | { is: 'away'; since: number | undefined };

const UNSENT: ReadonlySet<SmsStatus> = new Set(['EXPIRED', 'STOPPED', 'WITHHELD']);
const FAILED: ReadonlySet<SmsStatus> = new Set(['FAILED', 'PARTIAL', 'UNDELIVERED', 'REFUSED']);

/** Judges a test SMS by what the store has of it; `undefined`: a process died before it was taken. */
export function verdictOf(sms: Pick<StoredSms, 'stage' | 'status' | 'history'> | undefined): Verdict {
  if (sms === undefined || UNSENT.has(sms.status)) return { is: 'unsent' };
  if (FAILED.has(sms.status)) return { is: 'failed' };
  if (sms.stage === 'waiting') return { is: 'waiting' };
  const left = sms.history.find(({ status }) => status !== 'QUEUED');
  // What was found out later tells when that was found out.
  return { is: 'away', since: left?.by === 'reconcile' ? undefined : left?.at };
}
