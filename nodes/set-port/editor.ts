import { seconds } from '../../lib/editor/checks/numbers';
import { allowedAction, fixedAction, hasParam, portParam } from '../../lib/editor/checks/portParam';
import { onePort } from '../../lib/editor/checks/ports';
import { chosenGateway } from '../../lib/editor/configChoice';
import { Form } from '../../lib/editor/Form';
import type { EditorNode } from '../../lib/editor/red';
import { addStyle } from '../../lib/editor/style';
import { typedLabel } from '../../lib/editor/typedLabel';
import { choiceType, FROM_ELSEWHERE, numberType, textType } from '../../lib/editor/types';
import { typedValidator, validator } from '../../lib/editor/validator';
import type { InputType } from '../../lib/editor/widgets';
import { defaults } from './config';

const ACTIONS = {
  reset: 'option.action.reset',
  slot: 'option.action.slot',
  power: 'option.action.power',
  imei: 'option.action.imei',
  number: 'option.action.number',
  lock: 'option.action.lock',
  unlock: 'option.action.unlock',
  block: 'option.action.block',
  unblock: 'option.action.unblock',
};
const SLOTS = { 0: 'option.slot.0', 1: 'option.slot.1', 2: 'option.slot.2', 3: 'option.slot.3' };
const POWER = { on: 'option.power.on', off: 'option.power.off' };

const form = new Form('node-input', defaults);
addStyle();

/** A fixed param: a choice where there are few, else a text. */
function fixedParam(node: EditorNode, action: string): InputType {
  if (action === 'slot') return choiceType(node, SLOTS);
  return action === 'power' ? choiceType(node, POWER) : textType();
}

/** What the node does, while it has no name; undefined when messages say. */
function deed(node: EditorNode): string | undefined {
  if ((node.actionType ?? defaults.actionType) !== 'str') return undefined;
  const action = String(node.action ?? defaults.action);
  const isFixed = (node.paramType ?? defaults.paramType) === 'str';
  const param = isFixed && (action === 'slot' || action === 'power') ? String(node.param ?? '') : '';
  const what = `${action} ${param}`.trim();
  return ['num', 'str'].includes(String(node.portType))
    ? node._('label.onPort', { what, port: String(node.port) })
    : `${what} → ${typedLabel(node.port ?? defaults.port, node.portType ?? defaults.portType)}`;
}

RED.nodes.registerType('dinstar-set-port', {
  category: 'GSM gateway',
  color: '#6fbfb1',
  icon: 'set-port.svg',
  inputs: 1,
  outputs: 1,
  defaults: {
    name: { value: defaults.name },
    gateway: { value: defaults.gateway, type: 'dinstar-gateway', validate: chosenGateway(form) },
    gatewayFrom: { value: defaults.gatewayFrom },
    port: {
      value: defaults.port,
      validate: typedValidator('label.port', form, 'port', { num: onePort, str: onePort }),
    },
    portType: { value: defaults.portType },
    action: {
      value: defaults.action,
      validate: typedValidator('label.action', form, 'action', { str: allowedAction }),
    },
    actionType: { value: defaults.actionType },
    param: { value: defaults.param, validate: typedValidator('label.param', form, 'param', { str: portParam }) },
    paramType: { value: defaults.paramType },
    allow: { value: defaults.allow },
    settle: { value: defaults.settle, validate: validator('label.settle', form, seconds()) },
  },
  paletteLabel() {
    return this._('label.palette');
  },
  label() {
    return this.name || deed(this) || this._('label.palette');
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  outputLabels() {
    return this._('output.done');
  },
  oneditprepare() {
    form.open(this);
    form.typed('port', ['msg', numberType(), 'flow', 'global', 'jsonata', 'env']);
    form.typed('action', [choiceType(this, ACTIONS), ...FROM_ELSEWHERE]);
    let shown = fixedAction((property) => form.read(this, property));
    const paramTypes = (action: string) => form.checked('param', [fixedParam(this, action), ...FROM_ELSEWHERE]);
    form.typed('param', [fixedParam(this, shown), ...FROM_ELSEWHERE]);
    form.whenever(['action'], () => {
      const action = fixedAction((property) => form.read(this, property));
      form.find('.dinstar-param').toggle(hasParam(action));
      form.find('.dinstar-any-param').toggle(action === '');
      if (action !== shown) form.field('param').typedInput('types', paramTypes(action));
      shown = action;
    });
    // Whether an action is fine depends on the others.
    form.whenever(['allow', 'param'], () => form.field('action').typedInput('validate'));
    form.whenever(['action'], () => form.field('param').typedInput('validate'));
    form.whenever(['allow'], () => form.find('.dinstar-allowed').toggle(form.read(this, 'allow') === 'true'));
  },
});
