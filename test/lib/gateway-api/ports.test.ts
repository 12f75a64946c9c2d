import should from 'should';
import { closeAll, failureOf, gatewayThat, simulated } from './helpers';

describe('ports', () => {
  afterEach(closeAll);

  it('are asked for what is wanted of them; no port means all', async () => {
    const { client, server } = await gatewayThat(() => ({ json: { error_code: 200, info: [] } }));
    await client.getPortInfo({ info_type: ['reg', 'remain_credit'] });
    await client.getPortInfo({ port: [], info_type: ['reg'] });
    await client.getPortInfo({ port: [0], info_type: ['reg'] });
    should(server.seen.map(({ url }) => url)).deepEqual([
      '/api/get_port_info?info_type=reg%2Cremain_credit',
      '/api/get_port_info?info_type=reg',
      '/api/get_port_info?port=0&info_type=reg',
    ]);
  });

  it('have what newer firmware tells, too', async () => {
    const info = [{ Port: '0', type: 'LTE', signal: '31', slot: 0, remain_credit: '-1', CallForward: 'off' }];
    const { client } = await gatewayThat(() => ({ json: { error_code: 200, info, sn: 'da00' } }));
    should(await client.getPortInfo({ info_type: ['type'] })).deepEqual({
      error_code: 200,
      sn: 'da00',
      info: [{ port: 0, type: 'LTE', signal: 31, slot: 0, remain_credit: '-1', CallForward: 'off' }],
    });
  });

  it('take the actions of the manual and of later firmware', async () => {
    const { client, server } = await gatewayThat(() => ({ json: { error_code: 200 } }));
    await client.setPortInfo({ port: 0, action: 'slot', param: 0 });
    await client.setPortInfo({ port: 0, action: 'power', param: 'on' });
    await client.setPortInfo({ port: 31, action: 'number', param: '+49 30' });
    await client.setPortInfo({ port: 1, action: 'lock' });
    should(server.seen.map(({ method, url }) => `${method} ${url}`)).deepEqual([
      'GET /api/set_port_info?port=0&action=slot&param=0',
      'GET /api/set_port_info?port=0&action=power&param=on',
      'GET /api/set_port_info?port=31&action=number&param=%2B49%2030',
      'GET /api/set_port_info?port=1&action=lock&param=',
    ]);
  });

  it('are switched off and on, and change their slot', async () => {
    const { client, simulator } = await simulated({ slots: 4 });
    const regOf = async () => (await client.getPortInfo({ port: [0], info_type: ['reg'] })).info[0]?.reg;
    should(await regOf()).equal('REGISTER_OK');
    await client.setPortInfo({ port: 0, action: 'power', param: 'off' });
    should(await regOf()).equal('POWER_OFF');
    await client.setPortInfo({ port: 0, action: 'power', param: 'on' });
    await client.setPortInfo({ port: 0, action: 'slot', param: 2 });
    should((await client.getPortInfo({ port: [0], info_type: ['slot'] })).info[0]?.slot).equal(2);
    should(simulator.port(0).slot).equal(2);
    await failureOf(client.setPortInfo({ port: 0, action: 'dance' }), 'BAD_REQUEST');
  });
});

describe('call records', () => {
  afterEach(closeAll);

  it('are asked for by port and time', async () => {
    const { client, server } = await gatewayThat(() => ({ json: { error_code: 200, cdr: [] } }));
    const query = { port: [0], time_after: '2015-07-21 00:00:00', time_before: '2015-07-22 00:00:00' };
    await client.getCdr(query);
    await client.getCdr();
    should(server.seen.map(({ method, body }) => [method, JSON.parse(body)])).deepEqual([
      ['POST', query],
      ['POST', {}],
    ]);
  });

  it('are found under info, too, and have the fields of later firmware', async () => {
    const info = [{ port: 0, start_date: '2015-07-21 16:35:20', gsm_code: '16', duration: '0', source_number: 6717 }];
    const { client } = await gatewayThat(() => ({ json: { error_code: 200, info } }));
    should((await client.getCdr()).cdr).deepEqual([
      {
        port: 0,
        start_date: '2015-07-21 16:35:20',
        start_date_iso: '2015-07-21T16:35:20.000Z',
        gsm_code: 16,
        duration: 0,
        source_number: '6717',
        answered: false,
      },
    ]);
  });
});
