import { invalidInput } from '../../../gateway-api';
import { type Answer, readAnswer } from './answers';
import { type ItemName, readItemName } from './names';

/** What can be done with a SIM's menu (contract, dinstar-stk). */
const STK_ACTIONS = ['view', 'select', 'input', 'ok', 'cancel', 'home', 'frame', 'walk'] as const;

/** A step of a walk: an item to select, or what to enter. */
export type WalkStep = { item: ItemName; field: string } | { input: Answer; field: string };

/** What is wanted of the menu of a port. */
export type StkRequest = {
  port: number;
  /** How long the next frame may take, in ms. */
  wait: number;
} & (
  | { action: 'view' | 'frame' | 'ok' | 'cancel' | 'home' }
  | { action: 'select'; item: ItemName }
  | { action: 'input'; param: Answer }
  | { action: 'walk'; steps: WalkStep[] }
);

/** As a flow gives it; `wait` in seconds. */
export interface RawStkRequest {
  port: number;
  action: unknown;
  item?: unknown;
  param?: unknown;
  wait: unknown;
}

/** An hour: more is a mix-up of units. */
const MOST_WAIT = 3600;

/** Throws `INVALID_INPUT` that names the field. What the action doesn't need isn't looked at. */
export function readStkRequest({ port, action, item, param, wait }: RawStkRequest): StkRequest {
  const common = { port, wait: readWait(wait) };
  const known = STK_ACTIONS.find((one) => one === action);
  if (known === undefined) throw invalidInput('action', `must be one of ${STK_ACTIONS.join(', ')}`);
  if (known === 'select') return { ...common, action: known, item: readItemName(item, 'item') };
  if (known === 'input') return { ...common, action: known, param: readAnswer(param, 'param') };
  if (known === 'walk') return { ...common, action: known, steps: readSteps(param) };
  return { ...common, action: known };
}

function readWait(given: unknown): number {
  const seconds = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
  if (typeof seconds === 'number' && seconds > 0 && seconds <= MOST_WAIT) return seconds * 1000;
  throw invalidInput('wait', `must be a number of seconds above 0, at most ${MOST_WAIT}`);
}

function readSteps(given: unknown): WalkStep[] {
  if (!Array.isArray(given)) throw invalidInput('param', `must be an array of ${STEPS}`);
  if (given.length === 0) throw invalidInput('param', `must hold at least one step: ${STEPS}`);
  return given.map((step: unknown, place) => readStep(step, `param[${place}]`));
}

const STEPS = 'item names, ids, or { "input": "…" }';

function readStep(given: unknown, field: string): WalkStep {
  if (typeof given !== 'object' || given === null) return { item: readItemName(given, field), field };
  if (!('input' in given)) throw invalidInput(field, `must be one of ${STEPS}`);
  return { input: readAnswer(given.input, `${field}.input`), field: `${field}.input` };
}
