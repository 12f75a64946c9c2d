import { invalidInput, isRegistered, meaningOf, REG } from '../../gateway-api';
import { plain } from '../../numbers/unseen';
import { cleanNumber } from '../taking/number';
import { isGiven, oneOf } from '../taking/values';

/** The actions of the manual (11.2), and those of later firmware (field notes). */
const ACTIONS = ['slot', 'reset', 'power', 'imei', 'number', 'lock', 'unlock', 'block', 'unblock'] as const;
export type PortAction = (typeof ACTIONS)[number];

/** What is done to a port. `param` is empty for an action that has none. */
export interface PortCommand {
  port: number;
  action: PortAction;
  param: string;
}

/** Whether a port has come to the `reg` that a command leads to. */
export const isAsWanted = ({ action, param }: PortCommand, reg: string): boolean =>
  action === 'power' && param === 'off' ? meaningOf(REG, reg) === 'POWER_OFF' : isRegistered(reg);

/** How each action's param is read; it must be there, save for `reset`, and the others have none. */
const PARAMS: Partial<Record<PortAction, (given: unknown) => string>> = {
  slot: readSlot,
  reset: readReset,
  power: readPower,
  imei: readImei,
  number: (given) => cleanNumber(given, 'keep', 'param'),
};

/**
 * Reads what a flow wants of a port. What takes a line away or changes what it is to the network needs `allow`.
 * Throws `INVALID_INPUT` that names `action` or `param`.
 */
export function readPortCommand(port: number, given: { action: unknown; param: unknown }, allow: boolean): PortCommand {
  const word = typeof given.action === 'string' ? given.action.trim().toLowerCase() : given.action;
  if (!isGiven(word)) throw invalidInput('action', `is missing: it must be one of ${ACTIONS.join(', ')}`);
  const action = oneOf('action', word, ACTIONS);
  const read = PARAMS[action];
  if (read && action !== 'reset' && !isGiven(given.param))
    throw invalidInput('param', `is missing: ${action} needs one`);
  const command = { port, action, param: read?.(given.param) ?? '' };
  if (allow || isHarmless(command)) return command;
  const what = action === 'power' ? 'power off' : action;
  throw invalidInput('action', `"${what}" may cut the line off, and this node doesn't allow that`);
}

/** The line is there again by itself after these (contract, set port). */
const isHarmless = ({ action, param }: PortCommand): boolean =>
  action === 'slot' || action === 'reset' || (action === 'power' && param === 'on');

/** A text, a number or a boolean as a word; empty for what is none. */
const wordOf = (given: unknown): string => (typeof given === 'object' ? '' : plain(String(given)).trim());

function readSlot(given: unknown): string {
  const slot = wordOf(given);
  if (/^[0-3]$/.test(slot)) return slot;
  throw invalidInput('param', 'must be a slot from 0 to 3');
}

// The manual has none; public programs for this API give one.
function readReset(given: unknown): string {
  const word = isGiven(given) ? wordOf(given) : '';
  if (/^[\w.-]{0,32}$/.test(word)) return word;
  throw invalidInput('param', 'must be a word of at most 32 letters and digits, or nothing');
}

function readPower(given: unknown): string {
  const word = wordOf(given).toLowerCase();
  if (word === 'on' || word === 'true') return 'on';
  if (word === 'off' || word === 'false') return 'off';
  throw invalidInput('param', 'must be on or off');
}

function readImei(given: unknown): string {
  const imei = wordOf(given);
  if (/^\d{15}$/.test(imei)) return imei;
  throw invalidInput('param', 'must be an IMEI of 15 digits');
}
