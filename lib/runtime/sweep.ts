import type { Gateways } from '../messaging';
import type { GatewayNodes } from './gateways/GatewayNodes';
import type { GatewaySubscriptions } from './gateways/GatewaySubscriptions';
import { showOtherSettings } from './gateways/showOtherSettings';
import type { Sidebar } from './sidebar/Sidebar';
import type { PendingInputs } from './sms/PendingInputs';

interface Swept {
  readonly gatewayNodes: GatewayNodes;
  readonly subscriptions: GatewaySubscriptions;
  readonly sidebar: Sidebar;
  readonly pendingInputs: PendingInputs;
  keepSimulators(): Promise<void>;
}

/**
 * What is done after every start of the flows. A deploy may replace a gateway node by one that can't start: the queue of the
 * former one must not go on.
 */
export async function sweep(runtime: Swept, getGateways: () => Gateways | undefined): Promise<void> {
  const { gatewayNodes, subscriptions, sidebar, pendingInputs } = runtime;
  const nodes = gatewayNodes.all();
  await Promise.allSettled(nodes.map((node) => node.gateway()));
  const gateways = getGateways();
  if (!gateways) return;
  const missing = gateways.ids().filter((id) => !gatewayNodes.get(id)?.works);
  await Promise.all(missing.map((id) => gateways.leave(id)));
  await runtime.keepSimulators();
  subscriptions.review();
  sidebar.forgetOthers();
  for (const { id, node } of nodes) if (gateways.differs(id)) showOtherSettings(node);
  pendingInputs.show();
}
