import {
  fixedSimAction,
  iccid,
  noParam,
  restSeconds,
  simPort,
  takesParam,
  usedLimit,
} from '../../lib/editor/checks/simParam';
import { chosenConfig } from '../../lib/editor/configChoice';
import { Form } from '../../lib/editor/Form';
import type { EditorNode } from '../../lib/editor/red';
import { addStyle } from '../../lib/editor/style';
import { typedLabel } from '../../lib/editor/typedLabel';
import { choiceType, FROM_ELSEWHERE, numberType, textType } from '../../lib/editor/types';
import { typedValidator } from '../../lib/editor/validator';
import type { InputType } from '../../lib/editor/widgets';
import { defaults } from './config';

const ACTIONS = {
  usage: 'option.action.usage',
  reset: 'option.action.reset',
  rest: 'option.action.rest',
  wake: 'option.action.wake',
  set: 'option.action.set',
};

const form = new Form('node-input', defaults);
addStyle();

/** What a fixed param is: seconds of a rest, what is used as JSON, else either. */
function paramTypes(action: string): (string | InputType)[] {
  if (action === 'rest') return [numberType(), ...FROM_ELSEWHERE];
  return action === 'set' ? ['json', ...FROM_ELSEWHERE] : [textType(), numberType(), 'json', ...FROM_ELSEWHERE];
}

/** What a node that is asked does, while it has no name. */
function deed(node: EditorNode): string {
  if ((node.actionType ?? defaults.actionType) !== 'str') return node._('label.palette');
  const action = String(node.action ?? defaults.action);
  const port = node.port ?? defaults.port;
  if (['num', 'str'].includes(String(node.portType)) && String(port).trim() !== '') {
    return node._('label.onPort', { action, port: String(port) });
  }
  return action === 'usage'
    ? node._('label.usage')
    : `${action} → ${typedLabel(port, node.portType ?? defaults.portType)}`;
}

RED.nodes.registerType('dinstar-sim-care', {
  category: 'GSM gateway',
  color: '#6fbfb1',
  icon: 'sim-care.svg',
  inputs: 1,
  outputs: 1,
  defaults: {
    name: { value: defaults.name },
    gateway: {
      value: defaults.gateway,
      type: 'dinstar-gateway',
      validate: chosenConfig('common.label.gateway', form, (sibling) => {
        return sibling('mode') === 'watch' || sibling('gatewayFrom') !== 'msg';
      }),
    },
    gatewayFrom: { value: defaults.gatewayFrom },
    mode: { value: defaults.mode },
    action: { value: defaults.action },
    actionType: { value: defaults.actionType },
    port: {
      value: defaults.port,
      validate: typedValidator('label.port', form, 'port', { num: simPort, str: simPort }),
    },
    portType: { value: defaults.portType },
    iccid: { value: defaults.iccid, validate: typedValidator('label.iccid', form, 'iccid', { str: iccid }) },
    iccidType: { value: defaults.iccidType },
    param: {
      value: defaults.param,
      validate: typedValidator('label.param', form, 'param', { str: noParam, num: restSeconds, json: usedLimit }),
    },
    paramType: { value: defaults.paramType },
    // The editor's own: whether an input is drawn.
    inputs: { value: 1 },
  },
  paletteLabel() {
    return this._('label.palette');
  },
  label() {
    return this.name || (this.mode === 'watch' ? this._('label.watch') : deed(this));
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  outputLabels() {
    return this._(this.mode === 'watch' ? 'output.events' : 'output.sims');
  },
  oneditprepare() {
    form.open(this);
    form.typed('action', [choiceType(this, ACTIONS), ...FROM_ELSEWHERE]);
    form.typed('port', ['msg', numberType(), 'flow', 'global', 'jsonata', 'env']);
    form.typed('iccid', ['msg', textType(), 'flow', 'global', 'jsonata', 'env']);
    let shown = fixedSimAction((property) => form.read(this, property));
    form.typed('param', paramTypes(shown));
    form.whenever(['action'], () => {
      const action = fixedSimAction((property) => form.read(this, property));
      form.find('.dinstar-param').toggle(takesParam(action));
      if (action !== shown) form.field('param').typedInput('types', form.checked('param', paramTypes(action)));
      shown = action;
      form.field('param').typedInput('validate');
    });
    // Whether one of them is needed depends on the others.
    form.whenever(['action', 'port', 'iccid'], () => {
      for (const property of ['port', 'iccid']) form.field(property).typedInput('validate');
    });
    form.whenever(['mode'], () => {
      const isWatching = form.read(this, 'mode') === 'watch';
      form.find('.dinstar-watching').toggle(isWatching);
      form.find('.dinstar-asked').toggle(!isWatching);
      form.field('gatewayFrom').closest('.form-row').toggle(!isWatching);
      form.field('inputs').val(isWatching ? 0 : 1);
    });
  },
});
