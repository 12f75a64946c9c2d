import type { SmsChange, StoredSms } from '../../../store';

/** Told of SMS that have changed, after the store; `moved`: those whose status is another one now, by default all. */
export type Changed = (sms: StoredSms[], moved?: ReadonlySet<number>) => Promise<void>;

/** The SMS whose status these changes move: each move is an entry of the history. */
export const movedBy = (changes: readonly SmsChange[]): Set<number> =>
  new Set(changes.filter(({ history }) => history !== undefined).map(({ id }) => id));
