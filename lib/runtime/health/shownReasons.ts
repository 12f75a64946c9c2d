import type { ConditionEvent } from '../../messaging';
import type { GatewayIdentity } from '../gateways/GatewayNode';
import type { GatewayNodes } from '../gateways/GatewayNodes';
import type { Red } from '../red';
import { conditionText } from './conditionText';

/** A condition that is raised, as it is shown. */
export interface ShownReason {
  condition: ConditionEvent['condition'];
  gateway?: GatewayIdentity;
  /** Since when it is so (ms since 1970). */
  since: number;
  text: string;
}

/** What is wrong, by the words of the watch. */
export const shownReasons = (
  reasons: readonly ConditionEvent[],
  nodes: Pick<GatewayNodes, 'get'>,
  red: Pick<Red, '_'>,
): ShownReason[] =>
  reasons.map((event) => {
    const gateway = event.gateway === undefined ? undefined : nodes.get(event.gateway)?.identity;
    const text = conditionText(event, gateway?.name ?? event.gateway ?? '', (key, values) => red._(key, values));
    return { condition: event.condition, ...(gateway && { gateway }), since: event.since, text };
  });
