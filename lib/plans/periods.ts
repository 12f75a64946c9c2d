import { instantOfWall, wallOfInstant } from '../times';
import type { Limit, Period } from './plan';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** 1970 began on a Thursday. */
const FIRST_MONDAY = 4 * DAY_MS;

/** A calendar period from `start` to before `end`, ms since 1970. */
export interface Span {
  start: number;
  end: number;
}

/** The end of what never ends: the last moment that a Date has. */
export const NEVER = 8.64e15;

/** How long a sliding period is, in ms: a month is 30 days. */
export const SLIDING_MS: Readonly<Record<Exclude<Period, 'card'>, number>> = {
  minute: MINUTE_MS,
  hour: HOUR_MS,
  day: DAY_MS,
  week: 7 * DAY_MS,
  month: 30 * DAY_MS,
};

/** The periods of a calendar in a row: `guess` is the number of one near a moment of the wall clock, which begins at `beginning`. */
interface Row {
  guess: (wall: number) => number;
  beginning: (number: number) => number;
}

/** What says when calendar periods begin. */
type Calendar = Omit<Limit, 'count' | 'max' | 'reset'>;

/** The last period of each calendar: they are asked for with every SMS and every SIM. */
const last = new WeakMap<Calendar, Span>();

/** The calendar period that `now` lies in. */
export function periodAt(calendar: Calendar, now: number): Span {
  const { per, zone } = calendar;
  if (per === 'card') return { start: 0, end: NEVER };
  const known = last.get(calendar);
  if (known && known.start <= now && now < known.end) return known;
  const found = per === 'minute' || per === 'hour' ? roundAt(SLIDING_MS[per], now, zone) : rowAt(per, calendar, now);
  last.set(calendar, found);
  return found;
}

function rowAt(per: keyof typeof ROWS, { at, day, zone }: Calendar, now: number): Span {
  const row = ROWS[per](minutesOf(at) * MINUTE_MS, day);
  // Where clocks are put back over the beginning, they show a time before it once more when it is over.
  const startOf = (number: number): number => instantOfWall(row.beginning(number), zone);
  let number = row.guess(wallOfInstant(now, zone));
  while (startOf(number) > now) number -= 1;
  while (startOf(number + 1) <= now) number += 1;
  return { start: startOf(number), end: startOf(number + 1) };
}

/**
 * From one full minute or hour to the next, as the zone's clocks show them: an hour and a half where clocks are put by half an
 * hour (Lord Howe Island).
 */
function roundAt(length: number, now: number, zone: string): Span {
  const since = (moment: number): number => {
    const wall = wallOfInstant(moment, zone);
    return ((wall % length) + length) % length;
  };
  let start = now - since(now);
  for (let more = since(start); more > 0; more = since(start)) start -= more;
  const over = since(start + length);
  return { start, end: start + length + (over > 0 ? length - over : 0) };
}

const every = (length: number, first: number): Row => ({
  guess: (wall) => Math.floor((wall - first) / length),
  beginning: (number) => number * length + first,
});

const ROWS: Record<'day' | 'week' | 'month', (at: number, day: number) => Row> = {
  day: (at) => every(DAY_MS, at),
  week: (at, day) => every(7 * DAY_MS, FIRST_MONDAY + (day - 1) * DAY_MS + at),
  month: (at, day) => ({
    guess: (wall) => new Date(wall).getUTCFullYear() * 12 + new Date(wall).getUTCMonth(),
    beginning: (number) => {
      const [year, month] = [Math.floor(number / 12), number % 12];
      const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
      return Date.UTC(year, month, Math.min(day, lastDay)) + at;
    },
  }),
};

function minutesOf(at: string): number {
  const [hours = 0, minutes = 0] = at.split(':').map(Number);
  return hours * 60 + minutes;
}
