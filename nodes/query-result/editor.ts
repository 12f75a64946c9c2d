import { chosenGateway } from '../../lib/editor/configChoice';
import { Form } from '../../lib/editor/Form';
import { addStyle } from '../../lib/editor/style';
import { typedValidator } from '../../lib/editor/validator';
import { defaults } from './config';

/** What each query is called in the flow, while the node has no name of its own. */
const QUERY_LABELS: Record<string, string> = {
  result: 'label.result',
  delivery: 'label.delivery',
  queue: 'label.queue',
  status: 'label.status',
};

/** What leaves each. */
const ANSWERS: Record<string, string> = {
  result: 'option.query.result',
  delivery: 'option.query.delivery',
  queue: 'option.query.queue',
  status: 'option.query.status',
};

const form = new Form('node-input', defaults);
addStyle();

RED.nodes.registerType('dinstar-query-result', {
  category: 'GSM gateway',
  color: '#6fbfb1',
  icon: 'query-result.svg',
  inputs: 1,
  outputs: 1,
  defaults: {
    name: { value: defaults.name },
    gateway: { value: defaults.gateway, type: 'dinstar-gateway', validate: chosenGateway(form) },
    gatewayFrom: { value: defaults.gatewayFrom },
    query: { value: defaults.query },
    filter: { value: defaults.filter, validate: typedValidator('label.filter', form, 'filter', {}) },
    filterType: { value: defaults.filterType },
    output: { value: defaults.output },
  },
  paletteLabel() {
    return this._('label.palette');
  },
  label() {
    return this.name || this._(QUERY_LABELS[String(this.query ?? defaults.query)] ?? 'label.palette');
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  outputLabels() {
    return this._(ANSWERS[String(this.query ?? defaults.query)] ?? 'label.palette');
  },
  oneditprepare() {
    form.open(this);
    form.typed('filter', ['msg', 'json', 'jsonata', 'flow', 'global']);
    form.whenever(['query'], () => {
      // The other two answer with one number or one object.
      const hasRecords = ['result', 'delivery'].includes(form.read(this, 'query'));
      form.find('.dinstar-records, .dinstar-output').toggle(hasRecords);
    });
  },
});
