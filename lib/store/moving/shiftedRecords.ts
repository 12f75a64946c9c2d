import { parsed } from '../rows';
import { moved, shiftedSms } from '../steady/shifted';
import type { MovedInput, MovedPause, MovedSms, MovedUsage } from './records';

/** How records of one store become those of another. */
export interface Differences {
  /** What is added to ids of SMS, to submissions, to places in the order of commands, and to moments (ms). */
  ids: number;
  submissions: number;
  places: number;
  moments: number;
}

export const inputThere = (input: MovedInput, by: Differences): MovedInput => ({
  ...input,
  taken_at: input.taken_at + by.moments,
  wait_until: moved(input.wait_until, by.moments),
  closed_at: moved(input.closed_at, by.moments),
  resumed_at: input.resumed_at === null ? null : input.resumed_at + by.moments,
  first_sms: input.first_sms + by.ids,
  last_sms: input.last_sms + by.ids,
});

export function smsThere({ sms, taken, begun }: MovedSms, by: Differences): MovedSms {
  const { collected } = sms;
  const other = { id: sms.id + by.ids, ...(collected && { collected: { ...collected, id: collected.id + by.ids } }) };
  const there = shiftedSms({ ...sms, ...other }, by.moments);
  const { expires_at, times, collect } = there;
  return {
    sms: there,
    taken: by.moments === 0 ? taken : JSON.stringify({ ...parsed<object>(taken), expires_at, times, collect }),
    begun: begun && { ...begun, submission: begun.submission + by.submissions, at: begun.at + by.moments },
  };
}

export const pauseThere = (pause: MovedPause, by: Differences): MovedPause => ({
  ...pause,
  place: pause.place + by.places,
});

/** Only what passes by itself goes with the clock; periods of the calendar end by the wall clock. */
export const usageThere = (usage: MovedUsage, by: Differences): MovedUsage =>
  usage.sliding ? { ...usage, until: usage.until + by.moments } : usage;
