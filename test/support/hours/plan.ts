import type { Random } from '../../../lib/clock';
import type { RebootOptions } from '../../../simulator';

const MINUTE = 60_000;

/** What hours are wanted. */
export interface Wanted {
  hours: number;
  ports: number;
  /** No push ever arrives. */
  isDeaf?: boolean;
}

/** What happens in the hours, at ms from their beginning. */
export interface Plan {
  ports: number;
  /** How long SMS are given in, in ms. */
  length: number;
  /** When it begins: the middle is the end of summer time in Berlin. */
  begin: number;
  /** SMS that wait: below the least new ones are given in, up to the most. */
  backlog: { least: number; most: number };
  /** So many at once, and when. */
  bursts: { at: number; count: number }[];
  /** Nothing is given in from one moment to another. */
  idle: { from: number; to: number }[];
  /** The device's clock is that many seconds off from one moment to another. */
  clockOff: { from: number; to: number; seconds: number };
  /** No push arrives from one moment to another. */
  deaf: { from: number; to: number };
  reboots: (RebootOptions & { at: number; seconds: number })[];
  /** A card is taken out of a port, and another one put in a while later. */
  swaps: { at: number; port: number; for: number }[];
  /** Something every so many ms. */
  every: { incoming: number; ussd: number; mishap: number };
}

/** Central European Summer Time ends (2026-10-25, 3:00 becomes 2:00). */
const WINTER = Date.UTC(2026, 9, 25, 1);

/** The same happenings in as many hours as are wanted, at moments that chance picks. */
export function planFor({ hours, ports, isDeaf = false }: Wanted, random: Random): Plan {
  const length = hours * 60 * MINUTE;
  const between = (least: number, most: number): number => Math.round(length * (least + random() * (most - least)));
  const swap = (least: number, most: number) => ({
    at: between(least, most),
    port: Math.floor(random() * ports),
    for: 2 * MINUTE,
  });
  const deafFrom = between(0.3, 0.35);
  const idleFrom = between(0.75, 0.8);
  const keepsRecords = { seconds: 120, losesQueue: random() < 0.5, losesRecords: false, idsStartAgain: false };
  const losesRecords = { seconds: 120, losesQueue: true, losesRecords: true, idsStartAgain: random() < 0.5 };
  return {
    ports,
    length,
    begin: WINTER - length / 2,
    backlog: { least: 12 * ports, most: 40 * ports },
    bursts: [{ at: between(0.02, 0.1), count: 8 * hours * ports }],
    idle: [{ from: idleFrom, to: idleFrom + length / 50 }],
    clockOff: { from: between(0.1, 0.2), to: between(0.65, 0.7), seconds: (random() < 0.5 ? 14 : -14) * 3600 },
    deaf: isDeaf ? { from: 0, to: length * 100 } : { from: deafFrom, to: deafFrom + length / 10 },
    reboots: [
      { at: between(0.22, 0.28), ...keepsRecords },
      { at: between(0.55, 0.62), ...losesRecords },
    ],
    swaps: [swap(0.05, 0.15), swap(0.4, 0.48), swap(0.85, 0.95)],
    every: { incoming: 20_000, ussd: 10 * MINUTE, mishap: 20 * MINUTE },
  };
}
