import type { SimUsage } from '../../messaging';
import { wallOfInstant } from '../../times';
import type { Status } from '../red';
import { BALANCE_UNREADABLE } from '../status';

const DAY_MS = 86_400_000;

/**
 * What to show where no SIM may send: yellow, with the time from which on one may, by the gateway's clocks. Where one may,
 * whether the balance of any can't be read; undefined where nothing is to be said, or there is no SIM.
 * @param zone the gateway's time zone
 */
export function statusOfSims(sims: readonly SimUsage[], now: number, zone: string): Status | undefined {
  const free = sims.map((sim) => freeAt(sim, now));
  const limited = free.length === 0 ? undefined : limitStatus(Math.min(...free), now, zone);
  return limited ?? (sims.some(({ isUnreadable }) => isUnreadable) ? BALANCE_UNREADABLE : undefined);
}

/** Shows a moment until which none may; undefined when that has come. */
export const limitStatus = (until: number, now: number, zone: string): Status | undefined =>
  until > now ? { fill: 'yellow', shape: 'ring', text: clockTime(until, now, zone) } : undefined;

/** From when on a SIM may send again, ms since 1970: now or before = at once; infinite = nobody knows. */
function freeAt({ used, resting }: SimUsage, now: number): number {
  const ends = used.filter(({ value, max }) => value >= max).map(({ resets_iso }) => momentOf(resets_iso));
  return Math.max(resting === null ? now : momentOf(resting), ...ends);
}

const momentOf = (iso: string | null): number => (iso === null ? Number.POSITIVE_INFINITY : Date.parse(iso));

/** `14:30`, where it isn't within a day with the date before it; a sign where it never comes. */
export function clockTime(at: number, now: number, zone: string): string {
  if (!Number.isFinite(at)) return '∞';
  const wall = new Date(wallOfInstant(at, zone)).toISOString();
  return at - now < DAY_MS ? wall.slice(11, 16) : wall.slice(0, 16).replace('T', ' ');
}
