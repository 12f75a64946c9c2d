import { wholeNumber } from '../../lib/editor/checks/numbers';
import { chosenGateway } from '../../lib/editor/configChoice';
import { Form } from '../../lib/editor/Form';
import { addStyle } from '../../lib/editor/style';
import { typedLabel } from '../../lib/editor/typedLabel';
import { numberType } from '../../lib/editor/types';
import { typedValidator } from '../../lib/editor/validator';
import { defaults } from './config';

const form = new Form('node-input', defaults);
addStyle();

RED.nodes.registerType('dinstar-stop-sms', {
  category: 'GSM gateway',
  color: '#6fbfb1',
  icon: 'stop-sms.svg',
  inputs: 1,
  outputs: 1,
  defaults: {
    name: { value: defaults.name },
    gateway: { value: defaults.gateway, type: 'dinstar-gateway', validate: chosenGateway(form) },
    gatewayFrom: { value: defaults.gatewayFrom },
    task: { value: defaults.task, validate: typedValidator('label.task', form, 'task', { num: wholeNumber(0) }) },
    taskType: { value: defaults.taskType },
  },
  paletteLabel() {
    return this._('label.palette');
  },
  label() {
    if (this.name) return this.name;
    return this._('label.stop', { task: typedLabel(this.task ?? defaults.task, this.taskType ?? defaults.taskType) });
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  outputLabels() {
    return this._('output.stopped');
  },
  oneditprepare() {
    form.open(this);
    form.typed('task', ['msg', numberType(), 'json', 'jsonata', 'flow', 'global', 'env']);
  },
});
