import should from 'should';
import {
  type ErrorCode,
  GatewayClient,
  GatewayError,
  invalidInput,
  isRetryable,
  type Taken,
} from '../../../lib/gateway-api';
import { closeAll, failureOf, gatewayThat, oneSms } from './helpers';

/** The contract's table: whether what failed so may work later. */
const RETRYABLE: Record<ErrorCode, boolean> = {
  INVALID_INPUT: false,
  NOT_CONFIGURED: false,
  UNREACHABLE: true,
  TIMEOUT: true,
  AUTH_REFUSED: false,
  BAD_REQUEST: false,
  NOT_FOUND: false,
  TOO_LARGE: false,
  NO_PORT: true,
  BUSY: true,
  GATEWAY_ERROR: true,
  BAD_REPLY: true,
  UNKNOWN_OUTCOME: false,
  STORE_UNAVAILABLE: true,
  STOPPED: false,
};

/** What an error_code means (the manual's tables; 550: field notes), and what is known of the request then. */
const CODES: Record<number, { code: ErrorCode; taken: Taken }> = {
  0: { code: 'GATEWAY_ERROR', taken: 'unknown' },
  199: { code: 'GATEWAY_ERROR', taken: 'unknown' },
  300: { code: 'GATEWAY_ERROR', taken: 'unknown' },
  400: { code: 'BAD_REQUEST', taken: 'refused' },
  401: { code: 'AUTH_REFUSED', taken: 'no' },
  404: { code: 'NOT_FOUND', taken: 'refused' },
  413: { code: 'TOO_LARGE', taken: 'refused' },
  500: { code: 'GATEWAY_ERROR', taken: 'unknown' },
  503: { code: 'GATEWAY_ERROR', taken: 'unknown' },
  550: { code: 'NO_PORT', taken: 'no' },
};

/** A call of every method. */
const CALLS: Record<string, (client: GatewayClient) => Promise<unknown>> = {
  sendSms: (client) => client.sendSms(oneSms),
  querySmsResult: (client) => client.querySmsResult(),
  querySmsDeliverStatus: (client) => client.querySmsDeliverStatus(),
  querySmsInQueue: (client) => client.querySmsInQueue(),
  queryIncomingSms: (client) => client.queryIncomingSms(),
  sendUssd: (client) => client.sendUssd({ port: [0], text: '*100#' }),
  queryUssdReply: (client) => client.queryUssdReply({ port: [0] }),
  stopSms: (client) => client.stopSms({ task_id: 1 }),
  getPortInfo: (client) => client.getPortInfo({ info_type: ['reg'] }),
  setPortInfo: (client) => client.setPortInfo({ port: 0, action: 'reset' }),
  getCdr: (client) => client.getCdr(),
  getStkView: (client) => client.getStkView({ port: 0 }),
  stkGo: (client) => client.stkGo({ port: 0, item: 1 }),
  getStkCurrFrameIndex: (client) => client.getStkCurrFrameIndex({ port: 0 }),
  getStatus: (client) => client.getStatus(),
  call: (client) => client.call('GET', '/api/query_sms_in_queue'),
};

describe('an error of the gateway', () => {
  afterEach(closeAll);

  it('says by its code whether another try makes sense', () => {
    for (const [code, retryable] of Object.entries(RETRYABLE) as [ErrorCode, boolean][]) {
      should(isRetryable(code)).equal(retryable, code);
      const error = new GatewayError(code, 'Why.', 'no', { error_code: 5, field: 'port' });
      should(error).match({ name: 'GatewayError', code, message: 'Why.', taken: 'no' });
      should(error.cause).deepEqual({ retryable, error_code: 5, field: 'port' });
    }
  });

  for (const [error_code, { code, taken }] of Object.entries(CODES)) {
    it(`${error_code} is ${code}`, async () => {
      const { client } = await gatewayThat(() => ({ text: `{"error_code":${error_code},"sn":"da00"}` }));
      const error = await failureOf(client.sendSms(oneSms), code);
      should(error.taken).equal(taken);
      should(error.cause).deepEqual({ retryable: RETRYABLE[code], error_code: Number(error_code) });
      should(error.message).containEql(`/api/send_sms with error ${error_code}`);
    });
  }

  it('is the same from every method', async () => {
    const { client } = await gatewayThat(() => ({ json: { error_code: 550 } }));
    const own = Object.entries(Object.getOwnPropertyDescriptors(GatewayClient.prototype));
    const methods = own.filter(([, { value }]) => typeof value === 'function').map(([name]) => name);
    should(Object.keys(CALLS).sort()).deepEqual(
      methods.filter((name) => !['constructor', 'close'].includes(name)).sort(),
    );
    for (const call of Object.values(CALLS))
      should(await failureOf(call(client), 'NO_PORT')).have.property('taken', 'no');
  });

  it('may come by HTTP status alone, by body alone, by both, or as a text', async () => {
    for (const answer of [
      { status: 404, text: '{}' },
      { status: 200, text: '{"error_code":404}' },
      { status: 404, text: '{"error_code":404}' },
      { status: 404, text: '{"error code":"404"}' },
      { status: 404, text: '[]' },
    ]) {
      const { client } = await gatewayThat(() => answer);
      const error = await failureOf(client.stopSms({ task_id: 1 }), 'NOT_FOUND');
      should(error.cause).deepEqual({ retryable: false, error_code: 404 });
    }
  });

  it('is what stands in the body only where that is a whole number, else the HTTP status', async () => {
    for (const odd of ['""', '" "', '"4e2"', '"0x194"', '"404 Not Found"', '"E404"', 'null', '{}', '404.5']) {
      const { client } = await gatewayThat(() => ({ status: 500, text: `{"error_code":${odd}}` }));
      const { cause } = await failureOf(client.stopSms({ task_id: 1 }), 'GATEWAY_ERROR');
      should(cause.error_code).equal(500, odd);
    }
  });

  it('in the body counts, whatever the HTTP status says', async () => {
    const { client } = await gatewayThat(() => ({ status: 500, text: '{"error_code":202,"task_id":"7"}' }));
    should(await client.sendSms(oneSms)).deepEqual({ error_code: 202, task_id: 7 });
  });

  it('202 may come by HTTP status alone', async () => {
    const { client } = await gatewayThat(() => ({ status: 202, text: '{"task_id":7}' }));
    should(await client.sendSms(oneSms)).deepEqual({ error_code: 202, task_id: 7 });
  });
});

describe('an error about the input', () => {
  it('names the field, and nothing was sent', () => {
    const error = invalidInput('param[3].number', 'is missing');
    should(error).match({ code: 'INVALID_INPUT', taken: 'no', message: 'param[3].number: is missing' });
    should(error.cause).deepEqual({ retryable: false, field: 'param[3].number' });
    should(invalidInput('', 'Something is wrong.').message).equal('Something is wrong.');
  });
});
