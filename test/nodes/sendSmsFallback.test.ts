import should from 'should';
import { simulatorTime } from '../../lib/runtime/gateways/simulatorTime';
import { type Simulator, startSimulator } from '../../simulator';
import { freshId, inboxOf, inNodeRed, load, nodeOf } from '../support/flow';
import { catchAll, catcher, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';

const clock = new FlowClock();
/** The simulated network fails what goes to the first, and delivers to the second. */
const to = { number: '+999100000001', else: ['+99970123'], after: 600 };

describe('send sms to a recipient with several numbers', () => {
  inNodeRed(clock);
  let simulator: Simulator;
  let send: string;
  beforeEach(async () => {
    simulator = await startSimulator({ ...simulatorTime(clock), speed: 'fast' });
    send = freshId('send');
    const gateway = freshId('gateway');
    await load([
      tab,
      { id: gateway, type: 'dinstar-gateway', url: simulator.url, name: 'farm' },
      drawn('dinstar-send-sms', send, { gateway, wires: [['reached'], ['missed'], ['updates']] }),
      ...['reached', 'missed', 'updates'].map(catcher),
      ...catchAll('errors'),
    ]);
  });
  afterEach(() => simulator.close());

  it('reaches the next one when the first has failed, and says what was tried', async () => {
    nodeOf(send).receive({ to, payload: 'Water in the cellar' });
    const { payload } = (await inboxOf('reached').first(undefined, 60_000)) as never as { payload: object };
    should(payload).match({ ok: true, total: 1, reached: 1, failed: 0, recipients: [{ number: '+99970123' }] });
    should(payload).match({ recipients: [{ tried: [{ number: to.number, status: 'FAILED' }] }] });
    should(simulator.submitted.map(({ number }) => number)).eql([to.number, '+99970123']);
  });

  it('refuses a number that is none, before anything leaves', async () => {
    nodeOf(send).receive({ to: { ...to, else: ['door'] }, payload: 'Water' });
    const { error } = (await inboxOf('errors').first(undefined, 60_000)) as never as { error: { message: string } };
    should(error.message).match(/msg\.to\.else\[0\]/);
    should(simulator.submitted).be.empty();
  });
});
