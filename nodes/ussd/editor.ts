import { seconds } from '../../lib/editor/checks/numbers';
import { namedPorts } from '../../lib/editor/checks/ports';
import { jsonUssdCodes, ussdCode } from '../../lib/editor/checks/ussdCode';
import { chosenGateway } from '../../lib/editor/configChoice';
import { Form } from '../../lib/editor/Form';
import { portsType } from '../../lib/editor/portPicker';
import { addStyle } from '../../lib/editor/style';
import { typedLabel } from '../../lib/editor/typedLabel';
import { textType } from '../../lib/editor/types';
import { typedValidator, validator } from '../../lib/editor/validator';
import { defaults } from './config';

/** What the node does, as the flow says it while it has no name; the code or the ports follow. */
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
    ports: {
      value: defaults.ports,
      validate: typedValidator('common.label.ports', form, 'ports', { str: namedPorts }),
    },
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
    const action = String(this.action ?? defaults.action);
    const what =
      action === 'dialog' || action === 'send'
        ? typedLabel(this.text ?? defaults.text, this.textType ?? defaults.textType)
        : typedLabel(this.ports ?? defaults.ports, this.portsType ?? defaults.portsType);
    return `${this._(LABELS[action] ?? 'label.palette')} ${what}`;
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  outputLabels(index) {
    return this._(OUTPUTS[index] ?? '');
  },
  oneditprepare() {
    form.open(this);
    form.typed('ports', ['msg', portsType(this, 'tip.ports'), 'flow', 'global', 'jsonata', 'env']);
    form.typed('text', ['msg', textType(), 'json', 'flow', 'global', 'jsonata', 'env']);
    form.whenever(['action'], () => {
      const action = form.read(this, 'action');
      form.find('.dinstar-dialog').toggle(action === 'dialog');
      form.find('.dinstar-sends').toggle(action === 'dialog' || action === 'send');
    });
  },
});
