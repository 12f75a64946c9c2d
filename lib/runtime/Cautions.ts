import type { Gateways } from '../messaging';
import type { GatewayNodes } from './gateways/GatewayNodes';
import type { Status } from './red';
import { differsFrom, follows, NOT_DURABLE, OTHER_SETTINGS, otherStore } from './status';
import type { StoreNodes, StoreProperties } from './stores/StoreNodes';

/** What the cautions are about, as the shared runtime has it. */
interface Cautioned {
  readonly gateways: Gateways;
  readonly gatewayNodes: Pick<GatewayNodes, 'get'>;
  readonly storeNodes: StoreNodes;
  /** What messages are kept by; `memory` where this Node has no SQLite. */
  readonly storedBy: string;
}

/** What somebody who uses a gateway node should know of it. */
export class Cautions {
  constructor(private readonly runtime: Cautioned) {}

  of(gateway: string): Status | undefined {
    const { gateways } = this.runtime;
    const connected = gateways.of(gateway);
    const elsewhere = connected?.lease?.keptElsewhere;
    if (elsewhere !== undefined) return otherStore(elsewhere);
    if (gateways.differs(gateway)) return OTHER_SETTINGS;
    if (connected && !connected.isOurs) return follows(connected.lease?.holder);
    const other = gateways.sharing?.others.differences().find(({ id }) => id === gateway);
    if (other) return differsFrom(other.machine);
    return this.isLost(gateway) ? NOT_DURABLE : undefined;
  }

  /** Whether what waits for a gateway was meant to last and doesn't. */
  readonly isLost = (gateway: string): boolean => {
    const { gatewayNodes, storedBy } = this.runtime;
    return gatewayNodes.get(gateway) !== undefined && this.storeOf(gateway).kind === 'file' && storedBy === 'memory';
  };

  readonly isInMemory = (gateway: string): boolean => this.storeOf(gateway).kind === 'memory';

  /** Whether its messages are kept where other machines have them, too. */
  readonly isShared = (gateway: string): boolean => this.storeOf(gateway).kind === 'postgres';

  /** The store that a gateway node has chosen. */
  storeOf(gateway: string): StoreProperties {
    const { gatewayNodes, storeNodes } = this.runtime;
    return storeNodes.of(gatewayNodes.get(gateway)?.properties.store ?? '');
  }
}
