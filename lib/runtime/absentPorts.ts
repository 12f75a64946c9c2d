import { GatewayError, invalidInput } from '../gateway-api';
import type { Gateway } from '../messaging';

/** What a gateway may answer for a port that it doesn't have: "not registered", or an error of its own. */
const MAYBE_NO_SUCH_PORT: ReadonlySet<string> = new Set(['NO_PORT', 'GATEWAY_ERROR', 'BAD_REQUEST', 'NOT_FOUND']);

/** Rejects with `INVALID_INPUT` that names `field` where a gateway that told of its ports has no such one. */
export async function refuseAbsent(
  gateway: Gateway,
  ports: readonly number[] | undefined,
  field: string,
): Promise<void> {
  if (ports === undefined || gateway.knownPorts.last === undefined) return;
  await refuse(gateway, ports, field);
}

/** Does what an input asks of some ports. Where it fails as it would on a port that isn't there, that is looked into. */
export async function onPresent<T>(
  gateway: Gateway,
  ports: readonly number[],
  field: string,
  work: () => Promise<T>,
): Promise<T> {
  await refuseAbsent(gateway, ports, field);
  try {
    return await work();
  } catch (error) {
    if (error instanceof GatewayError && MAYBE_NO_SUCH_PORT.has(error.code)) await refuse(gateway, ports, field);
    throw error;
  }
}

async function refuse(gateway: Gateway, ports: readonly number[], field: string): Promise<void> {
  const error = await absence(gateway, ports, field);
  if (error) throw error;
}

/** What is to be said of ports that a gateway surely doesn't have, which it is asked for; undefined where none is missing. */
export async function absence(
  { knownPorts }: Gateway,
  ports: readonly number[],
  field: string,
): Promise<GatewayError | undefined> {
  const missing = await knownPorts.missing(ports);
  if (missing.length === 0) return undefined;
  return invalidInput(field, `the gateway has no port ${missing.join(', ')}: its ports are 0 to ${knownPorts.last}`);
}
