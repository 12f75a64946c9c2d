import should from 'should';
import { closeAll } from '../lib/gateway-api/helpers';
import { documented, example } from './helpers';

describe("the manual's examples of ports", () => {
  afterEach(closeAll);

  it('ask three ports for everything (10.4)', async () => {
    const { asked, reply } = await example(
      '{ "error_code": 200, "info": [ { "port": 1, " type": "WCDMA", "imei": "863070017005173", "imsi": "", "iccid": "", " smsc": "", "number": "", "reg": "NO_SIM", "callstate": "Idle", "signal": 0, "gprs": "detached" }, { "port": 2, " type": "GSM", "imei": "358967042917201", "imsi": "460016529802215", " iccid": "89860114840400428150", "smcsc": "+8613010868500", "number": "", "reg": "REGISTER_OK", "callstate": "Idle", "signal": 0, "gprs": "detached" }, { "port": 3, " type": "GSM", "imei": "358967042917201", "imsi": "", "iccid": "", "smcsc": "", "number": "", "reg": "NO_SIM", "callstate": "Idle", "signal": 0, "gprs": "detached" } ] }',
      (client) =>
        client.getPortInfo({
          port: [1, 2, 3],
          info_type: 'imei,imsi,iccid,smcsc,type,number,reg,slot,callstate,signal,gprs'.split(','),
        }),
    );
    should(asked).deepEqual(
      documented(
        'http://gateway_ip/api/get_port_info?port=1,2,3&info_type=imei,imsi,iccid,smcsc,type,number,reg,slot,callstate,signal,gprs',
      ),
    );
    const idle = { number: '', callstate: 'Idle', signal: 0, gprs: 'detached' };
    const without = { ...idle, imsi: '', iccid: '', smsc: '', reg: 'NO_SIM' };
    should(reply).deepEqual({
      error_code: 200,
      info: [
        { ...without, port: 1, type: 'WCDMA', imei: '863070017005173' },
        {
          ...idle,
          port: 2,
          type: 'GSM',
          imei: '358967042917201',
          imsi: '460016529802215',
          iccid: '89860114840400428150',
          smsc: '+8613010868500',
          reg: 'REGISTER_OK',
        },
        { ...without, port: 3, type: 'GSM', imei: '358967042917201' },
      ],
    });
  });

  it('switch a port off (11.4)', async () => {
    const { asked, reply } = await example('{"error_code":200}', (client) =>
      client.setPortInfo({ port: 1, action: 'power', param: 'off' }),
    );
    should(asked).deepEqual(documented('http://gateway_ip/api/set_port_info?port=1&action=power&param=off'));
    should(reply).deepEqual({ error_code: 200 });
  });

  it('ask two ports for their call records (12.4)', async () => {
    const { asked, reply } = await example(
      '{"error_code":200,"cdr":[{"port":2,"start_date":"2015-07-21 16:35:20","answer_date":"2015-07-21 16:35:31","direction":"ip->gsm","ip":"172.16.100.136","codec":"G.711U","hangup":"called","gsm_code":16,"bcch":""}]}',
      (client) => client.getCdr({ port: [2, 3] }),
    );
    should(asked).deepEqual(
      documented(`curl -d '{"port":[2,3]}' -H "Content-Type: application/json" http://gateway_ip/api/get_cdr`),
    );
    should(reply).deepEqual({
      error_code: 200,
      cdr: [
        {
          port: 2,
          start_date: '2015-07-21 16:35:20',
          start_date_iso: '2015-07-21T16:35:20.000Z',
          answer_date: '2015-07-21 16:35:31',
          answer_date_iso: '2015-07-21T16:35:31.000Z',
          answered: true,
          direction: 'ip->gsm',
          ip: '172.16.100.136',
          codec: 'G.711U',
          hangup: 'called',
          gsm_code: 16,
          bcch: '',
        },
      ],
    });
  });
});
