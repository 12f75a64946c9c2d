import should from 'should';
import type { Simulator } from '../../../simulator';
import { until } from '../../support/until';
import { closeAll, gateway, get, post, sendSms } from '../helpers';

const tell = (simulator: Simulator, body: object) => post(simulator, '/simulator/port', body);
const isSent = (simulator: Simulator, count: number) =>
  until(() => simulator.submitted.filter(({ state }) => !['QUEUED', 'SENDING'].includes(state)).length === count);
const statesOf = (simulator: Simulator) => simulator.submitted.map(({ state }) => state);

describe('the cards of a simulated gateway', () => {
  afterEach(closeAll);

  it('wait in slots: another one registers after a while, and sends by its own IMSI', async () => {
    const simulator = await gateway({ ports: 1, slots: 4, laterKeys: true });
    should((await get(simulator, '/api/get_port_info?info_type=slot,iccid')).info).match([{ slot: 0 }]);
    should(await get(simulator, '/api/set_port_info?port=0&action=slot&param=2')).deepEqual({ error_code: 200 });
    should(simulator.port(0)).match({ reg: 'SEARCHING_NETWORK', slot: 2 });
    await until(() => simulator.port(0).registered);
    await sendSms(simulator, '99970200011', { request_status_report: false }, 1);
    await isSent(simulator, 1);
    const { result } = await post(simulator, '/api/query_sms_result', { user_id: [1] });
    should(result).match([{ imsi: '999702000000000', status: 'SENT_OK' }]);
  });

  it('are others in a gateway with another serial number', async () => {
    const [one, two] = [await gateway({ ports: 32, slots: 4 }), await gateway({ ports: 32, slots: 4, sn: 'two' })];
    const cards = [one, two].flatMap(({ ports }) => ports.flatMap(({ cards: { all } }) => all));
    for (const known of ['iccid', 'imsi'] as const) {
      const values = cards.map((card) => card?.[known] ?? '');
      should(new Set(values).size).equal(256);
      should(values.every((value) => value.length === (known === 'imsi' ? 15 : 20))).be.true();
    }
  });

  it('are barred by the operator: registered, but each SMS fails until they may send again', async () => {
    const simulator = await gateway({ ports: 1, operator: { rules: [{ count: 'sms', per: 'month', max: 1 }] } });
    const more = { request_status_report: false };
    for (const place of [1, 2, 3]) {
      await sendSms(simulator, `12${place}`, more);
      await isSent(simulator, place);
    }
    should(statesOf(simulator)).eql(['SENT_OK', 'FAILED', 'FAILED']);
    should(simulator.port(0).registered).be.true();
    should(simulator.operator.log).have.length(1);
    should(await get(simulator, '/simulator/judgements')).match([{ port: 0, number: '122', value: 2 }]);
    await tell(simulator, { port: 0, action: 'unbar' });
    await post(simulator, '/simulator/operator', { rules: [] });
    await sendSms(simulator, '124', more);
    await isSent(simulator, 4);
    should(statesOf(simulator)[3]).equal('SENT_OK');
  });

  it('lose the network where the operator bars them like that, and find none until they may', async () => {
    const simulator = await gateway({ ports: 1 });
    await tell(simulator, { port: 0, action: 'bar', how: 'network' });
    should(simulator.port(0).reg).equal('UNREGISTER');
    simulator.port(0).reset();
    should(simulator.port(0).reg).equal('SEARCHING_NETWORK');
    await until(() => simulator.port(0).reg === 'UNREGISTER');
    await tell(simulator, { port: 0, action: 'unbar' });
    await until(() => simulator.port(0).registered);
  });

  it('move to another port with ICCID, IMSI, balance and all they have used', async () => {
    const rules = [{ count: 'sms', per: 'day', max: 1 }] as const;
    const simulator = await gateway({ ports: 2, operator: { rules } });
    const [iccid, other] = [simulator.port(0).iccid, simulator.port(1).iccid];
    await sendSms(simulator, '123', { port: [0], request_status_report: false });
    await isSent(simulator, 1);
    await tell(simulator, { port: 0, action: 'balance', balance: 5 });
    await tell(simulator, { port: 0, action: 'moveSim', to: 1 });
    should([simulator.port(0).iccid, simulator.port(1).iccid]).eql([other, iccid]);
    await until(() => simulator.ports.every(({ registered }) => registered));
    should(simulator.port(1).card?.balance).equal(5);
    await sendSms(simulator, '123', { port: [1], request_status_report: false });
    await sendSms(simulator, '123', { port: [0], request_status_report: false });
    await isSent(simulator, 3);
    should(statesOf(simulator)).eql(['SENT_OK', 'FAILED', 'SENT_OK']);
  });

  it('fail what a card had on the air when it was moved away', async () => {
    const simulator = await gateway({ ports: 2, paces: { segment: { from: 300, to: 300 } } });
    await sendSms(simulator, '123', { port: [0], request_status_report: false });
    simulator.port(0).moveSim(simulator.port(1));
    await isSent(simulator, 1);
    should(statesOf(simulator)).eql(['FAILED']);
    should(simulator.operator.usedOf(simulator.port(1).card as never)).eql([]);
  });

  it('come back as they were when they are put in again', async () => {
    const simulator = await gateway({ ports: 1 });
    simulator.port(0).setBarred({ how: 'sms', at: 0, why: 'test' });
    const { card } = simulator.port(0);
    simulator.port(0).loseSim();
    should(simulator.port(0).card).be.undefined();
    simulator.port(0).insertSim();
    should(simulator.port(0).card).equal(card);
  });

  it('tell their balance by USSD in the words of the operator, and by remain_credit where the firmware knows', async () => {
    const balanceText = 'Guthaben: %comma% EUR (%balance%)';
    const simulator = await gateway({ ports: 1, balance: 7.5, balanceText, tellsCredit: true });
    await post(simulator, '/api/send_ussd', { text: '*100#', port: [0] });
    const reply = async () => ((await get(simulator, '/api/query_ussd_reply?port=0')).reply as { text: string }[])[0];
    await until(async () => (await reply())?.text !== '');
    should(await reply()).match({ text: 'Guthaben: 7,50 EUR (7.50)' });
    should((await get(simulator, '/api/get_port_info?info_type=remain_credit')).info).match([{ remain_credit: 7.5 }]);
  });

  it('say what is wrong with a command that concerns them', async () => {
    const simulator = await gateway({ ports: 2, slots: 2 });
    const error = async (body: object) => (await tell(simulator, { port: 0, ...body })).error;
    should(await error({ action: 'slot', slot: 2 })).equal('slot must be a whole number from 0 to 1');
    should(await error({ action: 'moveSim', to: 2 })).match(/no port 2/);
    should(await error({ action: 'bar', how: 'hard' })).equal('how must be one of sms, network');
    should(await error({ action: 'balance' })).equal('balance must be a number');
    simulator.port(0).loseSim();
    should(await error({ action: 'balance', balance: 1 })).equal('port 0 has no card');
    should((await post(simulator, '/simulator/operator/rule', { count: 'sms' })).error).match(/^per must be one of/);
  });

  it('are shown with slot, balance and what they have used, and the operator with its log', async () => {
    const simulator = await gateway({ ports: 1, slots: 2, networkAhead: 3600 });
    await post(simulator, '/simulator/operator', { price: 0.09 });
    await post(simulator, '/simulator/operator/rule', { count: 'sms', per: 'day', max: 1 });
    await sendSms(simulator, '123', { request_status_report: false });
    await sendSms(simulator, '123', { request_status_report: false });
    await isSent(simulator, 2);
    should(await get(simulator, '/simulator/state')).match({
      ports: [{ slot: 0, slots: { length: 2 }, balance: 12.25, barred: { how: 'sms' }, used: [{ max: 1, value: 1 }] }],
      operator: { price: 0.09, rules: [{ max: 1, window: 'calendar' }], log: [{ text: /^Card .* is barred/ }] },
    });
  });
});
