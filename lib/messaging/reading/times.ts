import { invalidInput } from '../../gateway-api';
import { doubledHour, instantOfText, instantsOf, isMilliseconds, isVendorTime, vendorTime } from '../../times';

/** Between which times records are wanted, as a flow gives them: vendor string, ISO 8601, ms since 1970, Date. */
export interface Between {
  time_after: unknown;
  time_before: unknown;
}

/** Reads a time that a flow gives, as the gateway in `timezone` writes it. Throws `INVALID_INPUT` that names the field. */
export function readTime(given: unknown, field: string, timezone: string): string | undefined {
  if (isNothing(given)) return undefined;
  if (isGatewaysOwn(given)) return vendorTime(new Date(instantsOf(given, 'UTC')[0] ?? 0), 'UTC');
  const instant = readInstant(given);
  const time = Number.isNaN(instant) ? '' : vendorTime(new Date(instant), timezone);
  // A time in microseconds, say, is in a year that the gateway can't write.
  if (isVendorTime(time)) return time;
  throw invalidInput(field, 'must be a time: "YYYY-MM-DD HH:MM:SS" by the gateway, ISO 8601, milliseconds or a Date');
}

/**
 * The two times for the gateway (manual 3.2, 12.2). An instant in the hour that its clocks show twice is no time there: the
 * whole hour is asked for, and {@link chosenBy} leaves out what wasn't meant. Throws `INVALID_INPUT` that names the field, also
 * where nothing can lie between them.
 */
export function readBetween(given: Between, names: Record<keyof Between, string>, timezone: string) {
  const after = readTime(given.time_after, names.time_after, timezone);
  const before = readTime(given.time_before, names.time_before, timezone);
  const between = {
    time_after: doubled(given.time_after, timezone)?.from ?? after,
    time_before: doubled(given.time_before, timezone)?.to ?? before,
  };
  const { time_after, time_before } = between;
  if (time_after !== undefined && time_before !== undefined && time_before < time_after)
    throw invalidInput(names.time_before, 'must not be earlier than the time after which records are wanted');
  return between;
}

/**
 * Whether a record with that time may lie between two times that {@link readBetween} has read. In the hour that clocks show
 * twice a record may be of the one time or the other: it isn't left out then. One whose time can't be read isn't either.
 */
export function chosenBy(given: Between, timezone: string): (time: string | undefined) => boolean {
  const [after, before] = [given.time_after, given.time_before].map((one) =>
    doubled(one, timezone) === undefined ? undefined : Math.floor(readInstant(one) / 1000) * 1000,
  );
  return (time) => {
    const instants = instantsOf(time, timezone);
    const [first, last] = [instants[0], instants.at(-1)];
    if (first === undefined || last === undefined) return true;
    return last >= (after ?? Number.NEGATIVE_INFINITY) && first <= (before ?? Number.POSITIVE_INFINITY);
  };
}

const isNothing = (given: unknown): boolean => given === undefined || given === null || given === '';
const isGatewaysOwn = (given: unknown): given is string => typeof given === 'string' && isVendorTime(given);

const doubled = (given: unknown, timezone: string) =>
  isNothing(given) || isGatewaysOwn(given) ? undefined : doubledHour(readInstant(given), timezone);

/** Ms since 1970 of a time that says its zone; NaN when it can't be read. */
function readInstant(given: unknown): number {
  if (given instanceof Date) return given.getTime();
  if (typeof given === 'number') return isMilliseconds(given) ? Math.trunc(given) : Number.NaN;
  return typeof given === 'string' ? instantOfText(given) : Number.NaN;
}
