/**
 * How long the event loop stands still for one answer of the gateway, at its longest: shapes of 512 KB and of 4 MB through the
 * whole client, median of five. The second figure is the processor's time for it, which a busy machine doesn't stretch.
 *   node --require ./scripts/typescript/register.cjs bench/answers/longest.ts
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GatewayClient } from '../../lib/gateway-api';
import { medianOf } from '../standstill';

const SIZE = 512 * 1024 - 200;
const RUNS = 5;

const filled = (piece: string, size = SIZE): string => piece.repeat(Math.ceil(size / piece.length));
const listOf = (key: string, record: string, size = SIZE): string =>
  `{"error_code":200,"${key}":[${filled(`${record},`, size)}`;
const ended = (text: string): string => `${text.replace(/,$/, '')}]}`;
const cdr = '{"port":1,"start_date":"2026-10-25 02:30:00","answer_date":"2026-10-25 02:31:00","direction":"ip->gsm"}';
const sms = '{"incoming_sms_id":7,"port":0,"number":"1","timestamp":"2026-10-25 02:30:00","text":"x"}';

const SHAPES: Record<string, string> = {
  'records of nothing, 3.9 MB': ended(listOf('sms', '{}', 3_900_000)),
  'records of nothing': ended(listOf('sms', '{}')),
  'incoming SMS': ended(listOf('sms', sms)),
  'incoming SMS, untidy': `${listOf('sms', sms)}]}`,
  'incoming SMS without ids': ended(listOf('sms', '{"text":"x"}')),
  'call records': ended(listOf('cdr', cdr)),
  numbers: ended(listOf('sms', '7')),
  'nulls, untidy': `${listOf('sms', 'null')}]}`,
  'one record of many fields': `{"error_code":200,"sms":[{"incoming_sms_id":1,${Array.from({ length: 48_000 }, (_, at) => `"k${at}":1`).join(',')}}]}`,
  'an answer of many fields': `{"error_code":200,${Array.from({ length: 48_000 }, (_, at) => `"k${at}":1`).join(',')}}`,
  'an answer of many lists': `{"error_code":200,${Array.from({ length: 40_000 }, (_, at) => `"k${at}":[]`).join(',')}}`,
  brackets: `{"sms":${'['.repeat(SIZE / 2)}${']'.repeat(SIZE / 2 - 10)}}`,
  'a word of 500 KB': `{"sms":[{"incoming_sms_id":1,"text":"${filled('y')}"}]}`,
  'a word for a field': `{"info":[{"port":1,"reg":"${filled(' ')}"}]}`,
  backslashes: `{"sms":[{"incoming_sms_id":1,"text":"${filled('\\\\')}"}]}`,
  'control characters in a text': `{"sms":[{"incoming_sms_id":1,"text":"${filled('\n')}"}]}`,
  blanks: `{"sms":[]${filled('\u3000', SIZE / 3)},}`,
  commas: `{"sms":[${filled(',')}]}`,
  quotes: filled('"'),
  'a page': `<html>${filled('<p>forbi')}`,
};

async function main(): Promise<void> {
  let text = '';
  const server = createServer((_request, response) => response.end(text)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const client = new GatewayClient({ url: `http://127.0.0.1:${port}`, timezone: 'Europe/Berlin' });
  const ask = (name: string): Promise<unknown> => {
    if (name === 'call records') return client.getCdr();
    return name === 'a word for a field' ? client.getPortInfo({ info_type: ['reg'] }) : client.queryIncomingSms();
  };
  for (const [name, shape] of Object.entries(SHAPES)) {
    text = shape;
    console.log(await medianOf(name, RUNS, () => ask(name).catch(() => undefined)));
  }
  client.close();
  server.close();
}

void main();
