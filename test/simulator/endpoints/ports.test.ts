import should from 'should';
import { until } from '../../support/until';
import { closeAll, gateway, get, post } from '../helpers';

const manualTypes = 'imei,imsi,iccid,smcsc,type,number,reg,slot,callstate,signal,gprs';

describe('simulated ports', () => {
  afterEach(closeAll);

  it('tells what manual 10.4 asks for, of the ports that exist', async () => {
    const simulator = await gateway({ ports: 3 });
    simulator.port(1).loseSim();
    const { error_code, info } = await get(simulator, `/api/get_port_info?port=1,2,3&info_type=${manualTypes}`);
    should(error_code).equal(200);
    should(info).deepEqual([
      {
        port: 1,
        imei: '350000000001001',
        imsi: '',
        iccid: '',
        smcsc: '',
        type: 'GSM',
        number: '',
        reg: 'NO_SIM',
        slot: 255,
        callstate: 'Idle',
        signal: 0,
        gprs: 'detached',
      },
      {
        port: 2,
        imei: '350000000002001',
        imsi: '999700000000002',
        iccid: '89999700000000000200',
        smcsc: '+99970100500',
        type: 'GSM',
        number: '99970100002',
        reg: 'REGISTER_OK',
        slot: 255,
        callstate: 'Idle',
        signal: 25,
        gprs: 'detached',
      },
    ]);
  });

  it('takes %2C for a comma, leaves out types it doesn’t know and answers 400 without any', async () => {
    const simulator = await gateway({ ports: 1 });
    const { info } = await get(simulator, '/api/get_port_info?info_type=reg%2Cshoe_size%2Cremain_credit');
    should(info).deepEqual([{ port: 0, reg: 'REGISTER_OK', remain_credit: -1 }]);
    should(await get(simulator, '/api/get_port_info')).deepEqual({ error_code: 400 });
    should(await get(simulator, '/api/get_port_info?info_type=reg&port=32')).deepEqual({ error_code: 400 });
  });

  it('answers 400 to the info types that it is to refuse, with whatever they come', async () => {
    const simulator = await gateway({ ports: 1, refusesInfo: ['smsc', 'gprs'] });
    const ask = (types: string) => get(simulator, `/api/get_port_info?info_type=${types}`);
    should(await ask('reg,gprs')).deepEqual({ error_code: 400 });
    should(await ask('smsc')).deepEqual({ error_code: 400 });
    should((await ask('reg,smcsc')).info).deepEqual([{ port: 0, reg: 'REGISTER_OK', smcsc: '+99970100500' }]);
  });

  it('turns a module off by the GET of manual 11.4 and on by a POST', async () => {
    // A minute is never over before the next line has looked.
    const simulator = await gateway({ paces: { registering: { from: 60_000, to: 60_000 } } });
    should(await get(simulator, '/api/set_port_info?port=1&action=power&param=off')).deepEqual({ error_code: 200 });
    should(simulator.port(1).reg).equal('POWER_OFF');
    await post(simulator, '/api/set_port_info', { port: 1, action: 'power', param: 'on' });
    should(simulator.port(1).reg).equal('SEARCHING_NETWORK');
    const byQuery = await fetch(`${simulator.url}/api/set_port_info?port=2&action=reset`, { method: 'POST' });
    should(await byQuery.json()).deepEqual({ error_code: 200 });
    should(simulator.port(2).registered).be.false();
  });

  it('registers again some time after its module was turned on, or reset', async () => {
    const simulator = await gateway();
    await get(simulator, '/api/set_port_info?port=1&action=power&param=off');
    for (const action of ['action=power&param=on', 'action=reset']) {
      await get(simulator, `/api/set_port_info?port=1&${action}`);
      await until(() => simulator.port(1).registered);
    }
  });

  it('changes the slot of a multi-SIM gateway only', async () => {
    const path = '/api/set_port_info?port=0&action=slot&param=2';
    should(await get(await gateway(), path)).deepEqual({ error_code: 400 });
    const multi = await gateway({ slots: 4 });
    const before = multi.port(0).imsi;
    should(await get(multi, path)).deepEqual({ error_code: 200 });
    await until(() => multi.port(0).registered);
    should(multi.port(0).slot).equal(2);
    should(multi.port(0).imsi).not.equal(before);
  });

  it('knows the later actions and refuses what it doesn’t know', async () => {
    const simulator = await gateway();
    const act = async (action: string, param?: string) =>
      (await post(simulator, '/api/set_port_info', { port: 0, action, param })).error_code;
    should(await act('number', '+491234')).equal(200);
    should(await act('imei', '123456789012345')).equal(200);
    should(await act('lock')).equal(200);
    should(await act('block')).equal(200);
    const { number, imei, locked, blocked } = simulator.port(0);
    should([number, imei, locked, blocked]).deepEqual(['+491234', '123456789012345', true, true]);
    should(await act('unblock')).equal(200);
    should(await act('explode')).equal(400);
    should(await act('power', 'maybe')).equal(400);
    should(await get(simulator, '/api/set_port_info?port=30&action=reset')).deepEqual({ error_code: 500 });
  });

  it('tells its performance by get_status', async () => {
    const simulator = await gateway();
    const { performance } = (await post(simulator, '/api/get_status', ['performance'])) as { performance: object };
    should(Object.keys(performance)).containEql('memory_free').and.have.length(8);
    for (const value of Object.values(performance)) should(value).be.a.String();
  });
});
