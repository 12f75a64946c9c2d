import { canaryHours, canaryNumbers, showCanary } from '../../lib/editor/canaryCost';
import { checkConditions, readConditions, showConditions } from '../../lib/editor/conditionRows';
import { chosenConfigs } from '../../lib/editor/configChoice';
import { Form } from '../../lib/editor/Form';
import { fixedSenders } from '../../lib/editor/fixedSenders';
import type { EditorNode } from '../../lib/editor/red';
import { addStyle } from '../../lib/editor/style';
import { validator } from '../../lib/editor/validator';
import { pickWords } from '../../lib/editor/wordPicker';
import { defaults } from './config';

const form = new Form('node-input', defaults);
addStyle();

/** The gateway nodes of all flows, by their ids. */
function gatewayNodes(): Map<string, string> {
  const found = new Map<string, string>();
  RED.nodes.eachConfig((config) => {
    if (config.type === 'dinstar-gateway') found.set(config.id, config.name || String(config.url ?? '') || config.id);
    return true;
  });
  return found;
}

RED.nodes.registerType('dinstar-watch', {
  category: 'GSM gateway',
  color: '#6fbfb1',
  icon: 'watch.svg',
  inputs: 0,
  outputs: 2,
  defaults: {
    name: { value: defaults.name },
    gateways: {
      ...{ value: defaults.gateways, type: 'dinstar-gateway[]', required: false },
      validate: chosenConfigs('label.gateways', form),
    },
    metrics: { value: defaults.metrics, type: 'dinstar-metrics', required: false },
    canary: { value: defaults.canary, validate: validator('label.canary', form, canaryHours) },
    canaryNumbers: {
      value: defaults.canaryNumbers,
      validate: validator('label.canaryNumbers', form, canaryNumbers),
    },
    conditions: {
      value: defaults.conditions,
      // Two parameters: by their number Node-RED knows that a text is a message.
      validate(value, _options) {
        return checkConditions(this as EditorNode, value);
      },
    },
  },
  paletteLabel() {
    return this._('label.palette');
  },
  label() {
    return this.name || this._('label.palette');
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  outputLabels(index) {
    return this._(index === 0 ? 'output.conditions' : 'output.heartbeat');
  },
  oneditprepare() {
    form.open(this);
    const known = gatewayNodes();
    pickWords(this, form, 'gateways', [...known.keys()], (id) => known.get(id) ?? id);
    form.whenever(['gateways'], () => {
      const senders = fixedSenders(this, (form.field('gateways').val() as string[] | null) ?? []);
      const names = senders.map(({ name, id }) => name || id).join(', ');
      form
        .find('.dinstar-fixed')
        .text(this._('tip.fixed', { names }))
        .attr('hidden', names === '' ? 'hidden' : null);
    });
    showConditions(this, form.find('.dinstar-conditions'));
    showCanary(this, form);
  },
  oneditsave() {
    this.conditions = readConditions(form.find('.dinstar-conditions'));
  },
});
