import { GatewayError } from '../../gateway-api';
import type { Gateway } from '../Gateway';

/** The numbers of all ports that a gateway has, ascending (manual 10). Rejects with what asking fails with. */
export async function allPorts(gateway: Gateway, signal?: AbortSignal): Promise<number[]> {
  const turn = { kind: 'command' as const, share: 'all ports', signal };
  const { info } = await gateway.requests.run(turn, (api, given) =>
    api.getPortInfo({ info_type: ['reg'] }, { signal: given }),
  );
  gateway.knownPorts.note(info);
  if (info.length === 0) throw new GatewayError('BAD_REPLY', 'The gateway tells of no port', 'no');
  return info.map(({ port }) => port).sort((one, other) => one - other);
}
