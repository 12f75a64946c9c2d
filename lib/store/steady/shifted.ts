import { mapped, type Steps } from '../../concurrency';
import type { Collect } from '../collect';
import type { Held, NewSms, SmsState, SmsTimes, StoredInput, StoredSms, Submission } from '../records';
import type { SmsChange, Taking } from '../store';
import type { ChosenSim } from '../usage';
import { shiftedEnd } from './shiftedUsage';

/** 0 is no moment: it says "never" or "not yet". */
export const moved = (moment: number, by: number): number => (moment === 0 ? 0 : moment + by);

/** What becomes of an SMS, its moments moved, but those until when it is held: they are the wall clock's own. */
function shiftedState<T extends Partial<SmsState>>(state: T, by: number): T {
  if (by === 0) return state;
  const { history, poll_at, stopping_at, expires_at, released_at, sim, held, collected } = state;
  return {
    ...state,
    ...(history && { history: history.map((entry) => ({ ...entry, at: entry.at + by })) }),
    ...(expires_at !== undefined && { expires_at: moved(expires_at, by) }),
    ...(sim && { sim: shiftedSim(sim, by) }),
    ...(held && { held: shiftedHeld(held, by) }),
    ...(collected && { collected: { ...collected, until: collected.until + by } }),
    ...(poll_at !== undefined && { poll_at: moved(poll_at, by) }),
    ...(stopping_at !== undefined && { stopping_at: stopping_at + by }),
    ...(released_at !== undefined && { released_at: released_at + by }),
  };
}

const shiftedHeld = (held: Held, by: number): Held =>
  held.ends === undefined ? held : { ...held, ends: held.ends + by };

const shiftedSim = (sim: ChosenSim, by: number): ChosenSim => ({
  ...sim,
  charges: sim.charges.map((charge) => shiftedEnd(charge, by)),
  ...(sim.at !== undefined && { at: sim.at + by }),
});

/** What is changed of an SMS, its moments moved. */
export const shiftedChange = (change: SmsChange, by: number): SmsChange => {
  const moved = shiftedState(change, by);
  return change.recharge ? { ...moved, recharge: shiftedSim(change.recharge, by) } : moved;
};

/** What is begun, its moments moved. */
export function shiftedSubmission(submission: Submission, by: number): Submission {
  if (by === 0) return submission;
  const sims = Object.entries(submission.sims ?? {}).map(([id, sim]) => [id, shiftedSim(sim, by)]);
  return { ...submission, at: submission.at + by, ...(submission.sims && { sims: Object.fromEntries(sims) }) };
}

/** An SMS, its moments moved. */
export const shiftedSms = (sms: StoredSms, by: number): StoredSms =>
  by === 0 ? sms : withGiven(shiftedState(sms, by), by);

type Taken = Pick<NewSms, 'expires_at' | 'times' | 'collect' | 'poll_at'>;

/** What is taken of an SMS, its moments moved. */
function shiftedNewSms<T extends Taken>(sms: T, by: number): T {
  if (by === 0) return sms;
  const { expires_at, poll_at } = sms;
  const turn = poll_at !== undefined && { poll_at: moved(poll_at, by) };
  return withGiven({ ...sms, expires_at: moved(expires_at, by), ...turn }, by);
}

/** What counts from the moment of taking counts from there, whatever the clock did. */
function withGiven<T extends { times?: SmsTimes; collect?: Collect }>(sms: T, by: number): T {
  const { times, collect } = sms;
  if (times?.taken_at === undefined && collect === undefined) return sms;
  return {
    ...sms,
    ...(times?.taken_at !== undefined && { times: { ...times, taken_at: times.taken_at + by } }),
    ...(collect && { collect: shiftedCollect(collect, by) }),
  };
}

const shiftedCollect = (collect: Collect, by: number): Collect => ({
  ...collect,
  at: collect.at + by,
  ...(collect.until !== undefined && { until: collect.until + by }),
});

/** What is taken of an input, its moments moved. */
const shiftedRecord = <T extends { taken_at: number; wait_until: number }>(input: T, by: number): T =>
  by === 0 ? input : { ...input, taken_at: input.taken_at + by, wait_until: moved(input.wait_until, by) };

/** An input, its moments moved. */
export function shiftedInput(input: StoredInput, by: number): StoredInput {
  if (by === 0) return input;
  const { closed_at, resumed_at } = input;
  return {
    ...shiftedRecord(input, by),
    closed_at: moved(closed_at, by),
    ...(resumed_at !== undefined && { resumed_at: resumed_at + by }),
  };
}

/** Inputs to be taken, their moments moved. */
export function* shiftedTaking({ input, sms, usedSince }: Taking, by: number): Steps<Taking> {
  return {
    input: shiftedRecord(input, by),
    sms: by === 0 ? sms : yield* mapped(sms, (one) => shiftedNewSms(one, by)),
    usedSince: { user_id: usedSince.user_id + by, key: usedSince.key + by },
  };
}
