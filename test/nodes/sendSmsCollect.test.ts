import should from 'should';
import type { Outcome } from '../../lib/messaging/sms/outcome/outcome';
import { simulatorTime } from '../../lib/runtime/gateways/simulatorTime';
import { type Simulator, startSimulator } from '../../simulator';
import { deploy, type FlowNode, freshId, inboxOf, inNodeRed, load, nodeOf } from '../support/flow';
import { catchAll, catcher, completed, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';

const clock = new FlowClock();

describe('send sms, a storm of inputs', () => {
  inNodeRed(clock);
  let simulator: Simulator;
  let gateway: string;
  let send: string;
  beforeEach(async () => {
    simulator = await startSimulator({ ...simulatorTime(clock), speed: 'fast', timezone: 'UTC' });
    [gateway, send] = [freshId('gateway'), freshId('send')];
  });
  afterEach(() => simulator.close());

  const flow = (properties: object = {}): FlowNode[] => [
    tab,
    { id: gateway, type: 'dinstar-gateway', url: simulator.url, timezone: 'UTC' },
    drawn('dinstar-send-sms', send, { gateway, wires: [['sent'], ['missed'], ['updates']], ...properties }),
    ...['sent', 'missed', 'updates'].map(catcher),
    ...catchAll('errors'),
    ...completed(send, 'completed'),
  ];
  const alerts = (count: number, message: object = {}): void => {
    for (let place = 1; place <= count; place++) {
      nodeOf(send).receive({ to: ['111', '222'], payload: `Alarm ${place}`, place, ...message });
    }
  };
  const texts = (): string[] => simulator.submitted.map(({ text }) => text).sort();

  it('becomes two SMS a recipient, and each input has its outcome', async () => {
    await load(flow({ collect: '30' }));
    const sent = inboxOf('sent');
    const done = inboxOf('completed');
    alerts(12);
    await clock.advance(5000);
    should(texts()).eql(['Alarm 1', 'Alarm 1']);
    // A deploy in between changes nothing of it.
    await deploy(flow({ collect: '30', name: 'other' }));
    const rest = inboxOf('sent');
    await clock.advance(60_000);
    should(texts()).eql(['Alarm 1', 'Alarm 1', 'Alarm 12… and 10 more', 'Alarm 12… and 10 more']);
    const outcomes = [...sent.all, ...rest.all];
    should(outcomes.map(({ place }) => Number(place)).sort((one, other) => one - other)).eql(
      Array.from({ length: 12 }, (_, place) => place + 1),
    );
    for (const { payload, place } of rest.all) {
      should(payload as Outcome).match({ ok: true, total: 2, text: `Alarm ${place}` });
      should((payload as Outcome).recipients).matchEach({ collected: 11, text: 'Alarm 12… and 10 more' });
    }
    should(done.all.length).be.above(0);
  });

  it('goes out SMS by SMS where nothing is collected, as in saved nodes that don’t know it', async () => {
    await load(flow());
    alerts(3);
    await clock.advance(30_000);
    should(texts()).have.length(6);
  });

  it('is refused where the time can’t be read, naming it', async () => {
    await load(flow({ collect: '-5' }));
    const errors = inboxOf('errors');
    alerts(1);
    should((await errors.first()).error).match({ code: 'INVALID_INPUT', message: /Collect for|collect/ });
    should(texts()).eql([]);
  });
});
