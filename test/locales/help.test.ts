import path from 'node:path';
import should from 'should';
import { CONDITION_WORDS } from '../../lib/properties/conditions';
import { textOf } from '../support/architecture/sources';
import { root } from '../support/repository';
import { allTextsOf, helpLanguages, MAIN_LANGUAGE, nodes } from './catalogues';

/** The error codes that a Catch node, or for a config node a user of it, may see (contract). */
const ERROR_CODES: Record<string, string[]> = {
  gateway:
    textOf('lib/gateway-api/errors.ts')
      .match(/ErrorCode =([^;]+);/)?.[1]
      ?.match(/[A-Z_]+/g) ?? [],
  'send-sms': ['INVALID_INPUT', 'NOT_CONFIGURED', 'STORE_UNAVAILABLE', 'STOPPED'],
  'query-result': [
    ...['INVALID_INPUT', 'NOT_CONFIGURED', 'UNREACHABLE', 'TIMEOUT', 'AUTH_REFUSED', 'BAD_REQUEST', 'NOT_FOUND'],
    ...['TOO_LARGE', 'NO_PORT', 'GATEWAY_ERROR', 'BAD_REPLY', 'STOPPED'],
  ],
  'stop-sms': [
    ...['INVALID_INPUT', 'NOT_CONFIGURED', 'NOT_FOUND', 'UNREACHABLE', 'AUTH_REFUSED', 'BAD_REQUEST', 'GATEWAY_ERROR'],
    ...['BAD_REPLY', 'UNKNOWN_OUTCOME', 'STORE_UNAVAILABLE', 'STOPPED'],
  ],
  'push-receiver': ['INVALID_INPUT'],
  'receive-sms': [
    ...['INVALID_INPUT', 'NOT_CONFIGURED', 'UNREACHABLE', 'TIMEOUT', 'AUTH_REFUSED', 'GATEWAY_ERROR', 'BAD_REPLY'],
    ...['STORE_UNAVAILABLE', 'STOPPED'],
  ],
  'port-info': [
    ...['INVALID_INPUT', 'NOT_CONFIGURED', 'UNREACHABLE', 'TIMEOUT', 'AUTH_REFUSED', 'BAD_REQUEST', 'GATEWAY_ERROR'],
    ...['BAD_REPLY', 'STOPPED'],
  ],
  'set-port': [
    ...['INVALID_INPUT', 'NOT_CONFIGURED', 'UNREACHABLE', 'AUTH_REFUSED', 'BAD_REQUEST', 'GATEWAY_ERROR', 'BAD_REPLY'],
    ...['UNKNOWN_OUTCOME', 'STOPPED'],
  ],
  ussd: [
    ...['INVALID_INPUT', 'NOT_CONFIGURED', 'UNREACHABLE', 'TIMEOUT', 'AUTH_REFUSED', 'BAD_REQUEST', 'NO_PORT', 'BUSY'],
    ...['GATEWAY_ERROR', 'BAD_REPLY', 'UNKNOWN_OUTCOME', 'STOPPED'],
  ],
  stk: [
    ...['INVALID_INPUT', 'NOT_CONFIGURED', 'NOT_FOUND', 'TIMEOUT', 'UNREACHABLE', 'AUTH_REFUSED', 'BAD_REQUEST'],
    ...['GATEWAY_ERROR', 'BAD_REPLY', 'UNKNOWN_OUTCOME', 'STOPPED'],
  ],
  cdr: [
    ...['INVALID_INPUT', 'NOT_CONFIGURED', 'UNREACHABLE', 'TIMEOUT', 'AUTH_REFUSED', 'BAD_REQUEST', 'GATEWAY_ERROR'],
    ...['BAD_REPLY', 'STORE_UNAVAILABLE', 'STOPPED'],
  ],
  'sim-care': [
    ...['INVALID_INPUT', 'NOT_FOUND', 'NOT_CONFIGURED', 'UNREACHABLE', 'TIMEOUT', 'AUTH_REFUSED', 'GATEWAY_ERROR'],
    ...['BAD_REPLY', 'STORE_UNAVAILABLE', 'STOPPED'],
  ],
  store: ['STORE_UNAVAILABLE'],
  watch: ['INVALID_INPUT'],
  metrics: ['INVALID_INPUT'],
};

/** Where nothing else is said: what any node that talks to a gateway may fail with. */
const ANY_ACTION = ['INVALID_INPUT', 'NOT_CONFIGURED', 'UNREACHABLE', 'TIMEOUT', 'AUTH_REFUSED', 'STOPPED'];

