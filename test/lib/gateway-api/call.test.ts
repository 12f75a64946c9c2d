import should from 'should';
import { closeAll, failureOf, gatewayThat, simulated } from './helpers';

describe('a raw call', () => {
  afterEach(closeAll);

  it('sends params as the query of a GET, lists parted by encoded commas', async () => {
    const { client, server } = await gatewayThat(() => ({ json: {} }));
    await client.call('GET', '/api/x', { port: [0, 1], text: 'a b&c', on: true, n: 0, nothing: undefined });
    await client.call('GET', '/api/x?a=1', { b: 2 });
    await client.call('GET', '/api/x', { text: 'half \ud83d' });
    await client.call('GET', '/api/x');
    should(server.seen.map(({ url }) => url)).deepEqual([
      '/api/x?port=0%2C1&text=a%20b%26c&on=true&n=0',
      '/api/x?a=1&b=2',
      '/api/x?text=half%20%EF%BF%BD',
      '/api/x',
    ]);
  });

  it('sends params as the JSON of a POST, a list included', async () => {
    const { client, server } = await gatewayThat(() => ({ json: { error_code: 200 } }));
    await client.call('POST', '/api/get_status', ['performance']);
    await client.call('POST', '/api/new', { port: [0] });
    await client.call('POST', '/api/new');
    should(server.seen.map(({ body }) => body)).deepEqual(['["performance"]', '{"port":[0]}', '{}']);
  });

  it('answers what the gateway says, only its envelope mended', async () => {
    for (const [text, expected] of [
      ['{"error code":"200"," sn":"da00","smc":"+86",}', { error_code: 200, sn: 'da00', smc: '+86' }],
      ['[1,2,]', [1, 2]],
      ['{}', {}],
    ] as const) {
      const { client } = await gatewayThat(() => ({ text }));
      should(await client.call('GET', '/api/x')).deepEqual(expected);
    }
  });

  it('fails as the methods do', async () => {
    const { client } = await gatewayThat(({ url }) =>
      url === '/api/none' ? { text: 'OK' } : { json: { error_code: 404 } },
    );
    await failureOf(client.call('GET', '/api/stop_sms', { task_id: 1 }), 'NOT_FOUND');
    const { message } = await failureOf(client.call('GET', '/api/stop_sms?token=hidden'), 'NOT_FOUND');
    should(message).containEql('/api/stop_sms').not.containEql('hidden');
    should((await failureOf(client.call('GET', '/api/none'), 'BAD_REPLY')).message).containEql('cut short or garbled');
  });

  it('is taken to change something when it is known to, or a POST that isn’t known', async () => {
    const { client } = await gatewayThat((_request, response) => void response.destroy());
    for (const [method, path] of [
      ['POST', '/api/send_sms'],
      ['GET', '/api/stop_sms?task_id=1'],
      ['GET', '/api/set_port_info'],
      ['POST', '/api/set_port_info'],
      ['POST', '/api/new'],
    ] as const) {
      await failureOf(client.call(method, path), 'UNKNOWN_OUTCOME');
    }
    for (const [method, path] of [
      ['POST', '/api/query_sms_result'],
      ['POST', '/api/get_cdr'],
      ['GET', '/api/new'],
    ] as const) {
      await failureOf(client.call(method, path), 'BAD_REPLY');
    }
  });

  it('can only ask this gateway, by GET and POST', async () => {
    const { client, server } = await gatewayThat(() => ({ json: {} }));
    for (const path of [
      '',
      'api/x',
      '//other.test/x',
      '/\\other.test',
      'http://other.test/',
      '/a b',
      '/x#y',
      '/x\r\n',
      7,
    ]) {
      should((await failureOf(client.call('GET', path as string), 'INVALID_INPUT')).cause.field).equal('path');
    }
    for (const method of ['get', 'DELETE', undefined]) {
      should((await failureOf(client.call(method as 'GET', '/x'), 'INVALID_INPUT')).cause.field).equal('method');
    }
    should((await failureOf(client.call('GET', '/x', { a: { b: 1 } }), 'INVALID_INPUT')).cause.field).equal('a');
    const circle: Record<string, unknown> = {};
    circle.round = circle;
    should((await failureOf(client.call('POST', '/x', circle), 'INVALID_INPUT')).cause.field).equal('params');
    should(server.seen).be.empty();
  });

  it('reaches every endpoint of a gateway', async () => {
    const { client } = await simulated({ login: 'digest' });
    should(await client.call('GET', '/api/get_port_info', { info_type: ['reg'], port: [0] })).match({
      error_code: 200,
      info: [{ port: 0, reg: 'REGISTER_OK' }],
    });
    should(await client.call('POST', '/api/get_cdr', { port: [0] })).match({ error_code: 200, cdr: [] });
  });
});
