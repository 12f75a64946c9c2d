import should from 'should';
import { atOnce } from '../../lib/concurrency';
import { schemaName, until } from '../../lib/editor/checks/choices';
import { gatewayUrl } from '../../lib/editor/checks/gatewayUrl';
import { days, seconds, wholeNumber } from '../../lib/editor/checks/numbers';
import { namedPorts, ports } from '../../lib/editor/checks/ports';
import { addresses, pushPath, token } from '../../lib/editor/checks/push';
import { jsonRecipients, recipients } from '../../lib/editor/checks/recipients';
import { key, smsText } from '../../lib/editor/checks/sms';
import { timezone } from '../../lib/editor/checks/times';
import { jsonUssdCodes, ussdCode } from '../../lib/editor/checks/ussdCode';
import type { Check, Sibling } from '../../lib/editor/problem';
import { GatewayClient } from '../../lib/gateway-api';
import { readCodes } from '../../lib/messaging/dialogs/ussd/codes';
import { readKey } from '../../lib/messaging/taking/key';
import type { Plus } from '../../lib/messaging/taking/number';
import * as steps from '../../lib/messaging/taking/recipients';
import { parseAllowList } from '../../lib/push';
import { readNamedPorts, readPorts } from '../../lib/runtime/readPorts';
import { normalise as normaliseStore } from '../../nodes/store/config';

const readRecipients = (to: unknown, plus: Plus): unknown => atOnce(steps.readRecipients(to, plus));

const NO_SIBLINGS: Sibling = () => '';

/** The key of what is wrong, without its group. */
function wrong(check: Check, value: string, siblings: Record<string, string> = {}): string | undefined {
  return check(value, (property) => siblings[property] ?? '')?.key.replace('common.error.', '');
}

function fails(action: () => unknown): boolean {
  try {
    action();
    return false;
  } catch {
    return true;
  }
}

/** The editor refuses exactly what the running node would. */
function agrees(check: Check, run: (value: string) => unknown, values: readonly string[]): void {
  for (const value of values) {
    should(check(value, NO_SIBLINGS) !== undefined).equal(
      fails(() => run(value)),
      JSON.stringify(value),
    );
  }
}

