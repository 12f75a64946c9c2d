import type { EditorNode } from './red';

const NOTHING = ['', '_ADD_'];

/**
 * A node that needs a gateway and has none gets the only one that its field offers, as core's MQTT nodes do. It is saved
 * with the dialog, not before.
 */
export function chooseOnlyGateway(node: EditorNode, field: JQuery): void {
  const definition = node._def.defaults.gateway;
  const isNeeded = definition?.type === 'dinstar-gateway' && definition.required !== false;
  if (!isNeeded || node.gatewayFrom === 'msg' || !NOTHING.includes(String(node.gateway ?? ''))) return;
  const offered = field
    .find('option')
    .toArray()
    .map((option) => String($(option).val()))
    .filter((id) => !NOTHING.includes(id));
  const [only, ...others] = offered;
  if (only !== undefined && others.length === 0) field.val(only).trigger('change');
}
