import { instantOfWall, wallOfInstant } from '../instants';
import type { Hours } from './rows';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** 1970 began on a Thursday. */
const FIRST_DAY = 3;
/** A row that opens once a week may fall into the hour that clocks skip, once. */
const DAYS_AHEAD = 15;

/**
 * The first moment from `at` on (ms since 1970) that lies in one of these hours; undefined where none ever does. Without rows
 * that is `at`. They are a union. A time of the day that clocks skip is the first moment after the gap, one that they show twice
 * the first.
 * @param getZone the zone that a row's word means
 */
export function openingFrom(
  hours: readonly Hours[],
  at: number,
  getZone: (word: string) => string,
): number | undefined {
  if (hours.length === 0) return at;
  let first: number | undefined;
  for (const row of hours) {
    const opening = openingOf(row, at, getZone(row.zone));
    if (opening === at) return at;
    if (opening !== undefined && (first === undefined || opening < first)) first = opening;
  }
  return first;
}

function openingOf({ days, from, to }: Hours, at: number, zone: string): number | undefined {
  const [start, length] = [minutesOf(from) * MINUTE_MS, lengthOf(from, to)];
  const today = Math.floor(wallOfInstant(at, zone) / DAY_MS);
  for (let day = today - 1; day <= today + DAYS_AHEAD; day++) {
    if (!days.includes(weekday(day))) continue;
    const end = instantOfWall(day * DAY_MS + start + length, zone);
    if (end <= at) continue;
    const opening = instantOfWall(day * DAY_MS + start, zone);
    if (opening < end) return Math.max(opening, at);
  }
  return undefined;
}

/** 1 = Monday. @param day days since 1970 */
const weekday = (day: number): number => ((((day + FIRST_DAY) % 7) + 7) % 7) + 1;

function lengthOf(from: string, to: string): number {
  const minutes = minutesOf(to) - minutesOf(from);
  return (minutes > 0 ? minutes : minutes + 24 * 60) * MINUTE_MS;
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
