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

/**
 * Node-RED hands a message to the next node in a later turn of the event loop: what was noted as left before that would be
 * lost with a process that dies in between.
 */
export async function untilHandedOn(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** The flows of this process. */
export const flows: Flows = { untilReady: untilFlowsRun, untilHandedOn };
