import { seconds } from '../../lib/editor/checks/numbers';
import { onePort } from '../../lib/editor/checks/ports';
import { walk } from '../../lib/editor/checks/walk';
import { chosenGateway } from '../../lib/editor/configChoice';
import { Form } from '../../lib/editor/Form';
import type { EditorNode, Validate } from '../../lib/editor/red';
import { addStyle } from '../../lib/editor/style';
import { FROM_ELSEWHERE, numberType, textType } from '../../lib/editor/types';
import { typedValidator, validator } from '../../lib/editor/validator';
import { defaults } from './config';

/** What each action is called in the flow, while the node has no name of its own. */
const ACTION_LABELS: Record<string, string> = {
  view: 'label.view',
  select: 'label.select',
  input: 'label.input',
  ok: 'label.ok',
  cancel: 'label.cancel',
  home: 'label.home',
  frame: 'label.frame',
  walk: 'label.walk',
};
/** Actions that change nothing wait for no frame. */
const LOOKING = ['view', 'frame'];

const form = new Form('node-input', defaults);
addStyle();

/** A field counts only for the actions that show it. */
const only = (actions: string[], validate: Validate): Validate =>
  function (value, options) {
    return actions.includes(form.read(this, 'action')) ? validate.call(this, value, options) : true;
  };

RED.nodes.registerType('dinstar-stk', {
  category: 'GSM gateway',
  color: '#6fbfb1',
  icon: 'stk.svg',
  inputs: 1,
  outputs: 1,
  defaults: {
    name: { value: defaults.name },
    gateway: { value: defaults.gateway, type: 'dinstar-gateway', validate: chosenGateway(form) },
    gatewayFrom: { value: defaults.gatewayFrom },
    port: {
      value: defaults.port,
      validate: typedValidator('label.port', form, 'port', { str: onePort, num: onePort }),
    },
    portType: { value: defaults.portType },
    action: { value: defaults.action },
    item: { value: defaults.item, validate: only(['select'], typedValidator('label.item', form, 'item', {})) },
    itemType: { value: defaults.itemType },
    param: {
      value: defaults.param,
      validate: function (value, options) {
        const steps = form.read(this, 'action') === 'walk' ? { json: walk } : undefined;
        const check = only(['input', 'walk'], typedValidator('label.param', form, 'param', steps ?? {}));
        return check.call(this, value, options);
      },
    },
    paramType: { value: defaults.paramType },
    wait: { value: defaults.wait, validate: validator('label.wait', form, seconds(1, 3600)) },
  },
  paletteLabel() {
    return this._('label.palette');
  },
  label() {
    return this.name || labelOf(this);
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  outputLabels() {
    return this._(this.action === 'frame' ? 'output.frame' : 'output.view');
  },
  oneditprepare() {
    form.open(this);
    // A flow file may give the number as a text.
    if (form.read(this, 'portType') === 'str') form.field('portType').val('num');
    form.typed('port', [numberType(), ...FROM_ELSEWHERE]);
    form.typed('item', ['msg', textType(), numberType(), 'flow', 'global', 'jsonata', 'env']);
    form.typed('param', ['msg', textType(), numberType(), 'json', 'flow', 'global', 'jsonata', 'env']);
    form.whenever(['action'], () => {
      const action = form.read(this, 'action');
      form.find('.dinstar-item').toggle(action === 'select');
      form.find('.dinstar-param').toggle(action === 'input' || action === 'walk');
      form.find('.dinstar-walk').toggle(action === 'walk');
      form.find('.dinstar-wait').toggle(!LOOKING.includes(action));
      for (const field of ['item', 'param']) form.field(field).typedInput('validate');
    });
  },
});

function labelOf(node: EditorNode): string {
  const label = node._(ACTION_LABELS[String(node.action ?? defaults.action)] ?? 'label.palette');
  const isFixed = node.action === 'select' && ['str', 'num'].includes(String(node.itemType));
  return isFixed ? `${label} ${String(node.item)}` : label;
}
