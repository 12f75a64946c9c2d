import should from 'should';
import type { SimulatorOptions } from '../../../simulator';
import { until } from '../../support/until';
import { closeAll, gateway, post, receiver, sendSms } from '../helpers';

async function pushing(options: SimulatorOptions = {}) {
  const web = await receiver();
  return { web, simulator: await gateway({ pushUrl: web.url, sn: 'da00-0030-1901-2817', ...options }) };
}

describe('simulated pushes', () => {
  afterEach(closeAll);

  it('tell of incoming SMS, results, delivery statuses, USSD and registration as manual 16 does', async () => {
    const now = () => Date.UTC(2016, 6, 12, 15, 46, 18);
    const { web, simulator } = await pushing({ now });
    const sn = 'da00-0030-1901-2817';
    const time = '2016-07-12 15:46:18';
    simulator.receive({ port: 1, number: '6717', text: 'test', smsc: '+8613800757511' });
    await until(() => web.bodies.length === 1);
    simulator.port(1).setNextRef(215);
    await sendSms(simulator, '10086', { port: [1] });
    await until(() => web.bodies.length === 4);
    simulator.unsolicitedUssd(1, 'Thank you!');
    simulator.port(0).unregister();
    simulator.port(0).register();
    await until(() => web.bodies.length === 7);
    const sms = { port: 1, number: '10086', time };
    const card = { port: 0, iccid: '89999700000000000000', imsi: '999700000000000', number: '99970100000' };
    const incoming = {
      incoming_sms_id: 1,
      port: 1,
      number: '6717',
      smc: '+8613800757511',
      timestamp: time,
      text: 'test',
    };
    should(web.events()).deepEqual([
      { sn, sms: [incoming] },
      { sn, sms_result: [{ ...sms, status: 'SENT_OK', count: 1, succ_count: 1, ref_id: 215 }] },
      { sn, sms_deliver_status: [{ ...sms, ref_id: 215, status_code: 0 }] },
      { sn, sms_result: [{ ...sms, status: 'DELIVERED', count: 1, succ_count: 1, ref_id: 215 }] },
      { sn, ussd: [{ port: 1, text: 'Thank you!' }] },
      { sn, register: [{ ...card, status: 'down' }] },
      { sn, register: [{ ...card, status: 'up' }] },
    ]);
  });

  it('tell of missed calls, CDRs, exceptions and the device', async () => {
    const { web, simulator } = await pushing({ now: () => Date.UTC(2016, 6, 12, 2, 54, 8), ports: 1 });
    simulator.missedCall(0, '6717');
    simulator.exception({ port: 0, type: 'call', action: 'reset' });
    simulator.reboot({ seconds: 0.02 });
    await until(() => web.bodies.length === 7);
    const [missed, cdr, exception, off, down, on, up] = web.events();
    should(missed).match({ missed_call: { time: '2016-07-12 02:54:08', port: 0, number: '6717' } });
    should(cdr).match({ cdr: [{ port: 0, direction: 'gsm->ip', answer_date: '' }] });
    should(exception).match({ exception_info: { port: 0, type: 'call', action: 'reset' } });
    should(off).match({ device: { port_number: 1, status: 'power_off' } });
    should(down).match({ register: [{ status: 'down' }] });
    should(on).match({ device: { status: 'power_on' } });
    should(up).match({ register: [{ status: 'up' }] });
  });

  it('print <NULL>, sequence and slot with later firmware', async () => {
    const { web, simulator } = await pushing({ snInReplies: true });
    simulator.port(2).loseSim();
    simulator.port(2).register();
    await until(() => web.bodies.length === 2);
    should(web.events()[1]).match({ register: [{ port: 2, iccid: '<NULL>', imsi: '<NULL>', sequence: 2, slot: 255 }] });
  });

  it('are lost, doubled, overtaken and without user_id by chance', async () => {
    const { web, simulator } = await pushing();
    const arrive = (text: string) => simulator.receive({ port: 0, number: '1', text });
    simulator.setPushFaults({ lose: 1 });
    arrive('lost');
    simulator.setPushFaults({ double: 1 });
    arrive('twice');
    simulator.setPushFaults({ reorder: 1 });
    arrive('late');
    simulator.setPushFaults({});
    arrive('early');
    await until(() => web.bodies.length === 4);
    const texts = web.events().map((event) => (event.sms as { text: string }[])[0]?.text);
    should(texts).deepEqual(['twice', 'twice', 'early', 'late']);
    simulator.setPushFaults({ noUserId: 1 });
    await sendSms(simulator, '1', { request_status_report: false }, 7);
    await until(() => web.bodies.length === 5);
    should(web.bodies[4]).containEql('sms_result').and.not.containEql('user_id');
  });

  it('come in arrays of several records when batches are allowed', async () => {
    const { web, simulator } = await pushing({ pushBatch: 10 });
    for (let index = 0; index < 21; index += 1) simulator.receive({ port: 0, number: '1', text: String(index) });
    await until(() => web.events().flatMap((event) => event.sms as object[]).length === 21);
    should(web.bodies.length).be.belowOrEqual(4);
  });

  it('go nowhere without harm when nobody listens, and elsewhere when told', async () => {
    const { web, simulator } = await pushing();
    simulator.setPushUrl('http://127.0.0.1:1/nobody');
    simulator.receive({ port: 0, number: '1', text: 'unheard' });
    simulator.setPushUrl('not an address');
    simulator.receive({ port: 0, number: '1', text: 'unheard' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    simulator.setPushUrl(web.url);
    await post(simulator, '/simulator/incoming', { port: 0, number: '1', text: 'heard' });
    await until(() => web.bodies.length === 1);
    should(web.bodies[0]).containEql('heard');
  });
});
