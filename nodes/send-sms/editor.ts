import { until } from '../../lib/editor/checks/choices';
import { seconds, wholeNumber } from '../../lib/editor/checks/numbers';
import { ports } from '../../lib/editor/checks/ports';
import { jsonRecipients, recipients } from '../../lib/editor/checks/recipients';
import { sendTime, zoneWord } from '../../lib/editor/checks/sendTimes';
import { job, jsonTexts, key, smsText } from '../../lib/editor/checks/sms';
import { chosenGateway } from '../../lib/editor/configChoice';
import { Form } from '../../lib/editor/Form';
import { HoursRows, hoursValidator } from '../../lib/editor/hoursRows';
import { portsType } from '../../lib/editor/portPicker';
import { addStyle } from '../../lib/editor/style';
import { showCost } from '../../lib/editor/texts/counter';
import { suggestTimezones } from '../../lib/editor/timezones';
import { typedLabel } from '../../lib/editor/typedLabel';
import { choiceType, FROM_ELSEWHERE, noneType, numberType, textType } from '../../lib/editor/types';
import { typedValidator, validator } from '../../lib/editor/validator';
import { defaults } from './config';

const ENCODINGS = {
  auto: 'option.encoding.auto',
  'gsm-7bit': 'option.encoding.gsm7',
  unicode: 'option.encoding.unicode',
};
const PRIORITIES = { high: 'option.priority.high', normal: 'option.priority.normal', low: 'option.priority.low' };
const UNTIL = {
  accepted: 'option.until.accepted',
  sent: 'option.until.sent',
  delivered: 'option.until.delivered',
};
const OUTPUTS = ['output.reached', 'output.notReached', 'output.updates'];
/** Ids from here on are those the node assigns itself. */
const LAST_GIVEN_USER_ID = 2 ** 30 - 1;

/** The hours in the dialog that is open. */
let rows: HoursRows | undefined;

// A node that doesn't say so was saved before there were templates, and commands.
const form = new Form('node-input', defaults, { literal: true, control: false });
addStyle();

