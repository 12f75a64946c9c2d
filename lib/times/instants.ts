import type { OffsetAt } from './remembered';
import { manualForm, readWriting } from './writing';
import { offsetsOf } from './zone';

const DAY_MS = 86_400_000;
/** A gateway that is set by the same time servers may still be ahead by so much, in ms. */
const CLOCK_LEEWAY_MS = 2000;
/** A Date as JavaScript writes it by itself, with its zone; so do e-mails. */
const WRITTEN_DATE = dateWith('Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec');

/**
 * The instant of a gateway's time in `zone` (see `offsetsOf`; empty = this machine's), as ISO 8601 in UTC; undefined when it
 * can't be read for certain. A time that clocks skip is read as if they had not been put forward yet.
 * @param now what the gateway's clock says now, ms since 1970: of an hour that occurs twice when clocks go back the later one
 *   is meant that isn't in the future; without it the first
 */
export function isoTime(vendorTime: unknown, zone?: string, now = Number.NEGATIVE_INFINITY): string | undefined {
  const [first, ...others] = instantsOf(vendorTime, zone);
  if (first === undefined) return undefined;
  return new Date(others.filter((instant) => instant <= now + CLOCK_LEEWAY_MS).pop() ?? first).toISOString();
}

/** All instants that a gateway's time may mean, ms since 1970, the first one first: none when it can't be read. */
export function instantsOf(vendorTime: unknown, zone?: string): number[] {
  const written = readWriting(vendorTime);
  if (written === undefined) return [];
  if (written.offset !== undefined) return [written.wall - written.offset];
  const offsetAt = offsetsOf(zone);
  return offsetAt === undefined ? [] : instantsAt(written.wall, offsetAt);
}

/**
 * The instant of a time that a person or a flow wrote, ms since 1970: as gateways write it, ISO 8601 (also a date alone), ms since
 * 1970, or a Date as JavaScript writes it. One without a zone is read as UTC. NaN for what is none of these, or may mean two
 * times: Date.parse takes "12" for a December, "yesterday 5" for a day of May, and CST for Chicago's.
 */
export function instantOfText(text: string): number {
  const written = text.trim();
  if (/^\d{12,13}$/.test(written)) return Number(written);
  if (WRITTEN_DATE.test(written)) return Date.parse(written);
  return instantsOf(/^\d{4}-\d{2}-\d{2}$/.test(written) ? `${written} 00:00` : written, 'UTC')[0] ?? Number.NaN;
}

/**
 * `date` as the gateway in `zone` writes it: `YYYY-MM-DD HH:MM:SS`; empty where the zone's clocks show what no Date can hold.
 * Throws a RangeError for a zone that there isn't.
 */
export function vendorTime(date: Date, zone?: string): string {
  return manualForm(wallOfInstant(date.getTime(), zone));
}

/**
 * The hour (of some zones half an hour) that the zone's clocks show twice, where `instant` is in it, either time: from a
 * second before it to its end, as a gateway in `zone` writes times. Undefined for all other instants.
 */
export function doubledHour(instant: number, zone?: string): { from: string; to: string } | undefined {
  const offsetAt = offsetsOf(zone);
  if (offsetAt === undefined) return undefined;
  const second = Math.floor(instant / 1000) * 1000;
  const [first, last] = instantsAt(second + offsetAt(second), offsetAt);
  if (first === undefined || last === undefined) return undefined;
  const change = changeBetween(first, last, offsetAt);
  return { from: manualForm(change + offsetAt(last) - 1000), to: manualForm(change + offsetAt(first)) };
}

/**
 * The instant at which a zone's clocks come to show `wall` (as if that were UTC, in ms): of a time that occurs twice the first,
 * of one that they skip the first moment after the gap. Throws a RangeError for a zone that there isn't.
 */
export function instantOfWall(wall: number, zone?: string): number {
  const offsetAt = offsetsIn(zone);
  const [first = wall] = instantsAt(wall, offsetAt);
  const shown = first + offsetAt(first);
  return shown === wall ? first : changeBetween(wall - offsetAt(first), first, offsetAt);
}

/** What a zone's clocks show at an instant, as if that were UTC, in ms. Throws a RangeError for a zone that there isn't. */
export const wallOfInstant = (instant: number, zone?: string): number => instant + offsetsIn(zone)(instant);

function offsetsIn(zone?: string): OffsetAt {
  const offsetAt = offsetsOf(zone);
  if (offsetAt === undefined) throw new RangeError(`there is no time zone ${zone}`);
  return offsetAt;
}

function instantsAt(wall: number, offsetAt: OffsetAt): number[] {
  // Clocks change at most once within a day either side, so these are the only offsets that can apply.
  const before = wall - offsetAt(wall - DAY_MS);
  const after = wall - offsetAt(wall + DAY_MS);
  const fitting = [before, after].filter((instant) => instant + offsetAt(instant) === wall);
  return fitting.length === 0 ? [before] : [...new Set(fitting)].sort((one, other) => one - other);
}

/** The first second of the new offset. */
function changeBetween(from: number, to: number, offsetAt: OffsetAt): number {
  let [old, changed] = [from / 1000, to / 1000];
  while (changed - old > 1) {
    const middle = Math.floor((old + changed) / 2);
    if (offsetAt(middle * 1000) === offsetAt(from)) old = middle;
    else changed = middle;
  }
  return changed * 1000;
}

function dateWith(months: string): RegExp {
  const [weekday, day] = ['(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)', '\\d{1,2}'];
  const zone = '(?:GMT|(?:GMT)?[+-]\\d{4})(?: \\([^()]{1,60}\\))?';
  return new RegExp(`^${weekday},? (?:${day} (?:${months})|(?:${months}) ${day}) \\d{4} \\d{2}:\\d{2}:\\d{2} ${zone}$`);
}
