import type { Params } from './Params';
import { malformed } from './Refusal';

/** The ports a request names; at least one has to be there. @throws Refusal 400 when there is none */
export function somePorts(params: Params): number[] {
  const ports = params.ports();
  if (!ports?.length) throw malformed('port is missing');
  return ports;
}
