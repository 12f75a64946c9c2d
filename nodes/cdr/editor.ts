import { seconds, wholeNumber } from '../../lib/editor/checks/numbers';
import { ports } from '../../lib/editor/checks/ports';
import { time } from '../../lib/editor/checks/times';
import { chosenConfig } from '../../lib/editor/configChoice';
import { Form } from '../../lib/editor/Form';
import { portsType } from '../../lib/editor/portPicker';
import type { EditorNode } from '../../lib/editor/red';
import { addStyle } from '../../lib/editor/style';
import { FROM_ELSEWHERE, textType } from '../../lib/editor/types';
import { typedValidator, validator } from '../../lib/editor/validator';
import type { InputType } from '../../lib/editor/widgets';
import { defaults } from './config';

/** Ten years. */
const MOST_HOURS = 87_600;

const form = new Form('node-input', defaults);
addStyle();

const timeValidator = (property: 'timeAfter' | 'timeBefore') =>
  typedValidator(`label.${property}`, form, property, { str: time, hours: wholeNumber(1, MOST_HOURS) });

/** The last so many hours before each question. */
const hoursType = (node: EditorNode): InputType => ({
  value: 'hours',
  label: node._('option.hours'),
  icon: 'fa fa-history',
});

RED.nodes.registerType('dinstar-cdr', {
  category: 'GSM gateway',
  color: '#6fbfb1',
  icon: 'cdr.svg',
  inputs: 1,
  outputs: 1,
  defaults: {
    name: { value: defaults.name },
    gateway: {
      value: defaults.gateway,
      type: 'dinstar-gateway',
      // A message that chooses the gateway comes only where there is an input.
      validate: chosenConfig(
        'common.label.gateway',
        form,
        (sibling) => sibling('gatewayFrom') !== 'msg' || sibling('mode') === 'new',
      ),
    },
    gatewayFrom: { value: defaults.gatewayFrom },
    mode: { value: defaults.mode },
    ports: { value: defaults.ports, validate: typedValidator('common.label.ports', form, 'ports', { str: ports }) },
    portsType: { value: defaults.portsType },
    timeAfter: { value: defaults.timeAfter, validate: timeValidator('timeAfter') },
    timeAfterType: { value: defaults.timeAfterType },
    timeBefore: { value: defaults.timeBefore, validate: timeValidator('timeBefore') },
    timeBeforeType: { value: defaults.timeBeforeType },
    interval: { value: defaults.interval, validate: validator('label.interval', form, seconds(1)) },
    output: { value: defaults.output },
    // The editor's own: whether an input is drawn.
    inputs: { value: 1 },
  },
  paletteLabel() {
    return this._('label.palette');
  },
  label() {
    return this.name || this._((this.mode ?? defaults.mode) === 'new' ? 'label.new' : 'label.palette');
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  outputLabels() {
    return this._((this.output ?? defaults.output) === 'each' ? 'output.each' : 'output.array');
  },
  oneditprepare() {
    form.open(this);
    form.typed('ports', [portsType(this), ...FROM_ELSEWHERE]);
    form.typed('timeAfter', [textType(), hoursType(this), ...FROM_ELSEWHERE]);
    form.typed('timeBefore', [textType(), ...FROM_ELSEWHERE]);
    form.whenever(['mode'], () => {
      const isNew = form.read(this, 'mode') === 'new';
      form.field('inputs').val(isNew ? 0 : 1);
      form.find('.dinstar-new').toggle(isNew);
      form.find('.dinstar-asked').toggle(!isNew);
      form.field('gatewayFrom').closest('.form-row').toggle(!isNew);
    });
  },
});
