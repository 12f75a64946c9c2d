import { untilFlowsRun } from '../flowStops';
import type { House } from '../house';
import type { Trouble } from './trouble';

/**
 * Tells of a gateway that isn't there, or can't be used, for a node to which nobody sends a message that it could answer with
 * an error. Waits until all nodes are there: nobody catches an error before.
 */
export async function tellWithoutGateway(
  house: House,
  id: string,
  trouble: Trouble,
  hasClosed: () => boolean,
): Promise<void> {
  await untilFlowsRun();
  if (hasClosed()) return;
  try {
    await house.gatewayNodes.choose({ gateway: id, gatewayFrom: 'node' }, {}).gateway();
  } catch (error) {
    trouble.met(error);
  }
}
