import { isTimezone } from '../zone';

/** Hours in which SMS may leave: on these days, between these times of a zone's clocks. */
export interface Hours {
  /** 1 = Monday to 7 = Sunday: the days on which it begins. */
  days: number[];
  /** `HH:MM`. */
  from: string;
  /** `HH:MM`; where it isn't after `from`, on the next day. */
  to: string;
  /** An IANA name; empty = the gateway's; `recipient` = the recipient's own. */
  zone: string;
}

/** What is wrong with a row: `row` counted from 0, undefined where it is no list of rows at all. */
export interface HoursProblem {
  row?: number;
  field?: 'days' | 'from' | 'to' | 'zone';
  why: 'list' | 'row' | 'days' | 'time' | 'zone';
}

/** The word for the zone of whoever gets an SMS. */
export const RECIPIENT = 'recipient';

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
/** More rows are somebody's mistake: a week has 168 hours. */
const MOST_ROWS = 168;

/** Reads hours as a flow file or an editor has them; nothing = always. Answers with what is wrong instead. */
export function readHours(given: unknown): { hours: Hours[] } | { problem: HoursProblem } {
  if (given === undefined || given === null || given === '') return { hours: [] };
  if (!Array.isArray(given) || given.length > MOST_ROWS) return { problem: { why: 'list' } };
  const hours: Hours[] = [];
  for (const [row, one] of given.entries()) {
    const read = readRow(one);
    if ('why' in read) return { problem: { row, ...read } };
    hours.push(read);
  }
  return { hours };
}

function readRow(given: unknown): Hours | Omit<HoursProblem, 'row'> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return { why: 'row' };
  const { days, from, to, zone: named = '' } = given as Record<string, unknown>;
  const zone = typeof named === 'string' ? named.trim() : named;
  if (!Array.isArray(days) || days.length === 0 || !days.every(isDay)) return { field: 'days', why: 'days' };
  if (!isTime(from)) return { field: 'from', why: 'time' };
  if (!isTime(to)) return { field: 'to', why: 'time' };
  if (typeof zone !== 'string' || !isZoneWord(zone)) return { field: 'zone', why: 'zone' };
  return { days: [...new Set(days)].sort(), from, to, zone };
}

const isDay = (day: unknown): day is number => Number.isInteger(day) && (day as number) >= 1 && (day as number) <= 7;
const isTime = (time: unknown): time is string => typeof time === 'string' && TIME.test(time);

/** Whether a zone can be written for a flow: an IANA name, nothing for the gateway's, or the word for the recipient's. */
export const isZoneWord = (zone: string): boolean => zone === RECIPIENT || isTimezone(zone);
