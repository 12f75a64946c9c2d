/** What is counted of a SIM: SMS, the segments that operators bill, or different recipients. */
export const COUNTS = ['sms', 'segments', 'recipients'] as const;
export type Count = (typeof COUNTS)[number];

/** Over which time it is counted; `card`: as long as the card lives. */
export const PERIODS = ['minute', 'hour', 'day', 'week', 'month', 'card'] as const;
export type Period = (typeof PERIODS)[number];

export const USED_UP = ['wait', 'rotate', 'fail'] as const;
/** How a balance is read out of a text: by a regular expression with one group, or by JSONata. */
export const READ_TYPES = ['re', 'jsonata'] as const;
export const STICKY_MODES = ['off', 'prefer', 'always'] as const;

/** How much a SIM may send in a time. All limits of a plan hold together. */
export interface Limit {
  count: Count;
  per: Period;
  max: number;
  /** `calendar`: from one moment of the calendar to the next; `sliding`: in any stretch of that length. */
  reset: 'sliding' | 'calendar';
  /** When a calendar day, week or month begins: `HH:MM` by the clocks of `zone`. */
  at: string;
  /** On which day it begins: of a week 1 (Monday) to 7, of a month 1 to 31 (its last one where it is shorter). */
  day: number;
  /** See `lib/times`; empty = this machine's. */
  zone: string;
}

/** Which SIMs a plan is for: those that meet at least one of these; without any of them, every SIM. */
export interface Match {
  ports?: number[];
  iccid?: string[];
  /** What an IMSI begins with: a prefix, or the digits of an operator. */
  imsi?: string[];
}

/** How the credit of a SIM is learned, and what follows from it. */
export interface BalancePlan {
  /** The USSD codes of a dialogue, such as `*100#`, the last reply of which tells it; none = the firmware counts it. */
  codes: string[];
  /** What finds it in the text. */
  read: string;
  readType: (typeof READ_TYPES)[number];
  /** How often it is asked for, in hours. */
  every: number;
  /** Below that somebody is told. */
  warnBelow?: number;
  /** Below that only `high` SMS leave. */
  stopBelow?: number;
}

/** What somebody has bought for a SIM, and how it is spent (README, SIM care). */
export interface Plan {
  name: string;
  /** The time zone of the gateway, by which its days count that no limit names. */
  zone: string;
  match: Match;
  limits: Limit[];
  /** Seconds between two SMS of one SIM, drawn anew each time. */
  pause: { min: number; max: number };
  /** The part of each limit that only `high` SMS may use. */
  reserve: { percent: number; least: number };
  /** How many `high` SMS a day a SIM may send beyond its limits. */
  overdraft: number;
  /** What becomes of SMS when no SIM may send any more: they wait, wait for the card in the next slot, or end at once. */
  usedUp: (typeof USED_UP)[number];
  /** Whether a recipient keeps his SIM, and for how many days. */
  sticky: { mode: (typeof STICKY_MODES)[number]; days: number };
  /** A new card sends so many SMS on its first day, and each day by so many per cent more, up to the limit a day. */
  ramp?: { start: number; grow: number };
  balance?: BalancePlan;
  /** Slots of a port whose cards take turns: when one is used up, has little credit or rests, and at these times of the day. */
  rotate?: { slots: number[]; at: string[] };
}

/** What is known of a SIM; an empty text is not known. An ICCID without the F that may fill its last byte. */
export interface Sim {
  port: number;
  iccid: string;
  imsi: string;
}

/** How many of a limit only `high` SMS may use. At least is never the last one: a limit of 1 would be for alarms alone. */
export const reserveOf = ({ percent, least }: Plan['reserve'], max: number): number =>
  Math.max(Math.floor((max * percent) / 100), Math.min(least, max - 1));

/** The plan of a SIM: the first that matches it; undefined where none does. */
export const planOf = (plans: readonly Plan[], sim: Sim): Plan | undefined =>
  plans.find(({ match }) => matches(match, sim));

function matches({ ports, iccid, imsi }: Match, sim: Sim): boolean {
  if (!ports && !iccid && !imsi) return true;
  return (
    (ports?.includes(sim.port) ?? false) ||
    (sim.iccid !== '' && (iccid?.includes(sim.iccid) ?? false)) ||
    (sim.imsi !== '' && (imsi?.some((prefix) => sim.imsi.startsWith(prefix)) ?? false))
  );
}

/**
 * Whether a SIM's plan can't be said yet: a row that comes first names cards or operators, and the SIM hasn't told its own. It
 * must not send by another row meanwhile, nor without one.
 */
export function isPlanOpen(plans: readonly Plan[], sim: Sim): boolean {
  const first = plans.find(({ match }) => matches(match, sim) || mayMatch(match, sim));
  return first !== undefined && !matches(first.match, sim);
}

const mayMatch = ({ iccid, imsi }: Match, sim: Sim): boolean =>
  (iccid !== undefined && sim.iccid === '') || (imsi !== undefined && sim.imsi === '');

/** An ICCID without the F that fills its last byte. */
export const withoutFiller = (iccid: string): string => iccid.trim().replace(/F$/i, '');
