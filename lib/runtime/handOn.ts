import { setImmediate } from 'node:timers/promises';
import type { Flows } from '../messaging';
import { type CurrentNodes, currentNodes } from './CurrentNodes';
import { flowsAreStopping, untilFlowsRun } from './flowStops';
import type { RedNode } from './red';

/**
 * Lets something leave through whichever object has the node's id by then: while a deploy replaces the nodes it waits for
 * the new ones. Resolves when it can't get lost with the process any more; with false when there is no such node, or the
 * flows are being stopped: then nothing has left.
 */
export async function handOn(
  id: string,
  send: (node: RedNode) => void,
  nodes: CurrentNodes = currentNodes,
): Promise<boolean> {
  if (flowsAreStopping()) return false;
  await untilFlowsRun();
  const node = nodes.get(id);
  if (!node || flowsAreStopping()) return false;
  send(node);
  await untilHandedOn();
  return true;
}

/** Turns of the event loop until what Node-RED was given has come to the next node. */
const TURNS = 3;
let handing: Promise<void> | undefined;

/**
 * Node-RED hands a message to the next node in a later turn of the event loop: what was noted as left before that would be
 * lost with a process that dies in between. Who asks in the same turn waits together.
 */
export function untilHandedOn(): Promise<void> {
  handing ??= turnsFromNext();
  return handing;
}

async function turnsFromNext(): Promise<void> {
  // Who asks before this turn is over has as many turns before him as who asked first.
  await setImmediate();
  handing = undefined;
  for (let turn = 0; turn < TURNS; turn++) await setImmediate();
}

/** The flows of this process. */
export const flows: Flows = { untilReady: untilFlowsRun, untilHandedOn };
