/**
 * How long the event loop stands still for one push, at its longest: shapes of 256 KB from the socket through the receiver's
 * port, the reading, and a gateway that sends, receives, watches and asks. Median of five, each with a gateway that knows
 * nothing yet and one that had the same push before. The second figure is the processor's time for it.
 *   node --require ./scripts/typescript/register.cjs bench/pushes/longest.ts
 */
import { request } from 'node:http';
import { systemClock } from '../../lib/clock';
import { parseAllowList } from '../../lib/push';
import { openPort } from '../../lib/runtime/http/openEndpoint';
import { answerPush } from '../../lib/runtime/push/answerPush';
import { Life } from '../../test/support/fuzz/Life';
import { KINDS, pushOf } from '../../test/support/fuzz/records';
import { ANSWERS } from '../../test/support/fuzz/samples';
import { medianOf } from '../standstill';

const SIZE = 256 * 1024 - 200;
const RUNS = 5;
const PORT = 18_731;

const filled = (piece: string, size = SIZE): string => piece.repeat(Math.ceil(size / piece.length) - 1);
const keys = (count: number, value: string): string =>
  Array.from({ length: count }, (_, at) => `"k${at}":${value}`).join();
const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

const SHAPES: Record<string, string> = {
  ...Object.fromEntries(KINDS.map((name) => [`1,000 of ${name}`, pushOf(name, 1000)])),
  '1,001 of sms': pushOf('sms', 1001),
  '1,000 of sms, untidy': `\u3000${pushOf('sms', 1000).replaceAll(',', ' , ').slice(0, -1)},}`,
  'numbers instead of records': `{"sms":[${filled('7,')}7]}`,
  '1,000 records of nothing': `{"sms":[${'{},'.repeat(999)}{}]}`,
  '1,000 records of many fields': `{"sms":[${`{"incoming_sms_id":1,${keys(24, '1')}},`.repeat(999)}{}]}`,
  '1,000 records in deep fields': `{"sms":[${`{"incoming_sms_id":1,"text":"x","a":${nested(29)}},`.repeat(999)}{}]}`,
  'one record of many fields': `{"sms":[{"incoming_sms_id":1,"text":"x",${keys(24_000, '1')}}]}`,
  'five records of many fields': `{"sms":[${`{"incoming_sms_id":1,"text":"x",${keys(4800, '1')}},`.repeat(4)}{"text":"x",${keys(4800, '1')}}]}`,
  'one record of empty lists': `{"sms":[{"incoming_sms_id":1,"text":"x","a":[${filled('[],')}1]}]}`,
  'a body of many keys': `{${keys(24_000, '1')}}`,
  'a body of many blank keys': `{${Array.from({ length: 18_000 }, (_, at) => `" K ${at}":1`).join()}}`,
  'one key, many times': `{${filled('"sms":1,')}"sms":1}`,
  'a key of blanks': `{"sms":[{"${filled(' \t '.replace('\t', ' '))}a":1}]}`,
  'a key of broken blanks': `{"sms":[{"${filled('  a')}":1}]}`,
  brackets: `{"sms":${'['.repeat(SIZE / 2)}${']'.repeat(SIZE / 2 - 10)}}`,
  'objects in objects': `{"sms":${nested(40_000)}}`,
  'a text of 256 KB': `{"sms":[{"incoming_sms_id":1,"text":"${filled('y')}"}]}`,
  'a text of blanks': `{"sms":[{"incoming_sms_id":1,"text":"x","number":"${filled(' ')}a"}]}`,
  'a number of digits': `{"sms":[{"incoming_sms_id":1,"text":"x","number":"${filled('1')}"}]}`,
  'a number of 256 KB': `{"sms":[{"incoming_sms_id":${filled('1')},"text":"x"}]}`,
  'a time of digits': `{"sms":[{"incoming_sms_id":1,"text":"x","timestamp":"${filled('2024-01-')}"}]}`,
  'a time of blanks': `{"sms":[{"incoming_sms_id":1,"text":"x","timestamp":"2024-01-15 ${filled(' ')}x"}]}`,
  'a word for a status': `{"sms_result":[{"number":"1","status":"${filled('A ')}"}]}`,
  'a result of digits': `{"sms_result":[{"number":"${filled('1')}","status":"SENT_OK","user_id":1}]}`,
  'a USSD of 256 KB': `{"ussd":[{"port":0,"text":"${filled('4 ')}"}]}`,
  'a serial number': `{"sn":"${filled(' ')}a","sms":[]}`,
  escapes: `{"sms":[{"incoming_sms_id":1,"text":"${filled('\\u0041')}"}]}`,
  'backslashes, untidy': `{"sms":[{"incoming_sms_id":1,"text":"${filled('\\\\')}"}],}`,
  'control characters in a text': `{"sms":[{"incoming_sms_id":1,"text":"${filled('\n')}"}]}`,
  'blanks outside': `{"sms":[]${filled('\u3000', SIZE / 3)},}`,
  commas: `{"sms":[${filled(',')}]}`,
  quotes: filled('"'),
};

const send = (body: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const sent = request({ port: PORT, host: '127.0.0.1', method: 'POST', path: '/push', agent: false }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    });
    sent.on('error', reject).end(body);
  });

async function main(): Promise<void> {
  for (const [name, body] of Object.entries(SHAPES)) {
    if (Buffer.byteLength(body) > 256 * 1024) throw new Error(`${name}: ${Buffer.byteLength(body)} bytes`);
    const life = await Life.begin((path) => JSON.stringify(ANSWERS[path] ?? {}), 1);
    await life.undertake();
    await life.core.clock.advance(1500);
    const rules = {
      token: undefined,
      allow: parseAllowList(''),
      trustProxy: parseAllowList(''),
      limit: 256 * 1024,
      fixed: 'gateway',
    };
    const { pushRouter } = life;
    const endpoint = await openPort(PORT, '127.0.0.1', '/push', (incoming, token) =>
      answerPush(incoming, token, rules, { pushRouter, clock: systemClock, inTurn: (work) => work() }),
    );
    let status = 0;
    const line = await medianOf(name, RUNS, async () => {
      status = await send(body);
      await life.core.clock.advance(0);
    });
    console.log(`${line}   ${status}, ${Math.round(body.length / 1024)} KB`);
    await endpoint.close();
    await life.end();
  }
}

void main();
