import should from 'should';
import type { Outcome, Recipient } from '../../lib/messaging/sms/outcome/outcome';
import { simulatorTime } from '../../lib/runtime/gateways/simulatorTime';
import { type Simulator, startSimulator } from '../../simulator';
import { freshId, inboxOf, inNodeRed, load, nodeOf } from '../support/flow';
import { catcher, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';

const clock = new FlowClock();
const DAYS = [1, 2, 3, 4, 5, 6, 7];

describe('send sms, by the clock', () => {
  inNodeRed(clock);
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({ ...simulatorTime(clock), speed: 'fast' });
  });
  afterEach(() => simulator.close());

  const deploy = async (properties: object): Promise<string> => {
    const [gateway, node] = [freshId('gateway'), freshId('send')];
    await load([
      tab,
      { id: gateway, type: 'dinstar-gateway', url: simulator.url, timezone: 'UTC' },
      drawn('dinstar-send-sms', node, { gateway, wires: [['reached'], ['missed'], ['updates']], ...properties }),
      { id: 'caught', type: 'catch', z: 'tab', scope: null, wires: [['errors']] },
      ...['reached', 'missed', 'updates', 'errors'].map(catcher),
    ]);
    return node;
  };
  const wallIn = (ms: number): string => new Date(clock.now() + ms).toISOString().slice(0, 19);

  it('sends at the time that a message says, and says meanwhile why it waits', async () => {
    const node = await deploy({ sendAt: 'sendAt', sendAtType: 'msg' });
    const [updates, reached] = [inboxOf('updates'), inboxOf('reached')];
    const leaving = reached.first(undefined, 9000);
    const due = clock.now() + 2000;
    nodeOf(node).receive({ to: '123', payload: 'Hello', sendAt: wallIn(2000) });
    const { payload } = (await leaving) as unknown as { payload: Outcome };
    const told = updates.all as unknown as { payload: Recipient }[];
    should(told[0]?.payload).match({ status: 'QUEUED', history: [], held: { by: 'schedule' } });
    should(payload).match({ ok: true, recipients: [{ number: '123' }] });
    should(payload.recipients[0]?.history[0]?.at).be.aboveOrEqual(Math.floor(due / 1000) * 1000);
  });

  it('withholds what no hour lets out in time', async () => {
    const minute = (ms: number): string => wallIn(ms).slice(11, 16);
    const window = [{ days: DAYS, from: minute(7_200_000), to: minute(10_800_000), zone: '' }];
    const node = await deploy({ window, validity: '60', validityType: 'num' });
    const leaving = inboxOf('missed').first(undefined, 9000);
    nodeOf(node).receive({ to: '123', payload: 'Hello' });
    const { payload } = (await leaving) as unknown as { payload: Outcome };
    should(payload).match({ failed: 1, recipients: [{ status: 'WITHHELD', error: { code: 'SCHEDULE' } }] });
  });

  const wrong: [property: string, properties: object, message?: object][] = [
    [
      'window[1].days',
      {
        window: [
          { days: DAYS, from: '08:00', to: '09:00' },
          { days: [8], from: '08:00', to: '09:00' },
        ],
      },
    ],
    ['window[0].from', { window: [{ days: DAYS, from: '8', to: '09:00' }] }],
    ['window[0].zone', { window: [{ days: DAYS, from: '08:00', to: '09:00', zone: 'CST' }] }],
    ['sendZone', { sendZone: 'Mars/Olympus' }],
    ['spread', { spread: '-1' }],
    ['lateBy', { lateBy: 'x' }],
    ['sendAt', { sendAt: 'sendAt', sendAtType: 'msg' }, { sendAt: 'tomorrow' }],
    ['to.timezone', { sendZone: 'recipient', sendAt: '2099-01-01T09:00', sendAtType: 'str' }, { to: '+12125550123' }],
  ];
  for (const [field, properties, message] of wrong) {
    it(`refuses what is wrong with ${field}, naming it`, async () => {
      const node = await deploy(properties);
      const caught = inboxOf('errors').first(undefined, 9000);
      nodeOf(node).receive({ to: '123', payload: 'Hello', ...message });
      const { error } = (await caught) as unknown as { error: { code: string; cause: { field: string } } };
      should(error).match({ code: 'INVALID_INPUT', cause: { field } });
    });
  }
});
