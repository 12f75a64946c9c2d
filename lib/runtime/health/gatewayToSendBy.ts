import type { GatewayFacts } from '../../messaging';
import type { GatewayNode } from '../gateways/GatewayNode';
import type { GatewayNodes } from '../gateways/GatewayNodes';

/**
 * The gateway by which something can be told, watched or not: one that is up, rather one whose SIMs are known to be ready than one
 * of which nothing is known. Undefined where there is none.
 * @param concerned the config node that it must not be, nor another one with the same address
 */
export function gatewayToSendBy(
  facts: readonly GatewayFacts[],
  nodes: Pick<GatewayNodes, 'get'>,
  concerned: string | undefined,
): GatewayNode | undefined {
  const others = facts.filter(({ ids }) => concerned === undefined || !ids.includes(concerned));
  const up = others.filter(isUp).sort((one, other) => Number(isKnownToSend(other)) - Number(isKnownToSend(one)));
  return up.flatMap(({ ids }) => nodes.get(ids[0] ?? '') ?? [])[0];
}

const isUp = ({ silent, readyPorts }: GatewayFacts): boolean => (silent ?? 0) === 0 && readyPorts?.length !== 0;

const isKnownToSend = ({ silent, readyPorts = [] }: GatewayFacts): boolean => silent === 0 && readyPorts.length > 0;
