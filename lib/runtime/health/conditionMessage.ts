import type { ConditionEvent, GatewayFacts } from '../../messaging';
import type { GatewayIdentity } from '../gateways/GatewayNode';
import type { GatewayNodes } from '../gateways/GatewayNodes';
import type { Message, Red } from '../red';
import { aloneText, conditionText } from './conditionText';
import { gatewayToSendBy } from './gatewayToSendBy';

export interface ConditionContext {
  facts: readonly GatewayFacts[];
  nodes: Pick<GatewayNodes, 'get'>;
  translate: Red['_'];
}

/** The message that tells of a condition (contract, dinstar-watch): about one gateway, to be sent by another. */
export function conditionMessage(event: ConditionEvent, { facts, nodes, translate }: ConditionContext): Message {
  const { condition, state, since, value, threshold, sim } = event;
  const gateway = identityOf(event, nodes);
  const sendBy = gatewayToSendBy(facts, nodes, event.gateway)?.identity;
  const told = conditionText(event, gateway?.name ?? '', translate);
  const text = sendBy ? told : `${told} ${aloneText(translate)}`;
  return {
    topic: condition,
    payload: {
      ...{ condition, state, since_iso: new Date(since).toISOString(), value: value ?? null, threshold },
      ...(gateway && { gateway }),
      ...(sim && { sim }),
      text,
      ...(!sendBy && { alone: true }),
    },
    ...(sendBy && { gateway: sendBy }),
  };
}

/** Which gateway a condition is about, as messages say it. */
function identityOf(
  { gateway }: Pick<ConditionEvent, 'gateway'>,
  nodes: Pick<GatewayNodes, 'get'>,
): GatewayIdentity | undefined {
  if (gateway === undefined) return undefined;
  return nodes.get(gateway)?.identity ?? { id: gateway, name: gateway };
}