RED.nodes.registerType('dinstar-send-sms', {
  category: 'GSM gateway',
  color: '#6fbfb1',
  icon: 'send-sms.svg',
  inputs: 1,
  outputs: 3,
  defaults: {
    name: { value: defaults.name },
    gateway: { value: defaults.gateway, type: 'dinstar-gateway', validate: chosenGateway(form) },
    gatewayFrom: { value: defaults.gatewayFrom },
    to: {
      value: defaults.to,
      validate: typedValidator('label.to', form, 'to', { str: recipients, json: jsonRecipients }),
    },
    toType: { value: defaults.toType },
    text: { value: defaults.text, validate: typedValidator('label.text', form, 'text', { str: smsText }) },
    textType: { value: defaults.textType },
    texts: { value: defaults.texts, validate: typedValidator('label.texts', form, 'texts', { json: jsonTexts }) },
    textsType: { value: defaults.textsType },
    literal: { value: defaults.literal },
    transliterate: { value: defaults.transliterate },
    ports: { value: defaults.ports, validate: typedValidator('common.label.ports', form, 'ports', { str: ports }) },
    portsType: { value: defaults.portsType },
    encoding: { value: defaults.encoding, validate: typedValidator('label.encoding', form, 'encoding', {}) },
    encodingType: { value: defaults.encodingType },
    statusReport: {
      value: defaults.statusReport,
      validate: typedValidator('label.statusReport', form, 'statusReport', {}),
    },
    statusReportType: { value: defaults.statusReportType },
    userId: {
      value: defaults.userId,
      validate: typedValidator('label.userId', form, 'userId', { num: wholeNumber(0, LAST_GIVEN_USER_ID) }),
    },
    userIdType: { value: defaults.userIdType },
    key: { value: defaults.key, validate: typedValidator('label.key', form, 'key', { str: key }) },
    keyType: { value: defaults.keyType },
    job: { value: defaults.job, validate: typedValidator('label.job', form, 'job', { str: job }) },
    jobType: { value: defaults.jobType },
    control: { value: defaults.control },
    priority: { value: defaults.priority, validate: typedValidator('label.priority', form, 'priority', {}) },
    priorityType: { value: defaults.priorityType },
    validity: {
      value: defaults.validity,
      validate: typedValidator('label.validity', form, 'validity', { num: seconds() }),
    },
    validityType: { value: defaults.validityType },
    until: { value: defaults.until, validate: typedValidator('label.until', form, 'until', { str: until }) },
    untilType: { value: defaults.untilType },
    wait: { value: defaults.wait, validate: typedValidator('label.wait', form, 'wait', { num: seconds() }) },
    waitType: { value: defaults.waitType },
    onTimeout: { value: defaults.onTimeout },
    sendAt: { value: defaults.sendAt, validate: typedValidator('label.sendAt', form, 'sendAt', { str: sendTime }) },
    sendAtType: { value: defaults.sendAtType },
    sendZone: { value: defaults.sendZone, validate: validator('label.sendZone', form, zoneWord) },
    window: { value: defaults.window, validate: hoursValidator('label.window') },
    highIgnoresWindow: { value: defaults.highIgnoresWindow },
    lateBy: { value: defaults.lateBy, validate: validator('label.lateBy', form, seconds()) },
    spread: { value: defaults.spread, validate: validator('label.spread', form, seconds()) },
    collect: { value: defaults.collect, validate: validator('label.collect', form, seconds()) },
    outcome: { value: defaults.outcome },
    updates: { value: defaults.updates },
    progress: { value: defaults.progress, validate: validator('label.progress', form, seconds()) },
    progressUnit: { value: defaults.progressUnit },
  },
  paletteLabel() {
    return this._('label.palette');
  },
  label() {
    return (
      this.name || `${this._('label.palette')} → ${typedLabel(this.to ?? defaults.to, this.toType ?? defaults.toType)}`
    );
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  outputLabels(index) {
    return this._(OUTPUTS[index] ?? '');
  },
  oneditprepare() {
    form.open(this);
    form.typed('to', ['msg', textType(), 'json', 'flow', 'global', 'jsonata', 'env']);
    form.typed('text', ['msg', textType(), 'flow', 'global', 'jsonata', 'env']);
    form.typed('texts', [noneType(this._('option.texts.none')), 'json', ...FROM_ELSEWHERE]);
    form.typed('ports', [portsType(this), ...FROM_ELSEWHERE]);
    form.typed('encoding', [choiceType(this, ENCODINGS), ...FROM_ELSEWHERE]);
    form.typed('statusReport', ['bool', ...FROM_ELSEWHERE]);
    form.typed('priority', [choiceType(this, PRIORITIES), ...FROM_ELSEWHERE]);
    form.typed('validity', [numberType(), ...FROM_ELSEWHERE]);
    form.typed('until', [choiceType(this, UNTIL), ...FROM_ELSEWHERE]);
    form.typed('wait', [numberType(), ...FROM_ELSEWHERE]);
    // A flow file may give the number as a text.
    const givenId = form.read(this, 'userIdType') === 'str' && form.read(this, 'userId') !== '';
    if (givenId) form.field('userIdType').val('num');
    form.typed('userId', [noneType(this._('option.userId.assigned')), numberType(), ...FROM_ELSEWHERE]);
    form.typed('key', [textType(), ...FROM_ELSEWHERE]);
    form.typed('job', [textType(), ...FROM_ELSEWHERE]);
    // What one of them may be depends on the other.
    form.whenever(['statusReport'], () => form.field('until').typedInput('validate'));
    form.whenever(['encoding', 'literal', 'transliterate'], () => form.field('text').typedInput('validate'));
    form.typed('sendAt', [textType(), ...FROM_ELSEWHERE]);
    suggestTimezones(form.field('sendZone'));
    rows = new HoursRows(this, form, 'window');
    showCost(this, form);
  },
  oneditsave() {
    this.window = rows?.read();
  },
});
