import type { OperatorRule } from './rules';

const dayMs = 86_400_000;
/** 1970 began on a Thursday, three days after a Monday. */
const firstMonday = -3;

/** Answers which period of a calendar a moment lies in: a number that grows by one from period to period. */
export type Calendar = (at: number) => number;

/** The calendar by which a rule is reset, as the clocks of its zone show it. */
export function calendarOf({ per, at = '00:00', day = 1, zone }: OperatorRule): Calendar {
  const format = new Intl.DateTimeFormat('en-u-hc-h23', {
    timeZone: zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const [hours = 0, minutes = 0] = at.split(':').map(Number);
  const beginsAt = (hours * 60 + minutes) * 60_000;
  const number = numbersOf(per, day);
  const periodOf = (moment: number): number => {
    const shown = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 1, day: date = 1, hour = 0, minute = 0 } = shown as Record<string, number | undefined>;
    const wall = Date.UTC(year, month - 1, date, hour, minute);
    return number(per === 'minute' || per === 'hour' ? wall : wall - beginsAt);
  };
  let known = { minute: Number.NaN, period: 0 };
  return (moment) => {
    const minute = Math.floor(moment / 60_000);
    if (minute !== known.minute) known = { minute, period: periodOf(moment) };
    return known.period;
  };
}

function numbersOf(per: OperatorRule['per'], day: number): (wall: number) => number {
  switch (per) {
    case 'minute':
      return (wall) => Math.floor(wall / 60_000);
    case 'hour':
      return (wall) => Math.floor(wall / 3_600_000);
    case 'day':
      return (wall) => Math.floor(wall / dayMs);
    case 'week':
      return (wall) => Math.floor((Math.floor(wall / dayMs) - firstMonday - (day - 1)) / 7);
    case 'month':
      return (wall) => {
        const date = new Date(wall);
        const months = date.getUTCFullYear() * 12 + date.getUTCMonth();
        const lastDate = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
        return date.getUTCDate() < Math.min(day, lastDate) ? months - 1 : months;
      };
  }
}
