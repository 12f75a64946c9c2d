import { wholeNumber } from '../../lib/editor/checks/numbers';
import { addresses, pushPath, token } from '../../lib/editor/checks/push';
import { Form } from '../../lib/editor/Form';
import { showLastPush } from '../../lib/editor/lastPush';
import { pushUrl } from '../../lib/editor/pushUrl';
import { randomToken } from '../../lib/editor/randomToken';
import { addStyle } from '../../lib/editor/style';
import { validator } from '../../lib/editor/validator';
import { defaults, SPLIT_TOPICS } from './config';

const form = new Form('node-input', defaults);
addStyle();

RED.nodes.registerType('dinstar-push-receiver', {
  category: 'GSM gateway',
  color: '#6fbfb1',
  icon: 'push-receiver.svg',
  inputs: 0,
  outputs: 1,
  defaults: {
    name: { value: defaults.name },
    path: { value: defaults.path, validate: validator('label.path', form, pushPath) },
    gateway: { value: defaults.gateway, type: 'dinstar-gateway', required: false },
    listen: { value: defaults.listen, validate: validator('label.listen', form, wholeNumber(0, 65535)) },
    allow: { value: defaults.allow, validate: validator('label.allow', form, addresses) },
    trustProxy: { value: defaults.trustProxy, validate: validator('label.trustProxy', form, addresses) },
    split: { value: defaults.split },
    limit: { value: defaults.limit, validate: validator('label.limit', form, wholeNumber(1)) },
    // The editor's own: how many outputs are drawn.
    outputs: { value: 1 },
  },
  credentials: {
    token: { type: 'password', validate: validator('label.token', form, token) },
  },
  paletteLabel() {
    return this._('label.palette');
  },
  label() {
    if (this.name) return this.name;
    const port = Number(this.listen) > 0 ? `:${String(this.listen)}` : '';
    return `${this._('label.palette')} ${port}${String(this.path ?? defaults.path)}`;
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  outputLabels(index) {
    // The topics are the gateway's own words, the same in every language.
    return this.outputs === 1 ? this._('output.all') : (SPLIT_TOPICS[index] ?? '');
  },
  onadd() {
    // Only one from the palette has no place yet: one that is imported works as it did where it comes from.
    if (this.x === undefined) this.credentials = { token: randomToken() };
  },
  oneditprepare() {
    form.open(this);
    form.whenever(['gateway'], () => {
      form.find('#node-input-gateway option[value=_ADD_]').text(this._('option.anyGateway'));
    });
    form.whenever(['split'], () => {
      form.field('outputs').val(form.read(this, 'split') === 'true' ? SPLIT_TOPICS.length : 1);
    });
    const url = (): string =>
      pushUrl({
        editor: window.location,
        httpNodeRoot: RED.settings.httpNodeRoot,
        path: form.read(this, 'path'),
        listen: form.read(this, 'listen'),
        token: String(form.field('token').val()),
      });
    form.whenever(['path', 'listen', 'token'], () => {
      form.find('.dinstar-push-url').text(url());
      form.find('.dinstar-host').toggle(url().includes('<host>'));
      form.find('.dinstar-saved-token').toggle(url().includes('<token>'));
      form.find('.dinstar-shared-port').toggle(!(Number(form.read(this, 'listen')) > 0));
    });
    showLastPush(this, form.find('.dinstar-last-push'));
    form.find('.dinstar-copy').on('click', function () {
      RED.clipboard.copyText(url(), $(this), '');
    });
    form.find('.dinstar-new-token').on('click', () => {
      form.field('token').val(randomToken()).trigger('change');
    });
  },
});
