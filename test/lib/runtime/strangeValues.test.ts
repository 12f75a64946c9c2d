import should from 'should';
import { atOnce } from '../../../lib/concurrency';
import { GatewayError } from '../../../lib/gateway-api';
import { readPortCommand } from '../../../lib/messaging/commands/portCommand';
import { readStkRequest } from '../../../lib/messaging/dialogs/stk/stkRequest';
import { readCodes } from '../../../lib/messaging/dialogs/ussd/codes';
import { readStopScope } from '../../../lib/messaging/jobs/stopScope';
import { readSmsFilter } from '../../../lib/messaging/reading/smsFilter';
import { readStopRequest } from '../../../lib/messaging/sms/stopping/stopRequest';
import { readKey } from '../../../lib/messaging/taking/key';
import { type RawOptions, validateRequest } from '../../../lib/messaging/taking/validateRequest';
import { readCdrFilter } from '../../../lib/messaging/watching/cdr/cdrFilter';
import { readNamedPorts, readOnePort, readPorts } from '../../../lib/runtime/readPorts';
import { readSimCommand } from '../../../lib/runtime/sims/readSimCommand';
import { readCommand } from '../../../lib/runtime/sms/jobCommands';

const NUMBER = '+4366412345678';
const ZONE = 'Europe/Berlin';
const NOW = Date.UTC(2026, 5, 1);

const circle: Record<string, unknown> = {};
circle.itself = circle;
const nested = Array.from({ length: 20_000 }).reduce<unknown>((inner) => [inner], '1');
const own = JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}');

/** What a function node may put into a message, and JSON doesn't know or nobody means. */
const STRANGE: [string, unknown][] = [
  ['a symbol', Symbol('x')],
  ['a BigInt', 10n],
  ['a function', () => 1],
  ['an object without prototype', Object.create(null)],
  ['an object that is no text', { toString: 1, valueOf: 1 }],
  ['a circle', circle],
  ['what is nested deep', nested],
  ['keys of prototypes', own],
  ['a Date that is none', new Date(Number.NaN)],
  ['the last Date', new Date(8.64e15)],
  ['the first Date', new Date(-8.64e15)],
  ['bytes', new Uint8Array(4)],
  ['a Map', new Map([['number', NUMBER]])],
  ['a promise', Promise.resolve(NUMBER)],
  ['holes', new Array(5)],
  ['half a character', '\ud800'],
  ['a NUL', '\0'],
  ['__proto__', '__proto__'],
  ...[Number.NaN, Number.POSITIVE_INFINITY, 1e300, 8.64e15, 2 ** 53, -1, -0].map((one): [string, unknown] => [
    String(one),
    one,
  ]),
];
const ALL = STRANGE.flatMap(([name, value]): [string, unknown][] => [
  [name, value],
  [`a list of ${name}`, [value]],
]);

const sms = (more: object): unknown =>
  atOnce(validateRequest({ to: NUMBER, text: 'x', literal: false, ...more } as RawOptions, 'keep', NOW, 'AT', ZONE));
const filter = (given: unknown): unknown => readSmsFilter(given, { plus: 'keep', timezone: ZONE }, readPorts);
const sim = (more: object): unknown => readSimCommand({ action: 'rest', port: 1, iccid: undefined, param: 5, ...more });
const cdr = (more: object): unknown =>
  readCdrFilter({ ports: undefined, timeAfter: undefined, timeBefore: undefined, ...more }, ZONE);
const stk = (more: object): unknown =>
  readStkRequest({ port: 1, action: 'select', item: 'a', param: 'a', wait: 5, ...more });
/** One reader for each of these fields. */
const each = (
  name: string,
  fields: string[],
  read: (more: object) => unknown,
): Record<string, (one: unknown) => unknown> =>
  Object.fromEntries(fields.map((field) => [`${name} ${field}`, (one: unknown) => read({ [field]: one })]));

const READERS: Record<string, (one: unknown) => unknown> = {
  ...each('send sms', ['to', 'text', 'texts', 'encoding', 'statusReport', 'userId', 'priority', 'validity'], sms),
  ...each('send sms', ['until', 'wait', 'collect', 'sendAt', 'window', 'quiet', 'days', 'key'], sms),
  ...each(
    'a recipient’s',
    ['number', 'to', 'text', 'text_param', 'user_id', 'else', 'after', 'language', 'name'],
    (more) =>
      sms({ to: [{ number: NUMBER, ...more }], text: 'x {{name}} {{__proto__}} {{constructor}}', texts: { de: 'y' } }),
  ),
  ...each('texts', ['de'], (texts) => sms({ texts, to: [{ number: NUMBER, language: 'de' }] })),
  'the key of an input': readKey,
  ...each('a job’s', ['action', 'job'], (more) => readCommand({ _msgid: 'm', action: 'pause', ...more }, 'n')),
  ...each('sim care', ['action', 'port', 'iccid', 'param'], sim),
  ...each('sim care, set:', ['count', 'per', 'value'], (more) =>
    sim({ action: 'set', param: { count: 'sms', per: 'day', value: 5, ...more } }),
  ),
  ports: (one) => readPorts(one),
  'named ports': (one) => readNamedPorts(one),
  'one port': (one) => readOnePort(one),
  'a filter': filter,
  ...each('a filter’s', ['number', 'port', 'user_id', 'time_after', 'time_before'], filter),
  ...each('call records', ['ports', 'timeAfter', 'timeBefore'], cdr),
  'stop sms': readStopRequest,
  'a stop’s scope': readStopScope,
  ...each('stk', ['action', 'item', 'param', 'wait'], (more) => stk(more)),
  'USSD codes': readCodes,
  ...each('set port', ['action', 'param'], (more) => readPortCommand(1, { action: 'set', param: 1, ...more }, true)),
};

describe('whatever a function node gives', () => {
  for (const [what, read] of Object.entries(READERS)) {
    it(`as ${what} is taken, or refused with the name of its field`, () => {
      for (const [name, value] of ALL) {
        try {
          read(value);
        } catch (error) {
          if (!(error instanceof GatewayError)) throw new Error(`${name}: ${error}`);
          should(error.code).equal('INVALID_INPUT', name);
          should(error.message).match(/^[\w.[\]{}"]+:? /, name);
        }
      }
      should(({} as Record<string, unknown>).polluted).be.undefined();
    });
  }
});
