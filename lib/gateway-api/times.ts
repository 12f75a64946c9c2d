/** A gateway's time: its own local time, without a zone (manual 3.3, 4.3, 6.3, 12.3). */
const VENDOR_TIME = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})[ T]+(\d{1,2}):(\d{1,2}):(\d{1,2})\s*$/;
const DAY = 86_400_000;

/**
 * The instant of a vendor time (`YYYY-MM-DD HH:MM:SS`) in `zone` (IANA name; empty = this machine's), as ISO 8601 in UTC;
 * undefined when it can't be read. Of an hour that occurs twice when clocks go back the first is meant; a time that clocks
 * skip is read as if they had not been put forward yet.
 */
export function isoTime(vendorTime: unknown, zone?: string): string | undefined {
  const wall = wallClock(vendorTime);
  const format = wall === undefined ? undefined : formatOf(zone);
  if (wall === undefined || format === undefined) return undefined;
  // Clocks change at most once within a day either side, so these are the only offsets that can apply.
  const before = wall - offsetAt(wall - DAY, format);
  const after = wall - offsetAt(wall + DAY, format);
  const fits = (instant: number): boolean => instant + offsetAt(instant, format) === wall;
  const fitting = [before, after].filter(fits);
  return new Date(fitting.length === 0 ? before : Math.min(...fitting)).toISOString();
}

/** `date` as the gateway in `zone` (IANA name; empty = this machine's) writes it: `YYYY-MM-DD HH:MM:SS`. */
export function vendorTime(date: Date, zone?: string): string {
  const format = formatOf(zone);
  if (format === undefined) throw new RangeError(`there is no time zone ${zone}`);
  const wall = date.getTime() + offsetAt(date.getTime(), format);
  return new Date(wall).toISOString().slice(0, 19).replace('T', ' ');
}

/** Whether `zone` is a time zone this machine knows; empty stands for its own. */
export function isTimezone(zone: string): boolean {
  return formatOf(zone) !== undefined;
}

/** Whether `text` is a vendor time (`YYYY-MM-DD HH:MM:SS`) that exists in the calendar. */
export function isVendorTime(text: string): boolean {
  return wallClock(text) !== undefined;
}

// The time as if it were UTC.
function wallClock(text: unknown): number | undefined {
  const match = typeof text === 'string' ? VENDOR_TIME.exec(text) : null;
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  // Date.UTC carries 31 February over into March and the year 12 into 1912; a clock doesn't.
  const read = new Date(wall);
  const exists = read.getUTCFullYear() === year && read.getUTCMonth() === month - 1 && read.getUTCDate() === day;
  return exists && hour < 24 && minute < 60 && second < 60 ? wall : undefined;
}

const formats = new Map<string, Intl.DateTimeFormat | undefined>();

// Making a format takes longer than using it a hundred times.
function formatOf(zone = ''): Intl.DateTimeFormat | undefined {
  if (!formats.has(zone)) formats.set(zone, makeFormat(zone));
  return formats.get(zone);
}

function makeFormat(zone: string): Intl.DateTimeFormat | undefined {
  const parts = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
  try {
    return new Intl.DateTimeFormat('en-US', {
      ...parts,
      second: 'numeric',
      hourCycle: 'h23',
      calendar: 'gregory',
      numberingSystem: 'latn',
      timeZone: zone === '' ? undefined : zone,
    });
  } catch {
    return undefined;
  }
}

// Milliseconds that the zone's clocks are ahead of UTC.
function offsetAt(instant: number, format: Intl.DateTimeFormat): number {
  const at: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(instant)) at[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = at;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}