/** What else the contract promises by name. */
const ALSO: Record<string, string[]> = {
  gateway: ['same', 'all', 'off', 'hold', 'resend', 'fail', 'UNKNOWN', 'simulator'],
  store: ['file', 'memory', 'postgres', 'refuse', 'hold', '22.13', 'npm install libsql'],
  'send-sms': [
    ...['ok', 'until', 'timed_out', 'total', 'reached', 'failed', 'pending', 'accepted', 'sent', 'delivered'],
    ...['duplicates', 'task_ids', 'sms_in_queue', 'recipients', 'number', 'user_id', 'task_id', 'status', 'port'],
    ...['ref_id', 'count', 'succ_count', 'time', 'time_iso', 'status_code', 'error', 'history', 'text_param'],
    ...['QUEUED', 'ACCEPTED', 'SENDING', 'SENT_OK', 'DELIVERED', 'FAILED', 'PARTIAL', 'UNDELIVERED', 'EXPIRED'],
    ...['STOPPED', 'REFUSED', 'WITHHELD', 'UNKNOWN', 'held', 'until_iso', 'restored', 'topic', 'duplicate', '24 hours'],
    ...['answer', 'push', 'poll', 'reconcile', 'node'],
  ],
  'stop-sms': ['task_id', 'recipients', 'stopped', 'not_found', 'not_stopped', 'user_id', 'withdrawn'],
  stk: [
    ...['title', 'text', 'input_type', 'input_kind', 'frame_id', 'item', 'item_id', 'item_string', 'input', 'walk'],
    ...['view', 'select', 'ok', 'cancel', 'home', 'frame', 'display', 'desktop', 'confirm', 'digit', 'character'],
    ...['digits', 'digits_hidden', 'characters', 'characters_hidden', 'locked', 'retryable'],
  ],
  cdr: [
    ...['start_date', 'start_date_iso', 'answer_date', 'answer_date_iso', 'answered', 'direction', 'ip', 'codec'],
    ...[
      'hangup',
      'gsm_code',
      'bcch',
      'duration',
      'source_number',
      'destination_number',
      'parts',
      'topic',
      'new',
      'input',
    ],
  ],
  'query-result': ['number', 'port', 'user_id', 'time_after', 'time_before', 'in_queue', 'outcome', 'parts'],
  'receive-sms': [
    ...['incoming_sms_id', 'port', 'number', 'smsc', 'timestamp', 'timestamp_iso', 'text', 'sn', 'topic', 'gateway'],
    ...['redelivered', 'parts', 'poll', 'input', 'push receiver'],
  ],
  'port-info': [
    ...['port', 'type', 'imei', 'imsi', 'iccid', 'smsc', 'number', 'reg', 'slot', 'callstate', 'signal', 'gprs'],
    ...['changed', 'previous', 'topic', 'parts', 'REGISTER_OK', 'LTE', 'watch', 'input'],
  ],
  'set-port': [
    ...[
      'port',
      'action',
      'param',
      'reg',
      'slot',
      'reset',
      'power',
      'imei',
      'number',
      'lock',
      'unlock',
      'block',
      'unblock',
    ],
    ...['on', 'off', 'POWER_OFF'],
  ],
  ussd: [
    ...['dialog', 'send', 'read', 'cancel', 'port', 'status', 'text', 'replies', 'sent', 'unsolicited', 'retryable'],
    ...['200', '408', '486', '503', 'parts'],
  ],
  'sim-care': [
    ...['gateway', 'port', 'slot', 'iccid', 'plan', 'used', 'count', 'per', 'value', 'max', 'resets_iso', 'recipients'],
    ...['balance', 'resting', 'last_ok_iso', 'event', 'state', 'raised', 'cleared', 'topic', 'usage', 'reset', 'rest'],
    ...['wake', 'set', 'input', 'watch', 'limit-80', 'limit-100', 'balance-low', 'card-new', 'card-gone'],
  ],
  watch: [
    ...['condition', 'state', 'raised', 'cleared', 'since_iso', 'value', 'threshold', 'sim', 'text', 'alone', 'topic'],
    ...['hold', 'enabled', 'heartbeat', ...CONDITION_WORDS],
  ],
  'push-receiver': [
    ...[
      'sms',
      'sms_result',
      'sms_deliver_status',
      'ussd',
      'register',
      'missed_call',
      'cdr',
      'device',
      'exception_info',
    ],
    ...['sn', 'httpNodeAuth', '200', '400', '404', '413', '503'],
  ],
};

const helpOf = (language: string, node: string): string => textOf(`locales/${language}/${node}.html`);

