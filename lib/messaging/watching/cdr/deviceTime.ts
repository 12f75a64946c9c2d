import { isoTime, vendorTime } from '../../../times';

/** A gateway's time in seconds on its own clock, whatever its zone and however wrong; undefined when it can't be read. */
export function secondsOf(time: string | undefined): number | undefined {
  const iso = isoTime(time, 'UTC');
  return iso === undefined ? undefined : Date.parse(iso) / 1000;
}

/** The other way round: `YYYY-MM-DD HH:MM:SS`. */
export const timeOf = (seconds: number): string => vendorTime(new Date(seconds * 1000), 'UTC');
