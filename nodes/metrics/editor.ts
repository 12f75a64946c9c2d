import { wholeNumber } from '../../lib/editor/checks/numbers';
import { addresses, pushPath, token } from '../../lib/editor/checks/push';
import { Form } from '../../lib/editor/Form';
import { pushUrl } from '../../lib/editor/pushUrl';
import { randomToken } from '../../lib/editor/randomToken';
import { addStyle } from '../../lib/editor/style';
import { validator } from '../../lib/editor/validator';
import { defaults } from './config';

const form = new Form('node-config-input', defaults);
addStyle();

RED.nodes.registerType('dinstar-metrics', {
  category: 'config',
  color: '#6fbfb1',
  defaults: {
    name: { value: defaults.name },
    path: { value: defaults.path, validate: validator('label.path', form, pushPath) },
    listen: { value: defaults.listen, validate: validator('label.listen', form, wholeNumber(0, 65535)) },
    allow: { value: defaults.allow, validate: validator('label.allow', form, addresses) },
    trustProxy: { value: defaults.trustProxy, validate: validator('label.trustProxy', form, addresses) },
  },
  credentials: {
    token: { type: 'password', validate: validator('label.token', form, token) },
  },
  paletteLabel() {
    return this._('label.palette');
  },
  label() {
    return this.name || `${this._('label.palette')} ${String(this.path ?? defaults.path)}`;
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  oneditprepare() {
    form.open(this);
    // Only one that is just being made isn't in the flows yet: one that was saved without a token works on without.
    if (!RED.nodes.node(this.id)) form.field('token').val(randomToken());
    const url = (): string => {
      const place = pushUrl({
        editor: window.location,
        httpNodeRoot: RED.settings.httpNodeRoot,
        path: form.read(this, 'path'),
        listen: form.read(this, 'listen'),
        token: String(form.field('token').val()),
      });
      return `${place}/metrics`;
    };
    form.whenever(['path', 'listen', 'token'], () => {
      form.find('.dinstar-metrics-url').text(url());
    });
    form.find('.dinstar-copy').on('click', function () {
      RED.clipboard.copyText(url(), $(this), '');
    });
    form.find('.dinstar-new-token').on('click', () => {
      form.field('token').val(randomToken()).trigger('change');
    });
  },
});
