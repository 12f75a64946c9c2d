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
  const [only, ...others] = offeredIn(field);
  if (only !== undefined && others.length === 0) field.val(only).trigger('change');
}

/** Hides the row that asks who chooses the gateway, as long as there is only one and the node doesn't leave it to messages. */
export function hideIdleChoice(node: EditorNode, gateway: JQuery, choice: JQuery): void {
  if (choice.length === 0) return;
  const show = (): void => {
    const matters = node.gatewayFrom === 'msg' || choice.val() === 'msg' || offeredIn(gateway).length > 1;
    choice.closest('.form-row').attr('hidden', matters ? null : 'hidden');
  };
  // Another gateway may be added from this very dialog.
  gateway.on('change', () => setTimeout(show, 0));
  show();
}

const offeredIn = (field: JQuery): string[] =>
  field
    .find('option')
    .toArray()
    .map((option) => String($(option).val()))
    .filter((id) => !NOTHING.includes(id));
