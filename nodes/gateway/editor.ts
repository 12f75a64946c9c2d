import { country } from '../../lib/editor/checks/country';
import { gatewayUrl } from '../../lib/editor/checks/gatewayUrl';
import { seconds, wholeNumber } from '../../lib/editor/checks/numbers';
import { timezone } from '../../lib/editor/checks/times';
import { chosenConfig } from '../../lib/editor/configChoice';
import { Form } from '../../lib/editor/Form';
import { completeAddress } from '../../lib/editor/gateway/completeAddress';
import { offerConnectionTest } from '../../lib/editor/gateway/connectionTest';

import { offerSelfTest } from '../../lib/editor/gateway/selfTest';
import { offerSimulatorPage } from '../../lib/editor/gateway/simulatorPage';
import { PlanList, plansValidator } from '../../lib/editor/plans/PlanList';
import { addStyle } from '../../lib/editor/style';
import { suggestTimezones } from '../../lib/editor/timezones';
import { validator } from '../../lib/editor/validator';
import { defaults } from './config';

const form = new Form('node-config-input', defaults, { maxPerRecipient: 0 });
/** The plans in the dialog that is open. */
let plans: PlanList | undefined;
addStyle();

RED.nodes.registerType('dinstar-gateway', {
  category: 'config',
  color: '#6fbfb1',
  defaults: {
    name: { value: defaults.name },
    url: { value: defaults.url, validate: validator('label.url', form, gatewayUrl) },
    tls: { value: defaults.tls, type: 'tls-config', required: false },
    oldTls: { value: defaults.oldTls },
    lenientHttp: { value: defaults.lenientHttp },
    auth: { value: defaults.auth },
    timezone: { value: defaults.timezone, validate: validator('label.timezone', form, timezone) },
    country: { value: defaults.country, validate: validator('label.country', form, country) },
    sn: { value: defaults.sn },
    timeout: { value: defaults.timeout, validate: validator('label.timeout', form, seconds(0.1)) },
    concurrency: { value: defaults.concurrency, validate: validator('label.concurrency', form, wholeNumber(1)) },
    plus: { value: defaults.plus },
    stkCancelWord: { value: defaults.stkCancelWord },
    combine: { value: defaults.combine },
    combineBytes: { value: defaults.combineBytes, validate: validator('label.combineBytes', form, wholeNumber(1)) },
    queueLimit: { value: defaults.queueLimit, validate: validator('label.queueLimit', form, wholeNumber(0)) },
    maxPerHour: { value: defaults.maxPerHour, validate: validator('label.maxPerHour', form, wholeNumber(0)) },
    maxPerRecipient: {
      value: defaults.maxPerRecipient,
      validate: validator('label.maxPerRecipient', form, wholeNumber(0)),
    },
    unknownPolicy: { value: defaults.unknownPolicy },
    unknownHold: { value: defaults.unknownHold, validate: validator('label.unknownHold', form, seconds()) },
    plans: { value: defaults.plans, validate: plansValidator('section.plans') },
    store: {
      value: defaults.store,
      type: 'dinstar-store',
      required: false,
      validate: chosenConfig('label.store', form, () => false),
    },
  },
  credentials: {
    username: { type: 'text' },
    password: { type: 'password' },
  },
  paletteLabel() {
    return this._('label.palette');
  },
  label() {
    return this.name || String(this.url ?? '') || this._('label.palette');
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  oneditprepare() {
    form.open(this);
    plans = new PlanList(this, form, 'plans');
    suggestTimezones(form.field('timezone'));
    form.whenever(['url'], () => {
      const url = form.read(this, 'url').trim();
      // Shown with another address, too, while it holds something that would otherwise be saved unseen.
      const hasTls = !['', '_ADD_'].includes(form.read(this, 'tls')) || form.read(this, 'oldTls') === 'true';
      form.find('.dinstar-https').toggle(hasTls || /^https:/i.test(url));
      form.find('.dinstar-real').toggle(!/^simulator:/.test(url));
    });
    completeAddress(form.field('url'));
    offerSimulatorPage(this, form);
    offerConnectionTest(this, form);
    offerSelfTest(this, form);
    form.whenever(['store'], () => {
      form.find('#node-config-input-store option[value=_ADD_]').text(this._('option.embeddedStore'));
    });
  },
  oneditsave() {
    if (plans) this.plans = plans.value;
  },
});
