import { invalidInput } from '../../gateway-api';
import { zoneOfNumber } from '../../numbers/zones';
import type { SmsTimes } from '../../store';
import {
  type Hours,
  type HoursProblem,
  instantOfWall,
  isTimezone,
  isZoneWord,
  RECIPIENT,
  readHours,
  readSendTime,
  type SendTime,
  vendorTime,
} from '../../times';
import type { GivenRecipient } from './recipients';
import { isGiven, MOST_SECONDS, readSeconds } from './values';

/** When SMS are to leave, as a flow gives it (contract, send sms: Time). */
export interface GivenTimes {
  /** ISO text, ms since 1970 or a Date; nothing = at once. */
  sendAt?: unknown;
  /** The zone of a time without one: nothing = the gateway's, `recipient` or an IANA name. */
  sendZone?: unknown;
  /** Rows of hours; nothing = always. */
  window?: unknown;
  highIgnoresWindow?: boolean;
  /** Seconds that an SMS may be late where its moment went by while nobody was there. */
  lateBy?: unknown;
  /** Seconds over which the recipients are spread evenly. */
  spread?: unknown;
}

const DEFAULT_LATE_BY_S = 3600;

/** Where an input is given: when, with what validity (ms), by a gateway in which zone and country. */
export interface TimesContext {
  now: number;
  validity: number;
  zone: string;
  country: string | undefined;
}

/** Makes each recipient's times; undefined where every SMS may leave at once. `wait`: from when the input's wait counts. */
export interface TimesOfInput {
  of: (recipient: Pick<GivenRecipient, 'field' | 'written' | 'extra'>, place: number, count: number) => SmsTimes;
  wait: () => number;
}

/** Reads when the SMS of an input are to leave. Throws `INVALID_INPUT` that names the field; so does what it makes. */
export function readTimes(given: GivenTimes, context: TimesContext): TimesOfInput | undefined {
  const at = readAt(given.sendAt);
  const zone = readZone(given.sendZone);
  const hours = readWindow(given.window);
  const late_by = readSeconds('lateBy', isGiven(given.lateBy) ? given.lateBy : DEFAULT_LATE_BY_S) * 1000;
  const spread = readSeconds('spread', isGiven(given.spread) ? given.spread : 0) * 1000;
  if (at === undefined && spread === 0 && hours.length === 0) return undefined;
  const isByWall = at !== undefined && 'wall' in at;
  const needsZone = (isByWall && zone === RECIPIENT) || hours.some((row) => row.zone === RECIPIENT);
  const common: SmsTimes = {
    validity: context.validity,
    late_by,
    ...(at && { at }),
    ...(hours.length > 0 && { hours, ...(given.highIgnoresWindow && { high_ignores: true as const }) }),
  };
  let last = context.now;
  const of: TimesOfInput['of'] = (recipient, place, count) => {
    const own = needsZone ? zoneOfRecipient(recipient, context.country) : undefined;
    const named = zone === RECIPIENT ? own : zone;
    const after = spread === 0 ? 0 : Math.floor((spread / count) * place);
    if (at) checkMoment(at, named || context.zone, late_by, context.now);
    last = Math.max(last, (at ? momentIn(at, named || context.zone) : context.now) + after);
    return {
      ...common,
      ...(isByWall && named && { zone: named }),
      ...(own !== undefined && { recipient_zone: own }),
      ...(spread > 0 && { after }),
    };
  };
  return { of, wait: () => last };
}

/** The hours of a node, with everything else that it says of times checked. Throws `INVALID_INPUT` that names the property. */
export function hoursOf(given: Omit<GivenTimes, 'sendAt'>): Hours[] {
  readTimes(given, { now: 0, validity: 0, zone: '', country: undefined });
  return readWindow(given.window);
}

/** Whether it says when each SMS is to leave: at a time, or spread over one. */
export const hasOwnMoment = ({ sendAt, spread }: GivenTimes): boolean =>
  isGiven(sendAt) || (isGiven(spread) && Number(spread) !== 0);

/** Whether recipients' own zones count: the country in which numbers are dialled has to be known then. */
export const hasRecipientZone = ({ sendZone, window }: GivenTimes): boolean =>
  sendZone === RECIPIENT || (Array.isArray(window) && window.some((row) => row?.zone === RECIPIENT));

function readAt(given: unknown): SendTime | undefined {
  if (!isGiven(given)) return undefined;
  const time = readSendTime(given);
  if (time) return time;
  throw invalidInput(
    'sendAt',
    'must be a time such as 2026-12-24T18:00, with or without an offset, ms since 1970, or a Date',
  );
}

function readZone(given: unknown): string {
  if (!isGiven(given)) return '';
  const zone = typeof given === 'string' ? given.trim() : '-';
  if (isZoneWord(zone)) return zone;
  throw invalidInput('sendZone', 'must be a time zone such as Europe/Vienna, recipient, or nothing for the gateway’s');
}

const WHY: Record<HoursProblem['why'], string> = {
  list: 'must be a list of rows',
  row: 'must be a row with days, from, to and zone',
  days: 'must be a list of days, from 1 (Monday) to 7 (Sunday)',
  time: 'must be a time of the day, from 00:00 to 23:59',
  zone: 'must be a time zone such as Europe/Vienna, recipient, or nothing for the gateway’s',
};

function readWindow(given: unknown): Hours[] {
  const read = readHours(given);
  if ('hours' in read) return read.hours;
  const { row, field, why } = read.problem;
  throw invalidInput(`window${row === undefined ? '' : `[${row}]`}${field === undefined ? '' : `.${field}`}`, WHY[why]);
}

function zoneOfRecipient(
  { field, written, extra }: Pick<GivenRecipient, 'field' | 'written' | 'extra'>,
  country?: string,
): string {
  const given = extra?.timezone;
  const place = `${field}.timezone`;
  if (isGiven(given)) {
    const zone = typeof given === 'string' ? given.trim() : '-';
    if (zone !== '' && isTimezone(zone)) return zone;
    throw invalidInput(place, `must be a time zone such as Europe/Vienna (recipient ${written})`);
  }
  const zone = zoneOfNumber(written, country);
  if (zone !== undefined) return zone;
  throw invalidInput(
    place,
    `is missing, and the number of recipient ${written} doesn't tell a country with one time zone`,
  );
}

const momentIn = (at: SendTime, zone: string): number => ('instant' in at ? at.instant : instantOfWall(at.wall, zone));

function checkMoment(at: SendTime, zone: string, late_by: number, now: number): void {
  const moment = momentIn(at, zone);
  const wall = vendorTime(new Date(moment), zone).slice(0, 16) || new Date(moment).toISOString();
  const shown = `${wall}${zone === '' ? '' : ` (${zone})`}`;
  if (now - moment > late_by) {
    throw invalidInput('sendAt', `is ${shown}, more than ${late_by / 1000} seconds ago`);
  }
  if (moment - now > MOST_SECONDS * 1000) throw invalidInput('sendAt', `is ${shown}, more than 30 years ahead`);
}
