import should from 'should';
import type { GatewayClient, SendSmsRequest } from '../../../lib/gateway-api';
import { closeAll, failureOf, gatewayThat } from './helpers';

const FINE = { json: { error_code: 202, result: [], reply: [], info: [], sms: [], cdr: [] } };
const MANY = (count: number) => Array.from({ length: count }, (_, index) => ({ number: String(index) }));
const NUMBERS = (count: number) => MANY(count).map(({ number }) => number);
const TO = [{ number: '10086' }];

type Call = (client: GatewayClient) => Promise<unknown>;
/** A call by a request that may break the types. */
const sms =
  (request: object): Call =>
  (client) =>
    client.sendSms({ text: 'x', param: TO, ...request } as SendSmsRequest);
const ussd =
  (request: object): Call =>
  (client) =>
    client.sendUssd({ port: [0], text: '*100#', ...request } as { port: number[]; text: string });
const results =
  (filter: object): Call =>
  (client) =>
    client.querySmsResult(filter);
const setPort =
  (request: object): Call =>
  (client) =>
    client.setPortInfo({ port: 0, action: 'reset', ...request });

/** What just fits, and what just doesn't: by the field that is named. */
const FITS: Call[] = [
  sms({ param: MANY(128) }),
  sms({ text: 'x'.repeat(1500) }),
  sms({ text: 'é'.repeat(750) }),
  sms({ text: `${'x'.repeat(1000)}#param#`, param: [{ number: '1', text_param: ['x'.repeat(500)] }] }),
  sms({ text: '#param#', param: [{ number: '1' }] }),
  sms({ text: '' }),
  sms({ encoding: 'unicode', request_status_report: true }),
  sms({ encoding: 'gsm-7bit', request_status_report: false }),
  sms({ param: [{ number: '1'.repeat(24), user_id: 0 }] }),
  sms({ param: [{ number: `+${'1'.repeat(23)}`, user_id: 2 ** 31 - 1 }] }),
  sms({ port: Array.from({ length: 32 }, (_, port) => port) }),
  results({ number: NUMBERS(32) }),
  results({ user_id: NUMBERS(32).map(Number) }),
  results({ time_after: '2016-02-29 00:00:00', time_before: '2016-12-31 23:59:59' }),
  (client) => client.queryIncomingSms({ flag: 'read', incoming_sms_id: 0 }),
  (client) => client.queryIncomingSms({ flag: 'unread', port: [31] }),
  ussd({ text: '1'.repeat(60) }),
  ussd({ text: '', command: 'cancel' }),
  ussd({ port: [0, 31] }),
  setPort({ port: 31 }),
  setPort({ action: 'slot', param: 0 }),
  setPort({ action: 'slot', param: '3' }),
  setPort({ action: 'lock' }),
  setPort({ action: 'imei', param: '863070017005173' }),
];

