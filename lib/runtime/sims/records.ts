import type { SimUsage } from '../../messaging';
import type { GatewayIdentity } from '../gateways/GatewayNode';

/** How a SIM stands, with the gateway that it is in (contract, dinstar-sim-care). */
export interface SimRecord extends Omit<SimUsage, 'isUnreadable'> {
  gateway: GatewayIdentity;
}

export const recordsOf = (sims: readonly SimUsage[], gateway: GatewayIdentity): SimRecord[] =>
  sims.map(({ isUnreadable: _, ...sim }) => ({ gateway, ...sim }));
