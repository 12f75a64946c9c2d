import { invalidInput } from '../../gateway-api';
import type { SimChoice, SimUsed } from '../../messaging';
import { readOnePort } from '../readPorts';

const ACTIONS = ['usage', 'reset', 'rest', 'wake', 'set'] as const;
type Action = (typeof ACTIONS)[number];

/** What a `dinstar-sim-care` node is to do, checked as far as it can be without the gateway. */
export type SimCommand =
  | { action: Exclude<Action, 'rest' | 'set'>; choice: SimChoice }
  | { action: 'rest'; choice: SimChoice; seconds: number }
  | { action: 'set'; choice: SimChoice; used: SimUsed };

/**
 * Reads what an input asks for (contract, dinstar-sim-care): `param` is seconds of `rest`, and `{ count, per, value }` of
 * `set`. Throws `INVALID_INPUT` that names `action`, `port`, `iccid` or `param`.
 */
export function readSimCommand(given: Readonly<Record<'action' | 'port' | 'iccid' | 'param', unknown>>): SimCommand {
  const action = ACTIONS.find((word) => word === given.action);
  if (action === undefined) throw invalidInput('action', `must be one of ${ACTIONS.join(', ')}`);
  const choice = readChoice(given);
  const isChosen = choice.port !== undefined || choice.iccid !== undefined;
  if (!isChosen && action !== 'usage') {
    throw invalidInput('port', `is missing: ${action} needs the port or the ICCID of one SIM`);
  }
  if (action === 'rest') return { action, choice, seconds: readSeconds(given.param) };
  if (action === 'set') return { action, choice, used: readUsed(given.param) };
  return { action, choice };
}

const isNothing = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

function readChoice({ port, iccid }: Readonly<Record<'port' | 'iccid', unknown>>): SimChoice {
  if (isNothing(iccid)) return isNothing(port) ? {} : { port: readOnePort(port) };
  if (!isNothing(port)) throw invalidInput('iccid', 'must not be given beside port: one of them names the SIM');
  // A number of 19 or 20 digits has lost its last ones.
  if (typeof iccid !== 'string') throw invalidInput('iccid', 'must be a text of digits');
  const digits = iccid.trim();
  if (!/^\d{6,22}F?$/i.test(digits)) throw invalidInput('iccid', 'must be the digits of an ICCID');
  return { iccid: digits };
}

function readSeconds(param: unknown): number {
  const isWritten = typeof param === 'number' || typeof param === 'string';
  const seconds = isNothing(param) || !isWritten ? Number.NaN : Number(param);
  if (Number.isFinite(seconds) && seconds > 0) return seconds;
  throw invalidInput('param', 'must be the seconds to rest, more than 0');
}

function readUsed(param: unknown): SimUsed {
  const value = typeof param === 'string' ? parsed(param) : param;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidInput('param', 'must be an object such as { "count": "sms", "per": "day", "value": 5 }');
  }
  const { count, per, value: amount } = value as Record<string, unknown>;
  if (typeof count !== 'string') throw invalidInput('param', 'must have a count: sms, segments or recipients');
  if (typeof per !== 'string') throw invalidInput('param', 'must have a per, such as day');
  if (typeof amount !== 'number') throw invalidInput('param', 'must have a value, a whole number from 0');
  return { count, per, value: amount };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
