import { hasReached, isPending, type Reach, type StoredSms, type Until, wasAccepted, wasSent } from '../../../store';

/** The id of the SMS to the first number of a recipient. */
export const firstIdOf = ({ id, turn }: StoredSms): number => id - (turn?.place ?? 0);

/** The ids of the SMS to all numbers of a recipient. */
export const idsOfEntry = (sms: StoredSms): number[] =>
  Array.from({ length: sms.turn?.of ?? 1 }, (_, place) => firstIdOf(sms) + place);

/** Whether an SMS has had its turn. What stood by until nobody needed it ended without a word. */
export const hadTurn = ({ stage, status, turn }: StoredSms): boolean =>
  !turn?.place || (stage !== 'standby' && !(stage === 'done' && status === 'QUEUED'));

/** Of the SMS that had their turn the one by which the recipient is counted: it has reached him, may still do so, or was the last. */
export const countingOf = (tried: readonly StoredSms[], until: Until): StoredSms | undefined =>
  tried.find((sms) => hasReached(sms, until)) ?? tried.findLast((sms) => isPending(sms, until)) ?? tried.at(-1);

/** How far the SMS have come of which one has come farthest. */
export function bestOf(sms: readonly StoredSms[]): Reach | undefined {
  if (sms.some(({ status }) => status === 'DELIVERED')) return 'delivered';
  if (sms.some(wasSent)) return 'sent';
  return sms.some(wasAccepted) ? 'accepted' : undefined;
}