/** The properties a person can set: those in the defaults, and the credentials. The type of `x` goes with `x`. */
function propertiesOf(node: string): string[] {
  const { defaults } = require(path.join(root, 'nodes', node, 'config.ts')) as { defaults: Record<string, unknown> };
  const credentials = [...textOf(`nodes/${node}/editor.ts`).matchAll(/(\w+): \{ type: '(?:text|password)'/g)];
  return [...Object.keys(defaults), ...credentials.map(([, name = '']) => name)].filter(
    (name) => !(name.endsWith('Type') && name.slice(0, -4) in defaults),
  );
}

/** The terms of the help's lists, and what stands at their right. */
function termsOf(help: string): { names: string[]; remark: string | undefined }[] {
  return [...help.matchAll(/<dt[^>]*>([^<]*)(?:<span class="property-type">([^<]*)<\/span>)?<\/dt>/g)].map(
    ([, names = '', remark]) => ({ names: names.split(',').map((name) => name.trim()), remark }),
  );
}

/** Opening and closing tags in their order. */
const tagsOf = (help: string): string[] => [...help.matchAll(/<(\/?\w+)[^>]*>/g)].map(([, tag = '']) => tag);

describe('the help', () => {
  for (const node of nodes) {
    it(`of ${node} explains each property by its name and by its label in the dialog`, () => {
      const texts = allTextsOf(MAIN_LANGUAGE, node);
      const terms = termsOf(helpOf(MAIN_LANGUAGE, node));
      for (const property of propertiesOf(node)) {
        const remarks = terms.filter(({ names }) => names.includes(property)).map(({ remark }) => remark);
        should(remarks).not.be.empty();
        const label = texts.get(`label.${property}`) ?? texts.get(`common.label.${property}`);
        if (label !== undefined) should(remarks).containEql(label);
      }
    });

    it(`of ${node} names its error codes and what its messages hold`, () => {
      const help = helpOf(MAIN_LANGUAGE, node);
      const wanted = [...(ERROR_CODES[node] ?? ANY_ACTION), ...(ALSO[node] ?? [])];
      should(wanted.filter((word) => !new RegExp(`\\b${word}\\b`).test(help))).eql([]);
    });

    const isConfig = textOf(`nodes/${node}/editor.ts`).includes("category: 'config'");

    if (!isConfig)
      it(`of ${node} shows a typical message as JSON, and names the manual's section`, () => {
        const help = helpOf(MAIN_LANGUAGE, node);
        const messages = [...help.matchAll(/<pre>([\s\S]*?)<\/pre>/g)].map(([, json = '']) =>
          JSON.parse(json.replace(/&lt;/g, '<').replace(/&gt;/g, '>')),
        );
        should(messages).not.be.empty();
        should(help).match(/vendor's manual describes .* in sections? \d+/);
      });
    it(`of ${node} begins with what the node does, and has the headings of Node-RED's own help`, () => {
      const help = helpOf(MAIN_LANGUAGE, node);
      should(help).startWith('<p>');
      should(help).containEql('<h3>Details</h3>').and.containEql('<dl class="message-properties">');
    });
  }
});

it('the help is there in English, German and Chinese', () => {
  should([...helpLanguages].sort()).eql(['de', 'en-US', 'zh-CN']);
});

for (const language of helpLanguages) {
  describe(`the help in ${language}`, () => {
    for (const node of nodes) {
      it(`of ${node} closes what it opens`, () => {
        const open: string[] = [];
        for (const tag of tagsOf(helpOf(language, node))) {
          if (tag.startsWith('/')) should(open.pop()).equal(tag.slice(1));
          else open.push(tag);
        }
        should(open).be.empty();
      });

      it(`of ${node} is built as in ${MAIN_LANGUAGE}, with the same names`, () => {
        const help = helpOf(language, node);
        const original = helpOf(MAIN_LANGUAGE, node);
        should(tagsOf(help)).eql(tagsOf(original));
        should(termsOf(help).map(({ names }) => names)).eql(termsOf(original).map(({ names }) => names));
      });

      it(`of ${node} calls the fields as the dialog does`, () => {
        const texts = allTextsOf(language, node);
        const original = allTextsOf(MAIN_LANGUAGE, node);
        const remarks = termsOf(helpOf(language, node)).map(({ remark }) => remark);
        termsOf(helpOf(MAIN_LANGUAGE, node)).forEach(({ names: [name = ''], remark }, place) => {
          for (const key of [`label.${name}`, `common.label.${name}`]) {
            if (remark !== undefined && original.get(key) === remark) should(remarks[place]).equal(texts.get(key));
          }
        });
      });
    }
  });
}
