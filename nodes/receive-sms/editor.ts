import { hours, seconds } from '../../lib/editor/checks/numbers';
import { ports } from '../../lib/editor/checks/ports';
import { chosenConfig } from '../../lib/editor/configChoice';
import { Form } from '../../lib/editor/Form';
import { portsType } from '../../lib/editor/portPicker';
import { addStyle } from '../../lib/editor/style';
import { validator } from '../../lib/editor/validator';
import { defaults, LEAST_INTERVAL, MOST_REPLY_HOURS } from './config';

const form = new Form('node-input', defaults);
addStyle();

RED.nodes.registerType('dinstar-receive-sms', {
  category: 'GSM gateway',
  color: '#6fbfb1',
  icon: 'receive-sms.svg',
  inputs: 0,
  outputs: 1,
  defaults: {
    name: { value: defaults.name },
    gateway: {
      value: defaults.gateway,
      type: 'dinstar-gateway',
      // Only an input may bring another one.
      validate: chosenConfig(
        'common.label.gateway',
        form,
        (sibling) => sibling('mode') !== 'input' || sibling('gatewayFrom') !== 'msg',
      ),
    },
    gatewayFrom: { value: defaults.gatewayFrom },
    mode: { value: defaults.mode },
    interval: { value: defaults.interval, validate: validator('label.interval', form, seconds(LEAST_INTERVAL)) },
    ports: { value: defaults.ports, validate: validator('label.ports', form, ports) },
    backlog: { value: defaults.backlog },
    output: { value: defaults.output },
    replyWindow: {
      value: defaults.replyWindow,
      validate: validator('label.replyWindow', form, hours(MOST_REPLY_HOURS)),
    },
    // The editor's own: whether an input is drawn.
    inputs: { value: 0 },
  },
  paletteLabel() {
    return this._('label.palette');
  },
  label() {
    if (this.name) return this.name;
    const chosen = String(this.ports ?? '').trim();
    const isAll = chosen === '' || chosen.toLowerCase() === 'all';
    return isAll ? this._('label.palette') : this._('label.fromPorts', { ports: chosen });
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  inputLabels() {
    return this._('label.readNew');
  },
  outputLabels() {
    return this._('output.sms');
  },
  oneditprepare() {
    form.open(this);
    form.field('ports').typedInput({ types: [portsType(this)], default: 'str' });
    form.whenever(['mode'], () => {
      const asks = form.read(this, 'mode') === 'input';
      form.field('inputs').val(asks ? 1 : 0);
      form.find('.dinstar-polls').toggle(!asks);
      form.find('.dinstar-asks').toggle(asks);
      form.field('gatewayFrom').closest('.form-row').toggle(asks);
    });
  },
});
