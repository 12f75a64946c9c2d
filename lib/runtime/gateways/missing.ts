import { untilFlowsRun } from '../flowStops';
import type { SharedRuntime } from '../SharedRuntime';
import type { OutageReporter } from './OutageReporter';

/**
 * Tells of a gateway that isn't there, or can't be used, for a node to which nobody sends a message that it could answer with
 * an error. Waits until all nodes are there: nobody catches an error before.
 */
export async function tellWithoutGateway(
  runtime: SharedRuntime,
  id: string,
  outage: OutageReporter,
  hasClosed: () => boolean,
): Promise<void> {
  await untilFlowsRun();
  if (hasClosed()) return;
  try {
    await runtime.gatewayNodes.choose({ gateway: id, gatewayFrom: 'node' }, {}).gateway();
  } catch (error) {
    outage.report(error);
  }
}
