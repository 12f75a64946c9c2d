import { GatewayError, type RequestLease } from '../../gateway-api';

/** Whether a gateway is this machine's to talk to, where several share a store. */
export interface GatewayLease extends RequestLease {
  readonly isHeld: boolean;
  /** The name of the machine that has it instead, as far as is known. */
  readonly holder: string | undefined;
  /** The name of a machine that keeps this gateway's SMS in another store: then none of both talks to it. */
  readonly keptElsewhere: string | undefined;
}

/** Of a gateway that nobody has a lease of yet. */
export const NO_LEASE: GatewayLease = {
  isHeld: false,
  holder: undefined,
  keptElsewhere: undefined,
  left: 0,
  timeout: 0,
  untilLeft: () => Promise.resolve(),
};

/** What a question gets that comes to a machine which doesn't talk to the gateway. */
export function followsError({ holder, keptElsewhere }: Partial<GatewayLease> = {}): GatewayError {
  if (keptElsewhere !== undefined) return splitError(keptElsewhere);
  return new GatewayError('BUSY', `${holder ?? 'No machine'} talks to this gateway now; ask again later`, 'no');
}

const splitError = (machine: string): GatewayError =>
  new GatewayError(
    'NOT_CONFIGURED',
    `store: ${machine} keeps the SMS of this gateway in another store, so that nobody talks to it; choose the same on both`,
    'no',
    { field: 'store' },
  );
