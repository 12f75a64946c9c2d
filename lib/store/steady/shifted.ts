import type { NewSms, SmsState, SmsTimes, StoredInput, StoredSms } from '../records';

/** 0 is no moment: it says "never" or "not yet". */
const moved = (moment: number, by: number): number => (moment === 0 ? 0 : moment + by);

/** What becomes of an SMS, its moments moved, but those of what holds it: they are the wall clock's own. */
export function shiftedState<T extends Partial<SmsState>>(state: T, by: number): T {
  if (by === 0) return state;
  const { history, poll_at, stopping_at, expires_at } = state;
  return {
    ...state,
    ...(history && { history: history.map((entry) => ({ ...entry, at: entry.at + by })) }),
    ...(expires_at !== undefined && { expires_at: moved(expires_at, by) }),
    ...(poll_at !== undefined && { poll_at: moved(poll_at, by) }),
    ...(stopping_at !== undefined && { stopping_at: stopping_at + by }),
  };
}

/** An SMS, its moments moved. */
export const shiftedSms = (sms: StoredSms, by: number): StoredSms =>
  by === 0 ? sms : withTimes(shiftedState(sms, by), by);

type Taken = Pick<NewSms, 'expires_at' | 'times' | 'poll_at'>;

/** What is taken of an SMS, its moments moved. */
export function shiftedNewSms<T extends Taken>(sms: T, by: number): T {
  if (by === 0) return sms;
  const { expires_at, poll_at } = sms;
  const turn = poll_at !== undefined && { poll_at: moved(poll_at, by) };
  return withTimes({ ...sms, expires_at: moved(expires_at, by), ...turn }, by);
}

/** What counts from the moment of taking counts from there, whatever the clock did. */
function withTimes<T extends { times?: SmsTimes }>(sms: T, by: number): T {
  const { times } = sms;
  return times?.taken_at === undefined ? sms : { ...sms, times: { ...times, taken_at: times.taken_at + by } };
}

/** What is taken of an input, its moments moved. */
export const shiftedRecord = <T extends { taken_at: number; wait_until: number }>(input: T, by: number): T =>
  by === 0 ? input : { ...input, taken_at: input.taken_at + by, wait_until: moved(input.wait_until, by) };

/** An input, its moments moved. */
export const shiftedInput = (input: StoredInput, by: number): StoredInput =>
  by === 0 ? input : { ...shiftedRecord(input, by), closed_at: moved(input.closed_at, by) };
