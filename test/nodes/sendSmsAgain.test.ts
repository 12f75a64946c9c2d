import should from 'should';
import type { Outcome } from '../../lib/messaging/sms/outcome/outcome';
import { simulatorTime } from '../../lib/runtime/gateways/simulatorTime';
import { type Simulator, startSimulator } from '../../simulator';
import { simCardFor } from '../../simulator/network/simCard';
import { type FlowNode, freshId, inboxOf, inNodeRed, load, nodeOf } from '../support/flow';
import { catchAll, catcher, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';

const clock = new FlowClock();

describe('send sms after another node', () => {
  inNodeRed(clock);
  let simulator: Simulator;
  let down: Simulator;
  let ids: Record<'gateway' | 'away' | 'first' | 'second', string>;
  beforeEach(async () => {
    ids = { gateway: freshId('gateway'), away: freshId('away'), first: freshId('first'), second: freshId('second') };
    simulator = await startSimulator({ ...simulatorTime(clock), speed: 'fast' });
    down = await startSimulator({ ...simulatorTime(clock), speed: 'fast' });
  });
  afterEach(() => Promise.all([simulator.close(), down.close()]));

  const flow = (second: object = {}, own: object = {}): FlowNode[] => [
    tab,
    { id: ids.gateway, type: 'dinstar-gateway', url: simulator.url, name: 'farm', ...own },
    { id: ids.away, type: 'dinstar-gateway', url: down.url, name: 'away' },
    drawn('dinstar-send-sms', ids.first, {
      gateway: ids.away,
      wait: '1',
      onTimeout: 'withdraw',
      wires: [[], [ids.second], []],
    }),
    drawn('dinstar-send-sms', ids.second, { gateway: ids.gateway, wires: [['reached'], ['missed'], []], ...second }),
    ...['reached', 'missed'].map(catcher),
    ...catchAll('errors'),
  ];
  const outcome = async (): Promise<Outcome> =>
    ((await inboxOf('reached').first(undefined, 9000)) as unknown as { payload: Outcome }).payload;

  it('lets an alarm that one gateway cannot send go out by another, to the same numbers and with the same texts', async () => {
    await load(flow());
    await down.close();
    const leaving = outcome();
    const to = [
      { number: '71', text_param: ['A'] },
      { number: '72', text_param: ['B'] },
    ];
    nodeOf(ids.first).receive({ to, payload: 'Hall #param# burns' });
    const { recipients } = await leaving;
    should(recipients.map(({ number, text }) => [number, text])).eql([
      ['71', 'Hall A burns'],
      ['72', 'Hall B burns'],
    ]);
    should(simulator.submitted.map(({ text }) => text)).eql(['Hall A burns', 'Hall B burns']);
  });

  it('sends the text of an outcome to another number', async () => {
    await load(flow({ to: '99', toType: 'str' }));
    await down.close();
    const leaving = outcome();
    nodeOf(ids.first).receive({ to: '71', payload: 'Fire' });
    should((await leaving).text).equal('Fire');
    should(simulator.submitted[0]).match({ number: '99', text: 'Fire' });
  });

  it('answers an incoming SMS, and never with itself', async () => {
    const incoming = { incoming_sms_id: 1, port: 0, number: '+491701234567', text: 'Status?' };
    await load(flow({ text: 'answer', textType: 'msg' }));
    const leaving = outcome();
    nodeOf(ids.second).receive({ payload: incoming, topic: incoming.number, answer: 'All is well' });
    await leaving;
    should(simulator.submitted[0]).match({ number: '+491701234567', text: 'All is well' });
  });

  it('sends once to a number in two writings, by the country that is set', async () => {
    await load(flow({}, { country: 'de' }));
    const leaving = outcome();
    nodeOf(ids.second).receive({ to: '01701234567, +49 170 1234567', payload: 'Once' });
    should(await leaving).match({ total: 1, duplicates: 1 });
    should(simulator.submitted.map(({ number }) => number)).eql(['01701234567']);
  });

  describe('by the country of its SIMs, where none is set', () => {
    const sendTwoWritings = async (): Promise<Outcome> => {
      await load(flow());
      const leaving = outcome();
      nodeOf(ids.second).receive({ to: '01701234567, +49 170 1234567', payload: 'Once' });
      return leaving;
    };
    beforeEach(async () => {
      await simulator.close();
      // 262 is Germany (ITU-T E.212).
      simulator = await startSimulator({ ...simulatorTime(clock), speed: 'fast', network: '26201' });
    });

    it('sends once to a number in two writings', async () => {
      should(await sendTwoWritings()).match({ total: 1, duplicates: 1 });
      should(simulator.submitted.map(({ number }) => number)).eql(['01701234567']);
    });

    it('takes them for two numbers when a SIM is of another country', async () => {
      simulator.port(3).insertSim(simCardFor(3, 0, '23201'));
      should(await sendTwoWritings()).match({ total: 2, duplicates: 0 });
    });
  });
});
