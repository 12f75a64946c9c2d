import { parsePorts } from '../properties/portText';
import { isTimezone } from '../times';
import { Field } from './fields';
import { COUNTS, type Limit, type Match, PERIODS, type Plan, STICKY_MODES, USED_UP, withoutFiller } from './plan';
import { BadPlan, type PlanProblem } from './problem';
import { readBalancePlan } from './readBalancePlan';
import { readRotate } from './readRotate';

const CORE = ['name', 'match', 'limits', 'pause', 'reserve', 'overdraft', 'usedUp', 'sticky'] as const;
const ROW = [...CORE, 'ramp', 'balance', 'rotate'] as const;
const LIMIT = ['count', 'per', 'max', 'reset', 'at', 'day', 'zone'] as const;
/** A million SMS in a period, or as many seconds between two, is a mix-up. */
const MOST = 1_000_000;
const MOST_DAYS = 3650;
const DAY_S = 86_400;

/**
 * Reads the rows of a gateway's *SIM plans*, as they are saved: a list, or the JSON of one; nothing = none. What isn't said has
 * its default.
 * @param zone the time zone of limits that name none
 * @throws BadPlan that names the row and the field
 */
export function readPlans(given: unknown, zone: string): Plan[] {
  const rows = listOf(given);
  const plans = rows.map((row, place) => readPlan(new Field(place + 1, '', row), `Plan ${place + 1}`, zone));
  for (const [place, { name }] of plans.entries()) {
    if (plans.findIndex((other) => other.name === name) < place) {
      throw new BadPlan({ kind: 'twice', row: place + 1, field: 'name' });
    }
  }
  return plans;
}

/** What is wrong with rows of plans; undefined when nothing is. */
export function problemOf(given: unknown): PlanProblem | undefined {
  try {
    readPlans(given, '');
    return undefined;
  } catch (error) {
    if (error instanceof BadPlan) return error.problem;
    throw error;
  }
}

function listOf(given: unknown): unknown[] {
  if (given === undefined || given === null || (typeof given === 'string' && given.trim() === '')) return [];
  const value = typeof given === 'string' ? parsed(given) : given;
  if (Array.isArray(value)) return value;
  throw new BadPlan({ kind: 'list', row: 0, field: '' });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadPlan({ kind: 'list', row: 0, field: '' });
  }
}

function readPlan(row: Field, name: string, zone: string): Plan {
  const fields = row.object(ROW);
  const limits = fields.limits.isEmpty ? [] : fields.limits.list().map((limit) => readLimit(limit, zone));
  return {
    name: fields.name.isEmpty ? name : fields.name.text(),
    zone,
    match: fields.match.isEmpty ? {} : readMatch(fields.match),
    limits,
    pause: readPause(fields.pause),
    reserve: readReserve(fields.reserve),
    overdraft: fields.overdraft.whole(0, MOST, 0),
    usedUp: fields.usedUp.choice(USED_UP, 'wait'),
    sticky: readSticky(fields.sticky),
    ...(!fields.ramp.isEmpty && { ramp: readRamp(fields.ramp, limits) }),
    ...(!fields.balance.isEmpty && { balance: readBalancePlan(fields.balance) }),
    ...readRotate(fields.rotate, fields.usedUp),
  };
}

function readLimit(given: Field, gatewayZone: string): Limit {
  const { count, per, max, reset, at, day, zone } = given.object(LIMIT);
  if (count.isEmpty) count.fail('missing');
  if (per.isEmpty) per.fail('missing');
  const period = per.choice(PERIODS, 'day');
  const how = reset.choice(['sliding', 'calendar'], period === 'minute' || period === 'hour' ? 'sliding' : 'calendar');
  if (period === 'card' && how === 'sliding') reset.fail('cardSliding');
  return {
    count: count.choice(COUNTS, 'sms'),
    per: period,
    max: max.whole(1, MOST),
    reset: how,
    at: readTime(at),
    day: day.whole(1, period === 'week' ? 7 : 31, 1),
    zone: readZone(zone, gatewayZone),
  };
}

const readTime = (at: Field): string => (at.isEmpty ? '00:00' : at.time());

function readZone(zone: Field, instead: string): string {
  if (zone.isEmpty) return instead;
  const name = zone.text();
  return isTimezone(name) ? name : zone.fail('zone');
}

function readMatch(given: Field): Match {
  const { ports, iccid, imsi, operator } = given.object(['ports', 'iccid', 'imsi', 'operator']);
  const named = readPorts(ports);
  const prefixes = [...readDigits(imsi), ...readOperator(operator)];
  const cards = readDigits(iccid);
  return {
    ...(named.length > 0 && { ports: named }),
    ...(cards.length > 0 && { iccid: cards }),
    ...(prefixes.length > 0 && { imsi: prefixes }),
  };
}

function readPorts(ports: Field): number[] {
  if (ports.isEmpty) return [];
  const { value } = ports;
  const text = Array.isArray(value) ? value.join(',') : ports.text();
  return parsePorts(text) ?? ports.fail('ports');
}

/** One or several, as a list or a text. Gateways print an ICCID with the F that fills its last byte, or without. */
function readDigits(field: Field): string[] {
  if (field.isEmpty) return [];
  const entries = Array.isArray(field.value) ? field.list() : [field];
  const words = entries.flatMap((entry) => entry.text().split(/[,;\s]+/));
  const digits = words.filter((word) => word !== '').map(withoutFiller);
  return digits.every((word) => /^\d+$/.test(word)) ? digits : field.fail('digits');
}

function readOperator(operator: Field): string[] {
  if (operator.isEmpty) return [];
  const [, mcc, mnc] = /^(\d{3})[-\s]?(\d{2,3})$/.exec(operator.text()) ?? operator.fail('operator');
  return [`${mcc}${mnc}`];
}

function readPause(given: Field): Plan['pause'] {
  if (given.isEmpty) return { min: 0, max: 0 };
  if (typeof given.value !== 'object') {
    const seconds = given.number(0, DAY_S, 0);
    return { min: seconds, max: seconds };
  }
  const fields = given.object(['min', 'max']);
  const min = fields.min.number(0, DAY_S, 0);
  const max = fields.max.number(0, DAY_S, min);
  return max < min ? fields.max.fail('order') : { min, max };
}

function readReserve(given: Field): Plan['reserve'] {
  if (given.isEmpty) return { percent: 10, least: 1 };
  if (typeof given.value !== 'object') {
    const percent = given.number(0, 100, 10);
    return { percent, least: percent === 0 ? 0 : 1 };
  }
  const { percent, least } = given.object(['percent', 'least']);
  return { percent: percent.number(0, 100, 10), least: least.whole(0, MOST, 1) };
}

function readSticky(given: Field): Plan['sticky'] {
  if (given.isEmpty) return { mode: 'prefer', days: 30 };
  if (typeof given.value !== 'object') return { mode: given.choice(STICKY_MODES, 'prefer'), days: 30 };
  const { mode, days } = given.object(['mode', 'days']);
  return { mode: mode.choice(STICKY_MODES, 'prefer'), days: days.whole(1, MOST_DAYS, 30) };
}

function readRamp(given: Field, limits: readonly Limit[]): Plan['ramp'] {
  const { start, grow } = given.object(['start', 'grow']);
  const ramp = { start: start.whole(1, MOST, 20), grow: grow.number(1, 1000, 25) };
  if (!limits.some(({ count, per }) => count === 'sms' && per === 'day')) given.fail('noDayLimit');
  return ramp;
}
