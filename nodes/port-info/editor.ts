import { words } from '../../lib/editor/checks/choices';
import { seconds, wholeNumber } from '../../lib/editor/checks/numbers';
import { ports } from '../../lib/editor/checks/ports';
import { chosenConfig } from '../../lib/editor/configChoice';
import { Form } from '../../lib/editor/Form';
import { portsType } from '../../lib/editor/portPicker';
import type { EditorNode } from '../../lib/editor/red';
import { addStyle } from '../../lib/editor/style';
import { FROM_ELSEWHERE } from '../../lib/editor/types';
import { typedValidator, validator } from '../../lib/editor/validator';
import { pickWords } from '../../lib/editor/wordPicker';
import { defaults, LATER_INFO, MANUAL_INFO, SHORTEST_INTERVAL } from './config';

const TYPE = 'dinstar-port-info';
const form = new Form('node-input', { ...defaults, infoTypes: defaults.info });
addStyle();

// To Node-RED a node's `info` is its description: an array there would break the sidebar and the dialog.
RED.events.on('nodes:add', (node) => {
  if (node.type !== TYPE || !Array.isArray(node.info)) return;
  node.infoTypes = node.info;
  node.info = undefined;
});

/** What a watching node is called in the flow while it has no name. */
function watchLabel(node: EditorNode): string {
  if (node.portsType !== undefined && node.portsType !== 'str') return node._('label.watchSome');
  const named = String(node.ports ?? '').trim();
  return named === '' || named.toLowerCase() === 'all'
    ? node._('label.watchAll')
    : node._('label.watchPorts', { ports: named });
}

RED.nodes.registerType('dinstar-port-info', {
  category: 'GSM gateway',
  color: '#6fbfb1',
  icon: 'port-info.svg',
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
    ports: {
      value: defaults.ports,
      validate: typedValidator('common.label.ports', form, 'ports', {
        str: ports,
        msg: (_value, sibling) => (sibling('mode') === 'watch' ? { key: 'error.noMessage' } : undefined),
      }),
    },
    portsType: { value: defaults.portsType },
    infoTypes: { value: defaults.info, validate: validator('label.info', form, words) },
    mode: { value: defaults.mode },
    interval: { value: defaults.interval, validate: validator('label.interval', form, seconds(SHORTEST_INTERVAL)) },
    signalStep: { value: defaults.signalStep, validate: validator('label.signalStep', form, wholeNumber(0, 31)) },
    output: { value: defaults.output },
    // The editor's own: whether an input is drawn.
    inputs: { value: 1 },
  },
  paletteLabel() {
    return this._('label.palette');
  },
  label() {
    return this.name || (this.mode === 'watch' ? watchLabel(this) : this._('label.palette'));
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  outputLabels() {
    return this._(this.mode === 'watch' ? 'output.changes' : 'output.ports');
  },
  oneditprepare() {
    form.open(this);
    form.typed('ports', [portsType(this), ...FROM_ELSEWHERE]);
    pickWords(this, form, 'infoTypes', [...MANUAL_INFO, ...LATER_INFO]);
    form.whenever(['mode'], () => {
      const isWatching = form.read(this, 'mode') === 'watch';
      form.find('.dinstar-watching').toggle(isWatching);
      form.find('.dinstar-output').toggle(!isWatching);
      form.field('gatewayFrom').closest('.form-row').toggle(!isWatching);
      form.field('inputs').val(isWatching ? 0 : 1);
      // Whether a message may name the ports depends on it.
      form.field('ports').typedInput('validate');
    });
  },
});
