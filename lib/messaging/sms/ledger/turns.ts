import type { StoredSms } from '../../../store';

/** The id of the SMS to the first number of a recipient. */
export const firstIdOf = ({ id, turn }: StoredSms): number => id - (turn?.place ?? 0);

/** The ids of the SMS to all numbers of a recipient. */
export const idsOfEntry = (sms: StoredSms): number[] =>
  Array.from({ length: sms.turn?.of ?? 1 }, (_, place) => firstIdOf(sms) + place);

/** Whether an SMS has had its turn. What stood by until nobody needed it ended without a word. */
export const hadTurn = ({ stage, status, turn }: StoredSms): boolean =>
  !turn?.place || (stage !== 'standby' && !(stage === 'done' && status === 'QUEUED'));
