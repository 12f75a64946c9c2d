import { GatewayError } from '../../gateway-api';
import type { PortReader } from './PortReader';

/** Resolves with the numbers of all ports that a gateway has, ascending (manual 10). Rejects with what asking fails with. */
export async function allPorts(reader: Pick<PortReader, 'read'>, signal?: AbortSignal): Promise<number[]> {
  const { ports } = await reader.read({ info: ['reg'] }, { kind: 'command', signal });
  if (ports.length === 0) throw new GatewayError('BAD_REPLY', 'The gateway tells of no port', 'no');
  return ports.map(({ port }) => port).sort((one, other) => one - other);
}
