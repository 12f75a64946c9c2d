import { namedPorts } from '../../lib/editor/checks/namedPorts';
import { seconds } from '../../lib/editor/checks/numbers';
import { jsonUssdCodes, ussdCode } from '../../lib/editor/checks/ussdCode';
import { Form } from '../../lib/editor/form';
import { chosenGateway } from '../../lib/editor/gatewayChoice';
import { portsType } from '../../lib/editor/portPicker';
import { addStyle } from '../../lib/editor/style';
import { textType } from '../../lib/editor/types';
import { typedValidator, validator } from '../../lib/editor/validator';
import { defaults } from './config';

/** What the node is called in the flow, while it has no name: what it does, and with which code where that is fixed. */
const LABELS: Record<string, string> = {
  dialog: 'label.palette',
  send: 'label.send',
  read: 'label.read',
  cancel: 'label.cancel',
};
const OUTPUTS = ['output.replies', 'output.unsolicited'];

const form = new Form('node-input', defaults);
addStyle();

RED.nodes.registerType('dinstar-ussd', {
  category: 'GSM gateway',
  color: '#6fbfb1',
  icon: 'ussd.svg',
  inputs: 1,
  outputs: 2,
  defaults: {
    name: { value: defaults.name },
    gateway: { value: defaults.gateway, type: 'dinstar-gateway', validate: chosenGateway(form) },
    gatewayFrom: { value: defaults.gatewayFrom },
    action: { value: defaults.action },
    ports: { value: defaults.ports, validate: typedValidator('label.ports', form, 'ports', { str: namedPorts }) },
    portsType: { value: defaults.portsType },
    text: {
      value: defaults.text,
      validate: typedValidator('label.text', form, 'text', { str: ussdCode, json: jsonUssdCodes }),
    },
    textType: { value: defaults.textType },
    wait: { value: defaults.wait, validate: validator('label.wait', form, seconds(1)) },
    output: { value: defaults.output },
  },
  paletteLabel() {
    return this._('label.palette');
  },
  label() {
    if (this.name) return this.name;
    const action = this._(LABELS[String(this.action)] ?? 'label.palette');
    const sends = ['dialog', 'send'].includes(String(this.action ?? defaults.action));
    return sends && this.textType === 'str' && this.text ? `${action} ${this.text}` : action;
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  outputLabels(index) {
    return this._(OUTPUTS[index] ?? '');
  },
  oneditprepare() {
    form.open(this);
    form.typed('ports', [
      'msg',
      portsType(this._('label.ports'), this._('tip.ports')),
      'flow',
      'global',
      'jsonata',
      'env',
    ]);
    form.typed('text', ['msg', textType(), 'json', 'flow', 'global', 'jsonata', 'env']);
    form.whenever(['action'], () => {
      const action = form.read(this, 'action');
      form.find('.dinstar-dialog').toggle(action === 'dialog');
      form.find('.dinstar-sends').toggle(action === 'dialog' || action === 'send');
    });
  },
});
