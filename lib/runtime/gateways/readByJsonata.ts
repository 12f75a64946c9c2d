import type { Red } from '../red';
import { evaluate } from '../typedInput';

/**
 * What an expression of a gateway node's plans finds in an operator's text, its `payload`; undefined while none of the nodes is
 * there. Rejects when it fails.
 */
export async function readByJsonata(
  red: Red,
  members: readonly string[],
  { expression, text }: { expression: string; text: string },
): Promise<unknown> {
  const node = members.map((id) => red.nodes.getNode(id)).find((found) => found !== null);
  if (!node) return undefined;
  return evaluate(red, node, { _msgid: '', payload: text }, { field: 'plans', value: expression, type: 'jsonata' });
}
