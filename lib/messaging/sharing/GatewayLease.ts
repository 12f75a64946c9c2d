import { GatewayError, type RequestLease } from '../../gateway-api';

/** Whether a gateway is this machine's to talk to, where several share a store. */
export interface GatewayLease extends RequestLease {
  readonly isHeld: boolean;
  /** The name of the machine that has it instead, as far as is known. */
  readonly holder: string | undefined;
}

/** Of a gateway that nobody has a lease of yet. */
export const NO_LEASE: GatewayLease = {
  isHeld: false,
  holder: undefined,
  left: 0,
  timeout: 0,
  untilLeft: () => Promise.resolve(),
};

/** What a question gets that comes to a machine which doesn't talk to the gateway. */
export const followsError = (holder: string | undefined): GatewayError =>
  new GatewayError('BUSY', `${holder ?? 'No machine'} talks to this gateway now; ask again later`, 'no');
