import should from 'should';
import { readDeviceEvent, readExceptionInfo } from '../../../lib/gateway-api';
import { closeAll, failureOf, gatewayThat, simulated } from './helpers';

describe('the device', () => {
  afterEach(closeAll);

  it('tells of its own state, by a list of sections and without an error_code', async () => {
    const performance = { cpu_used: '3', memory_free: '24576' };
    const { client, server } = await gatewayThat(() => ({ json: { performance } }));
    should(await client.getStatus()).deepEqual({ error_code: 200, performance });
    await client.getStatus(['performance', 'network']);
    should(server.seen.map(({ method, url, body }) => `${method} ${url} ${body}`)).deepEqual([
      'POST /api/get_status ["performance"]',
      'POST /api/get_status ["performance","network"]',
    ]);
    const { client: other } = await simulated();
    should((await other.getStatus()).performance).have.properties('cpu_used', 'memory_total');
  });

  it('tells numbers and odd keys as it should have, and sections that aren’t known as they are', async () => {
    const { client } = await gatewayThat(() => ({
      text: '{" Performance":{" cpu_used":3,"later":4},"network":["up"],}',
    }));
    should(await client.getStatus()).deepEqual({
      error_code: 200,
      performance: { cpu_used: '3', later: 4 },
      network: ['up'],
    });
    const other = await gatewayThat(() => ({ text: '{"performance":"n/a"}' }));
    should(await other.client.getStatus()).deepEqual({ error_code: 200 });
  });

  it('that is too old for it says so', async () => {
    const { client } = await gatewayThat(() => ({ status: 404, text: '<html></html>' }));
    should((await failureOf(client.getStatus(), 'BAD_REPLY')).taken).equal('no');
  });

  it('has the serial number that its last reply gave', async () => {
    const { client } = await simulated({ snInReplies: true, sn: 'da00-0030-1901-2817' });
    should(client.sn).be.undefined();
    should(await client.querySmsInQueue()).have.property('sn', 'da00-0030-1901-2817');
    should(client.sn).equal('da00-0030-1901-2817');
    const refusing = await gatewayThat(() => ({ json: { error_code: 500, sn: 'da01' } }));
    await failureOf(refusing.client.querySmsInQueue(), 'GATEWAY_ERROR');
    should(refusing.client.sn).equal('da01');
  });

  it('pushes events of its own', () => {
    should(readDeviceEvent({ port_number: '8', IP: '192.168.1.20', MAC: 'f8', status: 'power_on' })).deepEqual({
      port_number: 8,
      IP: '192.168.1.20',
      MAC: 'f8',
      status: 'power_on',
    });
    should(readExceptionInfo({ port: '3', type: 'call_fail', action: 'reset' })).deepEqual({
      port: 3,
      type: 'call_fail',
      action: 'reset',
    });
  });
});
