import type { Clock } from '../../clock';
import { type Gateway, type Gateways, Health, type KnownGateway } from '../../messaging';
import type { Store } from '../../store';
import type { GatewayNodes } from '../gateways/GatewayNodes';
import { flows } from '../handOn';

export interface HealthParts {
  clock: Clock;
  store: Store;
  gateways: Pick<Gateways, 'of'>;
  nodes: Pick<GatewayNodes, 'all'>;
  /** Whether what waits for a gateway node was meant to last and doesn't. */
  isLost: (gateway: string) => boolean;
  onError: (error: Error) => void;
}

/** Makes what works out how the gateways of this Node-RED do. */
export function createHealth({ clock, store, gateways, nodes, isLost, onError }: HealthParts): Health {
  return new Health({
    ...{ clock, store, flows, onError },
    getGateways: () => knownGateways(nodes, (id) => gateways.of(id)),
    getSims: async ({ ids }) => gateways.of(ids[0] ?? '')?.sims.facts(),
    isDurable: ({ ids, gateway }) => gateway.obstacle !== 'STORE_UNAVAILABLE' && !ids.some(isLost),
  });
}

/** The gateways in use, each once: config nodes with one address share it, and are named in the order of the flow file. */
function knownGateways(
  nodes: Pick<GatewayNodes, 'all'>,
  getGateway: (id: string) => Gateway | undefined,
): KnownGateway[] {
  const ids = new Map<Gateway, string[]>();
  for (const { id } of nodes.all()) {
    const gateway = getGateway(id);
    // Of what another machine talks to, that one tells.
    if (gateway?.isOurs) ids.set(gateway, [...(ids.get(gateway) ?? []), id]);
  }
  return [...ids].map(([gateway, own]) => ({ gateway, ids: own }));
}
