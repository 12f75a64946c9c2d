import should from 'should';
import { simulatorTime } from '../../lib/runtime/gateways/simulatorTime';
import { type Simulator, startSimulator } from '../../simulator';
import { freshId, inboxOf, inNodeRed, load, nodeOf } from '../support/flow';
import { catcher, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';

const clock = new FlowClock();

describe('send sms, given a message with something in it that is nested thousands of levels deep', () => {
  inNodeRed(clock);
  let simulator: Simulator;
  afterEach(() => simulator.close());

  it('sends it, tells of each change without that, and its outcome leaves', async () => {
    simulator = await startSimulator({ ...simulatorTime(clock), speed: 'fast' });
    const [gateway, send] = [freshId('gateway'), freshId('send')];
    await load([
      tab,
      { id: gateway, type: 'dinstar-gateway', url: simulator.url, name: 'farm' },
      drawn('dinstar-send-sms', send, { gateway, updates: 'each', wires: [['sent'], ['missed'], ['updates']] }),
      ...['sent', 'missed', 'updates'].map(catcher),
    ]);
    const tree = JSON.parse(`${'['.repeat(6000)}1${']'.repeat(6000)}`) as unknown;
    const [outcomes, updates] = [inboxOf('sent'), inboxOf('updates')];
    nodeOf(send).receive({ to: '4711', payload: 'Water', topic: 'cellar', tree });
    const sent = await outcomes.first(undefined, 60_000);
    should(sent).match({ topic: 'cellar', payload: { ok: true } });
    const update = await updates.first(undefined, 60_000);
    should(update).match({ payload: { number: '4711' } });
    should(update).not.have.property('tree');
    should(simulator.submitted.map(({ number }) => number)).eql(['4711']);
  });
});
