import type { Gateway } from '../device/Gateway';
import type { GsmPort } from '../device/GsmPort';
import type { Params } from './Params';
import { malformed, Refusal } from './Refusal';

/** The port a request names. @throws Refusal 400 without a port, 500 without a SIM in it */
export function portWithSim(gateway: Gateway, params: Params): GsmPort {
  const number = params.integer('port', 0, 31);
  if (number === undefined) throw malformed('port is missing');
  const port = gateway.ports[number];
  if (!port?.card) throw new Refusal(500, 'no SIM in this port');
  return port;
}