const BREAKS: Record<string, Call[]> = {
  text: [
    sms({ text: 'x'.repeat(1501) }),
    sms({ text: 'é'.repeat(751) }),
    sms({ text: undefined }),
    sms({ text: 12 }),
    ussd({ text: '1'.repeat(61) }),
    ussd({ text: 'é'.repeat(31) }),
    ussd({ text: '' }),
    ussd({ text: undefined, command: 'cancel' }),
  ],
  param: [
    sms({ param: MANY(129) }),
    sms({ param: [] }),
    sms({ param: undefined }),
    sms({ param: '10086' }),
    setPort({ action: 'slot', param: 4 }),
    setPort({ action: 'slot' }),
    setPort({ action: 'power', param: 'off ' }),
    setPort({ action: 'reset', param: {} }),
    setPort({ action: 'imei', param: true }),
  ],
  'param[0].text_param': [
    sms({ text: `${'x'.repeat(1000)}#param#`, param: [{ number: '1', text_param: ['x'.repeat(501)] }] }),
    sms({ text: '#param##param#', param: [{ number: '1', text_param: ['x'] }] }),
    sms({ text: 'x', param: [{ number: '1', text_param: ['x'] }] }),
    sms({ param: [{ number: '1', text_param: 'x' }] }),
  ],
  'param[0].text_param[1]': [sms({ text: '#param##param#', param: [{ number: '1', text_param: ['x', 2] }] })],
  'param[1].number': [
    sms({ param: [...TO, { number: '1'.repeat(25) }] }),
    sms({ param: [...TO, { number: `+${'1'.repeat(24)}` }] }),
    sms({ param: [...TO, { number: '' }] }),
    sms({ param: [...TO, { number: '0049 30' }] }),
    sms({ param: [...TO, { number: '١٢٣' }] }),
    sms({ param: [...TO, { number: 10086 }] }),
    sms({ param: [...TO, {}] }),
  ],
  'param[0].user_id': [-1, 1.5, 2 ** 31, '1', null].map((user_id) => sms({ param: [{ number: '1', user_id }] })),
  'port[1]': [-1, 32, 1.5, '2', null, Number.NaN].flatMap((port) => [
    sms({ port: [0, port] }),
    ussd({ port: [0, port] }),
    results({ port: [0, port] }),
  ]),
  port: [
    sms({ port: 2 }),
    sms({ port: Array(33).fill(0) }),
    ussd({ port: [] }),
    ussd({ port: undefined }),
    ...[-1, 32, '2', undefined].flatMap((port) => [
      setPort({ port }),
      (client: GatewayClient) => client.getStkView({ port: port as number }),
      (client: GatewayClient) => client.getStkCurrFrameIndex({ port: port as number }),
      (client: GatewayClient) => client.stkGo({ port: port as number, item: 1 }),
    ]),
    (client) => client.queryUssdReply({ port: [] }),
  ],
  encoding: [sms({ encoding: 'auto' })],
  request_status_report: [sms({ request_status_report: 'yes' })],
  number: [results({ number: NUMBERS(33) }), (client) => client.querySmsDeliverStatus({ number: NUMBERS(33) })],
  'number[0]': [results({ number: ['1'.repeat(25)] }), results({ number: [''] })],
  user_id: [results({ user_id: NUMBERS(33).map(Number) })],
  time_after: [
    results({ time_after: '2016-02-30 00:00:00' }),
    results({ time_after: 1467000000 }),
    (client) => client.getCdr({ time_after: 'yesterday' }),
  ],
  time_before: [results({ time_before: '2016-07-12' }), (client) => client.getCdr({ time_before: '' })],
  incoming_sms_id: [-1, 0.5].map((id) => (client: GatewayClient) => client.queryIncomingSms({ incoming_sms_id: id })),
  flag: [(client) => client.queryIncomingSms({ flag: 'new' as 'all' })],
  command: [ussd({ command: 'end' })],
  task_id: [-1, 1.5, Number.NaN].map((task_id) => (client: GatewayClient) => client.stopSms({ task_id })),
  info_type: [(client) => client.getPortInfo({ info_type: [] })],
  'info_type[1]': [(client) => client.getPortInfo({ info_type: ['reg', 'a,b'] })],
  action: [
    setPort({ action: 'power&param=off' }),
    (client) => client.stkGo({ port: 0 }),
    (client) => client.stkGo({ port: 0, action: 'candle' as 'cancel' }),
  ],
  item: [(client) => client.stkGo({ port: 0, item: -1 })],
  sections: [(client) => client.getStatus([])],
  request: [(client) => client.sendSms(undefined as unknown as SendSmsRequest)],
};

describe('the limits of the manual', () => {
  afterEach(closeAll);

  it('are kept by what just fits', async () => {
    const { client, server } = await gatewayThat(() => FINE);
    for (const call of FITS) await call(client);
    should(server.seen).have.length(FITS.length);
  });

  for (const [field, calls] of Object.entries(BREAKS)) {
    it(`are broken by a wrong ${field}, which is named; nothing is sent`, async () => {
      const { client, server } = await gatewayThat(() => FINE);
      for (const call of calls) {
        const error = await failureOf(call(client), 'INVALID_INPUT');
        should(error).match({ taken: 'no', cause: { field, retryable: false } });
        should(error.message).startWith(`${field}: `);
      }
      should(server.seen).be.empty();
    });
  }

  it('are in words that help', async () => {
    const { client } = await gatewayThat(() => FINE);
    const told = async (call: Call) => (await failureOf(call(client), 'INVALID_INPUT')).message;
    should(await told(sms({ param: MANY(129) }))).equal('param: may hold at most 128 recipients');
    should(await told(sms({ text: undefined }))).equal('text: is missing');
    should(await told(sms({ port: [32] }))).equal('port[0]: a port must be a number from 0 to 31');
    should(await told(ussd({ text: '1'.repeat(61) }))).equal('text: is longer than 60 bytes');
    should(await told(results({ number: NUMBERS(33) }))).equal('number: may hold at most 32');
  });
});
