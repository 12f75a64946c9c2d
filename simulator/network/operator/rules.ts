const counts = ['sms', 'segments', 'recipients'] as const;
const periods = ['minute', 'hour', 'day', 'week', 'month'] as const;
const windows = ['sliding', 'calendar'] as const;

/** What a rule counts, over which time, and from when to when that time lasts: the words for forms. */
export const ruleWords = { count: counts, per: periods, window: windows } as const;

/** How much the operator lets a card send: every card for itself. */
export interface OperatorRule {
  readonly count: (typeof counts)[number];
  readonly per: (typeof periods)[number];
  readonly max: number;
  /** `sliding`: in any stretch of that length (a month is 30 days); `calendar`, the default: from one reset to the next. */
  readonly window?: (typeof windows)[number];
  /** When a calendar day, week or month begins, `HH:MM`; default 00:00. */
  readonly at?: string;
  /** On which day: of a week 1 (Monday) to 7, of a month 1 to 31; default 1. */
  readonly day?: number;
  /** By whose clocks; default the machine's. */
  readonly zone?: string;
  /** Only for the card with this ICCID; default for every one. */
  readonly iccid?: string;
}

const mostRules = 20;
const most = 1_000_000;

/** Reads the operator's rules. @throws RangeError that names the rule and the field */
export function readRules(given: unknown): OperatorRule[] {
  if (!Array.isArray(given)) throw new RangeError('rules must be an array of objects');
  if (given.length > mostRules) throw new RangeError(`rules must be at most ${mostRules}`);
  return given.map((rule, place) => readRule(rule, `rules[${place}].`));
}

/** Reads one rule; `where` comes before the names of its fields. @throws RangeError that names the field */
export function readRule(given: unknown, where = ''): OperatorRule {
  if (typeof given !== 'object' || given === null) throw new RangeError(`${where}a rule must be an object`);
  const values = given as Record<string, unknown>;
  const need = (holds: boolean, name: string, what: string): void => {
    if (!holds) throw new RangeError(`${where}${name} must be ${what}`);
  };
  const oneOf = <T extends string>(name: keyof typeof ruleWords, words: readonly T[], value: unknown): T => {
    const found = words.find((word) => word === value);
    if (found === undefined) throw new RangeError(`${where}${name} must be one of ${words.join(', ')}`);
    return found;
  };
  const per = oneOf('per', periods, values.per);
  const { max, at = '00:00', day = 1, zone, iccid } = values;
  need(isWhole(max, 0, most), 'max', `a whole number from 0 to ${most}`);
  need(typeof at === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(at), 'at', 'a time such as 06:30');
  need(isWhole(day, 1, per === 'week' ? 7 : 31), 'day', `a whole number from 1 to ${per === 'week' ? 7 : 31}`);
  need(zone === undefined || isZone(zone), 'zone', 'a time zone such as Europe/Vienna');
  need(iccid === undefined || typeof iccid === 'string', 'iccid', 'the ICCID of a card');
  return {
    count: oneOf('count', counts, values.count),
    per,
    max: max as number,
    window: oneOf('window', windows, values.window ?? 'calendar'),
    at: at as string,
    day: day as number,
    ...(zone === undefined ? {} : { zone: zone as string }),
    ...(iccid === undefined ? {} : { iccid: iccid as string }),
  };
}

const isWhole = (value: unknown, least: number, highest: number): boolean =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= highest;

function isZone(zone: unknown): boolean {
  try {
    return typeof zone === 'string' && new Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined;
  } catch {
    return false;
  }
}
