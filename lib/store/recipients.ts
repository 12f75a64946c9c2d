import { hasReached, isPending } from './reach';
import type { StoredSms, Until } from './records';

// The SMS to all numbers of a recipient, which have their turns one after the other (docs/decisions/0057). Their ids have no gap.

/** The id of the SMS to the first number of a recipient. */
export const firstIdOf = ({ id, turn }: Pick<StoredSms, 'id' | 'turn'>): number => id - (turn?.place ?? 0);

/** The ids of the SMS to all numbers of a recipient. */
export const idsOfRecipient = (sms: Pick<StoredSms, 'id' | 'turn'>): number[] =>
  Array.from({ length: sms.turn?.of ?? 1 }, (_, place) => firstIdOf(sms) + place);

/** Whether an SMS has had its turn. What stood by until nobody needed it ended without a word. */
export const hadTurn = ({ stage, status, turn }: StoredSms): boolean =>
  !turn?.place || (stage !== 'standby' && !(stage === 'done' && status === 'QUEUED'));

/** Whether a recipient may still be reached: by an SMS under way, or by one that stands by. */
export const isOpen = (numbers: readonly StoredSms[], until: Until): boolean =>
  !numbers.some((sms) => hasReached(sms, until)) &&
  numbers.some((sms) => sms.stage === 'standby' || (hadTurn(sms) && isPending(sms, until)));

/** The SMS that counts of a recipient: the one that has reached him, else the last one that had its turn. */
export const countingOf = (numbers: readonly StoredSms[], until: Until): StoredSms | undefined =>
  numbers.find((sms) => hasReached(sms, until)) ?? numbers.findLast(hadTurn);
