import type { Field } from './fields';
import { type BalancePlan, READ_TYPES } from './plan';

const MOST_MONEY = 1_000_000_000;
const MOST_HOURS = 24 * 365;
const MOST_LENGTH = 500;
const MOST_CODES = 5;
/** The first number of a text. */
const FIRST_NUMBER = String.raw`(-?\d[\d.,']*)`;

/** How a SIM's credit is learned: by a USSD dialogue, or as the firmware counts it. */
export function readBalancePlan(given: Field): BalancePlan {
  const { ussd, read, readType, every, warnBelow, stopBelow } = given.object([
    ...(['ussd', 'read', 'readType', 'every', 'warnBelow', 'stopBelow'] as const),
  ]);
  const type = readType.choice(READ_TYPES, 're');
  return {
    codes: readCodes(ussd),
    read: read.isEmpty && type === 're' ? FIRST_NUMBER : readPattern(read, type),
    readType: type,
    every: every.number(0.1, MOST_HOURS, 24),
    ...(!warnBelow.isEmpty && { warnBelow: warnBelow.number(-MOST_MONEY, MOST_MONEY, 0) }),
    ...(!stopBelow.isEmpty && { stopBelow: stopBelow.number(-MOST_MONEY, MOST_MONEY, 0) }),
  };
}

function readCodes(ussd: Field): string[] {
  if (ussd.isEmpty) return ussd.fail('missing');
  if (ussd.value === 'firmware') return [];
  const codes = ussd
    .text()
    .split(/[,;\s]+/)
    .filter((code) => code !== '');
  const areCodes = codes.length > 0 && codes.length <= MOST_CODES && codes.every((code) => /^[*#\d]{1,60}$/.test(code));
  return areCodes ? codes : ussd.fail('code');
}

function readPattern(read: Field, type: BalancePlan['readType']): string {
  const text = read.isEmpty ? read.fail('missing') : read.text();
  if (text.length > MOST_LENGTH) read.fail(type === 're' ? 'pattern' : 'text');
  return type === 'jsonata' || hasOneGroup(text) ? text : read.fail('pattern');
}

function hasOneGroup(pattern: string): boolean {
  try {
    // With an empty alternative it matches anything, and tells how many groups there are.
    return new RegExp(`${pattern}|`).exec('')?.length === 2;
  } catch {
    return false;
  }
}
