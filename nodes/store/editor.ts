import { schemaName } from '../../lib/editor/checks/choices';
import { days, seconds } from '../../lib/editor/checks/numbers';
import { whenEmbeddedStoreIsMemory } from '../../lib/editor/embeddedStore';
import { Form } from '../../lib/editor/Form';
import { addStyle } from '../../lib/editor/style';
import { validator } from '../../lib/editor/validator';
import { defaults } from './config';

const form = new Form('node-config-input', defaults);
addStyle();

RED.nodes.registerType('dinstar-store', {
  category: 'config',
  color: '#6fbfb1',
  defaults: {
    name: { value: defaults.name },
    kind: { value: defaults.kind },
    keepDays: { value: defaults.keepDays, validate: validator('label.keepDays', form, days) },
    onUnavailable: { value: defaults.onUnavailable },
    schema: { value: defaults.schema, validate: validator('label.schema', form, schemaName) },
    tls: { value: defaults.tls, type: 'tls-config', required: false },
    lease: { value: defaults.lease, validate: validator('label.lease', form, seconds(10, 300)) },
    machine: { value: defaults.machine },
  },
  credentials: {
    connection: { type: 'password' },
  },
  paletteLabel() {
    return this._('label.palette');
  },
  label() {
    return this.name || `${this._('label.palette')} (${this.kind ?? defaults.kind})`;
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  oneditprepare() {
    form.open(this);
    let fileIsMemory = false;
    const show = (): void => {
      const kind = form.read(this, 'kind');
      form.find('.dinstar-postgres').toggle(kind === 'postgres');
      form.find('.dinstar-not-durable').toggle(kind === 'file' && fileIsMemory);
    };
    form.whenever(['kind'], show);
    whenEmbeddedStoreIsMemory(() => {
      fileIsMemory = true;
      show();
    });
  },
});
