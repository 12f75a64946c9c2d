import type { EditorNode } from './red';

const SEND = 'dinstar-send-sms';

/**
 * The `send sms` nodes behind a node that always send by one of these gateways: they can't tell that this one is down.
 * @param gateways ids; none = all
 */
export function fixedSenders(node: EditorNode, gateways: readonly string[]): EditorNode[] {
  const isWatched = (id: string): boolean => gateways.length === 0 || gateways.includes(id);
  return RED.nodes
    .getAllDownstreamNodes(node)
    .filter(({ type, gatewayFrom, gateway }) => type === SEND && gatewayFrom !== 'msg' && isWatched(String(gateway)));
}
