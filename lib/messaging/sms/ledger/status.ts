import type { SmsChange, SmsStatus, Source, Stage, StoredSms } from '../../../store';

/** What a transition changes; whose it is stands beside it. */
export type Change = Omit<SmsChange, 'id'>;

/** How much a status says. Whatever order pushes and polls arrive in, an SMS moves upward, and the first final word stands. */
export const HEIGHT: Readonly<Record<SmsStatus, number>> = {
  QUEUED: 0,
  // The gateway may yet turn out to have taken it.
  UNKNOWN: 0,
  ACCEPTED: 1,
  SENDING: 2,
  SENT_OK: 3,
  DELIVERED: 4,
  UNDELIVERED: 4,
  FAILED: 4,
  PARTIAL: 4,
  EXPIRED: 4,
  STOPPED: 4,
  REFUSED: 4,
  WITHHELD: 4,
};

/** Whether an SMS has had its last word; `SENT_OK` is the last one where no report is awaited (stage `done`). */
export const isFinal = ({ stage }: Pick<StoredSms, 'stage'>): boolean => stage === 'done';

/** Another status, and its entry in the history. */
export const told = (sms: StoredSms, status: SmsStatus, by: Source, at: number): Change => ({
  status,
  history: [...sms.history, { status, at, by }],
});

/** Adopts a status that says more than what is known; undefined when it says nothing new. */
export function risen(sms: StoredSms, status: SmsStatus, at: number, by: Source): Change | undefined {
  if (HEIGHT[status] <= HEIGHT[sms.status]) return undefined;
  return { ...told(sms, status, by, at), stage: stageOf(sms, status), polls: 0, error: undefined };
}

function stageOf(sms: StoredSms, status: SmsStatus): Stage {
  if (HEIGHT[status] >= HEIGHT.DELIVERED) return 'done';
  if (status !== 'SENT_OK') return 'gateway';
  return sms.request_status_report ? 'sent' : 'done';
}
