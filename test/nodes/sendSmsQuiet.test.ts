import should from 'should';
import type { Outcome, Recipient } from '../../lib/messaging/sms/outcome/outcome';
import { simulatorTime } from '../../lib/runtime/gateways/simulatorTime';
import { type Simulator, startSimulator } from '../../simulator';
import { freshId, inboxOf, inNodeRed, load, nodeOf } from '../support/flow';
import { catcher, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';

const clock = new FlowClock();

describe('send sms, for many recipients', () => {
  inNodeRed(clock);
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({ ...simulatorTime(clock), speed: 'fast' });
  });
  afterEach(() => simulator.close());

  /** Sends to one number that can be reached and one that can't. */
  const send = async (properties: object): Promise<{ outcome: Outcome; told: string[] }> => {
    const [gateway, node] = [freshId('gateway'), freshId('send')];
    await load([
      tab,
      { id: gateway, type: 'dinstar-gateway', url: simulator.url },
      drawn('dinstar-send-sms', node, { gateway, wires: [['reached'], ['missed'], ['updates']], ...properties }),
      ...['reached', 'missed', 'updates'].map(catcher),
    ]);
    const updates = inboxOf('updates');
    const leaving = inboxOf('missed').first(undefined, 9000);
    nodeOf(node).receive({ to: ['123', '9990000001'], payload: 'Hello' });
    const { payload } = (await leaving) as unknown as { payload: Outcome };
    const told = updates.all as unknown as { payload: Recipient }[];
    return { outcome: payload, told: told.map((update) => `${update.payload.number} ${update.payload.status}`) };
  };

  it('lists only those that failed in a summary, and counts all', async () => {
    const { outcome } = await send({ outcome: 'summary' });
    should(outcome).match({ total: 2, reached: 1, failed: 1, text: 'Hello' });
    should(outcome.recipients.map(({ number }) => number)).eql(['9990000001']);
  });

  it('tells only what fails on output 3 where nothing else is wanted', async () => {
    const { told } = await send({ updates: 'failed' });
    should(told).eql(['9990000001 FAILED']);
  });

  it('tells nothing on output 3 where nothing is wanted', async () => {
    const { outcome, told } = await send({ updates: 'none' });
    should(told).be.empty();
    should(outcome.recipients).have.length(2);
  });
});
