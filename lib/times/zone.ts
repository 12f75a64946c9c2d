import { OldestOut } from '../bounded/OldestOut';
import { type OffsetAt, remembered } from './remembered';

const MINUTE_MS = 60_000;
/** Characters; the longest name there is has 32. */
const LONGEST_NAME = 100;
/** No clock on earth is further from UTC, in minutes. */
const FURTHEST = 14 * 60;
const OFFSET = /^([+\-−])(\d{2})(?::?([0-5]\d))?$/;
/** `Area/Place`; without a slash only UTC and GMT say everywhere the same (`CST` is Chicago, Havana or Shanghai). */
const NAME = /^(?:utc|gmt|[^/]+\/.+)$/i;

/** More than there are zones in the world would be somebody's play. */
const MOST_ZONES = 1000;
const zones = new OldestOut<string, OffsetAt | undefined>(MOST_ZONES);

/**
 * How far a time zone's clocks are ahead of UTC. `zone`: an IANA name with a slash (`Europe/Vienna`), `UTC`, `GMT`, or an
 * offset (`+02:00`, `-0330`, `+08`), in any case; empty = this machine's. Undefined for what is none of these: `CST`, `BST`
 * and their like mean other places to other people.
 */
export function offsetsOf(zone = ''): OffsetAt | undefined {
  if (zone.length > LONGEST_NAME) return undefined;
  if (!zones.has(zone)) zones.set(zone, fixedOffset(zone) ?? namedZone(zone));
  return zones.get(zone);
}

/** Whether `zone` is a time zone that a gateway may have: what {@link offsetsOf} knows. */
export const isTimezone = (zone: string): boolean => offsetsOf(zone) !== undefined;

// Node 20 has no zones such as `+02:00`; Etc/GMT-2 means the same, but whole hours only.
function fixedOffset(zone: string): OffsetAt | undefined {
  const [, sign, hours, minutes = 0] = OFFSET.exec(zone) ?? [];
  const ahead = Number(hours) * 60 + Number(minutes);
  if (sign === undefined || ahead > FURTHEST) return undefined;
  const offset = (sign === '+' ? ahead : -ahead) * MINUTE_MS;
  return () => offset;
}

function namedZone(zone: string): OffsetAt | undefined {
  if (zone !== '' && !NAME.test(zone)) return undefined;
  const format = formatOf(zone);
  return format && remembered((instant) => wallAt(instant, format) - Math.floor(instant / 1000) * 1000);
}

// Making a format takes longer than using it a hundred times.
function formatOf(zone: string): Intl.DateTimeFormat | undefined {
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

/** What the zone's clocks show, as if it were UTC. */
function wallAt(instant: number, format: Intl.DateTimeFormat): number {
  const at: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(instant)) at[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = at;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
