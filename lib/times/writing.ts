// How gateways and modems write a time. What may mean two days (28/11/2026 or 11/28/2026, 26-11-28) isn't read at all.

/** `YYYY-MM-DD HH:MM:SS` (manual 3.3, 4.3, 6.3, 12.3); some versions write slashes or dots, a T, fractions, a zone. */
const LOCAL =
  /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[ T]+|, ?)(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,]\d{1,20})?)?(.*)$/is;
/** `yy/MM/dd,hh:mm:ss±zz`: a modem's own (3GPP TS 27.005), its zone in quarters of an hour. */
const MODEM = /^(\d{2})\/(\d{2})\/(\d{2}),(\d{2}):(\d{2}):(\d{2})([+-]\d{2})$/;
const ZONE = /^ ?(?:z|utc|gmt|([+\-−])(\d{2}):?(\d{2})?)$/i;
const MINUTE_MS = 60_000;

/** A time as it is written. */
export interface Written {
  /** What the clock shows, as if it were UTC, in ms since 1970. */
  wall: number;
  /** How far that clock is ahead of UTC, in ms, where the writing says so. */
  offset?: number;
}

/** Reads a time as gateways write them; undefined for what isn't a time, doesn't exist, or may mean two days. */
export function readWriting(text: unknown): Written | undefined {
  if (typeof text !== 'string') return undefined;
  const modem = MODEM.exec(text.trim());
  if (modem) return readModem(modem);
  const local = LOCAL.exec(text.trim());
  if (!local) return undefined;
  const wall = wallOf([1, 3, 4, 5, 6, 7].map((part) => Number(local[part] ?? 0)));
  const zone = local[8] ?? '';
  if (wall === undefined || zone === '') return wall === undefined ? undefined : { wall };
  const offset = offsetOf(zone);
  return offset === undefined ? undefined : { wall, offset };
}

/** Whether `text` is a time by a clock that doesn't say its zone, as the manual has them. */
export function isVendorTime(text: string): boolean {
  const written = readWriting(text);
  return written !== undefined && written.offset === undefined;
}

/**
 * `YYYY-MM-DD HH:MM:SS`, the one form that filters take (manual 3.2); empty for what no Date can hold.
 * @param wall as if it were UTC, in ms since 1970
 */
export function manualForm(wall: number): string {
  const date = new Date(wall);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 19).replace('T', ' ');
}

function readModem(parts: RegExpExecArray): Written | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, quarters = 0] = parts.slice(1).map(Number);
  const wall = wallOf([2000 + year, month, day, hour, minute, second]);
  return wall === undefined ? undefined : { wall, offset: quarters * 15 * MINUTE_MS };
}

function offsetOf(zone: string): number | undefined {
  const parts = ZONE.exec(zone);
  if (!parts) return undefined;
  const [, sign, hours = 0, minutes = 0] = parts;
  const ahead = (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
  return sign === undefined || sign === '+' ? ahead : -ahead;
}

function wallOf([year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0]: number[]): number | undefined {
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  // Date.UTC carries 31 February over into March and the year 12 into 1912; a clock doesn't.
  const read = new Date(wall);
  const exists = read.getUTCFullYear() === year && read.getUTCMonth() === month - 1 && read.getUTCDate() === day;
  return exists && hour < 24 && minute < 60 && second < 60 ? wall : undefined;
}