describe('a form refuses', () => {
  it('numbers to send to that the node would refuse, and no others', () => {
    agrees(
      recipients,
      (value) => readRecipients(value, 'keep'),
      [
        '0664 123-45.67',
        '+43 (664) 1234567',
        '12345',
        '1,2;3\n4',
        '+1, ,',
        '',
        ' ',
        ',',
        'Anna',
        '12a',
        '+',
        '++43',
      ].concat(['43+', '1'.repeat(24), '1'.repeat(25), `+${'1'.repeat(24)}`, '0664/1234', '*100#', '1\u20112']),
    );
    should(recipients('1, Anna', NO_SIBLINGS)).eql({ key: 'common.error.phoneNumber', values: { number: 'Anna' } });
  });

  it('the same as JSON, with recipients as objects', () => {
    agrees(jsonRecipients, (value) => readRecipients(JSON.parse(value), 'keep'), [
      ...['"0664 1, 2"', '664', '["1", 2, {"number": "+43 1"}]', '{"number": 1}', '[]', 'null', '{}', '[[1]]', 'true'],
      ...['-5', '1.5', '1e21', '12345678901234567890', '[{"number": "Anna"}]', '[', ''],
    ]);
  });

  it('ports that there are not', () => {
    agrees(ports, readPorts, [
      '',
      'all',
      ' ALL ',
      '0',
      '31',
      '0,2,5-7',
      '0; 2 3',
      '5-5',
      '32',
      '7-5',
      '-1',
      '1-',
      'x',
      '0-32',
    ]);
    should(wrong(ports, '32')).equal('ports');
  });

  it('ports where none is not enough', () => {
    agrees(namedPorts, readNamedPorts, ['', ' ', 'all', '0', '31', '0,2,5-7', '32', '7-5', 'x']);
    should(wrong(namedPorts, '')).equal('required');
  });

  it('USSD codes that the node would refuse, also as JSON', () => {
    agrees(ussdCode, readCodes, ['*100#', '1', '', ' ', 'x'.repeat(60), 'x'.repeat(61), 'ä'.repeat(31)]);
    agrees(jsonUssdCodes, (value) => readCodes(JSON.parse(value)), [
      ...['"*100#"', '1', '["*125#", "1", 2]', '[]', '[""]', '["1", {}]', 'null', 'true', '{}', '[['],
      JSON.stringify(['1', 'x'.repeat(61)]),
    ]);
    should(wrong(ussdCode, 'ä'.repeat(31))).equal('longText');
  });

  it('a text that is empty or over 1500 bytes', () => {
    should(wrong(smsText, '')).equal('required');
    should(wrong(smsText, ' ')).be.undefined();
    should(wrong(smsText, 'x'.repeat(1500))).be.undefined();
    should(smsText('ä'.repeat(751), NO_SIBLINGS)).eql({
      key: 'common.error.longText',
      values: { bytes: 1502, most: 1500 },
    });
    const apart = 'e\u0301'.repeat(600);
    should(wrong(smsText, apart)).be.undefined();
    should(wrong(smsText, apart, { encoding: 'unicode', encodingType: 'str' })).equal('longText');
    should(wrong(smsText, `漢${apart}`)).equal('longText');
  });

  it('a character that a forced GSM 7 bit does not have, by its name', () => {
    const forced = { encoding: 'gsm-7bit', encodingType: 'str' };
    should(smsText('Level – 85 %', (property) => forced[property as keyof typeof forced] ?? '')).eql({
      key: 'common.error.notGsm7',
      values: { character: '–' },
    });
    should(wrong(smsText, 'Level 85 € ~', forced)).be.undefined();
    should(wrong(smsText, 'Level – 85 %', { encoding: 'auto', encodingType: 'str' })).be.undefined();
    // What `msg.gsm-7bit` holds is known only when a message comes.
    should(wrong(smsText, 'Level – 85 %', { ...forced, encodingType: 'msg' })).be.undefined();
  });

  it('to wait until delivered without a delivery report', () => {
    const off = { statusReport: 'false', statusReportType: 'bool' };
    should(wrong(until, 'delivered', off)).equal('deliveredWithoutReport');
    should(wrong(until, 'sent', off)).be.undefined();
    should(wrong(until, 'delivered', { statusReport: 'true', statusReportType: 'bool' })).be.undefined();
    should(wrong(until, 'delivered', { statusReport: 'false', statusReportType: 'msg' })).be.undefined();
  });

  it('seconds that are negative, endless or no number; a cleared field means the default', () => {
    for (const value of ['', ' ', '0', '0.5', '300', ' 86400 ', '1e9'])
      should(wrong(seconds(), value)).equal(undefined, value);
    for (const value of ['-1', 'soon', '2e9', 'Infinity', 'NaN']) {
      should(wrong(seconds(), value)).equal('seconds', value);
    }
    should(wrong(seconds(0.1), '0')).equal('seconds');
  });

  it('what is no whole number within its bounds', () => {
    for (const value of ['', ' ', '0', '65535', '8080'])
      should(wrong(wholeNumber(0, 65535), value)).equal(undefined, value);
    for (const value of ['-1', '65536', '1.5', 'x']) {
      should(wrong(wholeNumber(0, 65535), value)).equal('wholeNumber', value);
    }
    should(wrong(wholeNumber(1), '0')).equal('wholeNumberFrom');
  });

  it('days of which the store would make its default, and a hundred years', () => {
    for (const value of ['7', '0.5', ' 30 ', '36500']) {
      should(wrong(days, value)).equal(undefined, value);
      should(normaliseStore({ keepDays: value }).keepDays).equal(Number(value));
    }
    for (const value of ['', ' ']) {
      should(wrong(days, value)).equal(undefined, 'a cleared field');
      should(normaliseStore({ keepDays: value }).keepDays).equal(7);
    }
    for (const value of ['0', '-1', 'a week', 'NaN', 'Infinity']) {
      should(wrong(days, value)).equal('days', value);
      should(normaliseStore({ keepDays: value }).keepDays).equal(7, value);
    }
    should(wrong(days, '36501')).equal('days');
  });

  it('a key that the node would refuse', () => {
    agrees(key, readKey, ['', ' ', 'order 4711', '0', 'k'.repeat(255), 'k'.repeat(256)]);
    should(wrong(key, 'k'.repeat(256))).equal('longKey');
  });

  it('a schema that would have to be quoted, and none that the store takes', () => {
    for (const name of ['', 'dinstar', '_sms2']) should(wrong(schemaName, name)).equal(undefined, name);
    for (const name of ['Dinstar', '2sms', 'my sms', 'a"b', 'x'.repeat(64)])
      should(wrong(schemaName, name)).equal('word');
  });

  it('an address of a gateway that the client would refuse, except for the simulator', () => {
    const connect = (url: string): void => new GatewayClient({ url }).close();
    agrees(gatewayUrl, connect, [
      ...['http://192.168.1.20', 'https://gw.example:8443/', ' http://[fd00::1] ', 'HTTP://gw', 'http://gw/sub'],
      ...['', '192.168.1.20', 'ftp://gw', 'http://', 'http:///x', 'http://a:b@gw', 'http://gw?x=1', 'http://gw#x'],
    ]);
    should(wrong(gatewayUrl, 'http://admin:secret@gw')).equal('urlWithLogin');
    for (const url of ['simulator:', 'simulator:two']) should(wrong(gatewayUrl, url)).equal(undefined, url);
  });

  it('a time zone that nobody knows', () => {
    for (const zone of ['', 'Europe/Vienna', ' UTC ', '+02:00']) should(wrong(timezone, zone)).equal(undefined, zone);
    for (const zone of ['Mars/Olympus', 'local time', 'CST', 'BST'])
      should(wrong(timezone, zone)).equal('timezone', zone);
  });

  it('addresses that the push receiver would refuse, and no others', () => {
    agrees(addresses, parseAllowList, [
      ...[
        '',
        ' ',
        '10.0.0.1',
        '10.0.0.0/8, 192.168.1.7',
        'fd00::/8\n::1',
        '::ffff:10.0.0.1',
        '0.0.0.0/0',
        '2001:DB8::1',
      ],
      ...[
        '10.0.0',
        '10.0.0.256',
        '10.0.0.1/33',
        '10.0.0.1/',
        '10.0.0.1/8/8',
        'gateway',
        'fd00::1/129',
        'fd00:::1',
        '1::2::3',
      ],
    ]);
  });

  it('a path with a query, a wildcard or a place for parameters', () => {
    for (const path of ['/dinstar/push', 'push', '/a-b_c.d~e/']) should(wrong(pushPath, path)).equal(undefined, path);
    for (const path of ['', '/a?b', '/a/:b', '/*', '/a b', '/a(b)']) should(wrong(pushPath, path)).equal('path', path);
  });

  it('a token that a URL would have to write in another way', () => {
    for (const value of ['', 'aZ09-._~', '__PWRD__']) should(wrong(token, value)).equal(undefined, value);
    for (const value of ['a/b', 'a b', 'ä', 'a?b', 'a%20']) should(wrong(token, value)).equal('token', value);
  });
});
