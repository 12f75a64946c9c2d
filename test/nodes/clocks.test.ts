import should from 'should';
import request from 'supertest';
import { simulatorTime } from '../../lib/runtime/gateways/simulatorTime';
import { type Simulator, startSimulator } from '../../simulator';
import { adminApp, deploy, freshId, inboxOf, inNodeRed, load, logged, nodeOf } from '../support/flow';
import { catcher, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';

const clock = new FlowClock();

const HOUR = 3600;

describe('with a gateway whose device and network go by two wrong clocks,', () => {
  inNodeRed(clock);
  let simulator: Simulator;
  let gateway: string;
  afterEach(() => simulator.close());

  const flowWith = (type: string, properties: object, timezone = 'UTC') => [
    tab,
    { id: gateway, type: 'dinstar-gateway', url: simulator.url, name: 'farm', timezone },
    drawn(type, 'node', { gateway, wires: [['out'], ['out']], ...properties }),
    catcher('out'),
  ];
  const begin = async (type: string, properties: object): Promise<void> => {
    const clocks = { deviceAhead: -6 * HOUR, networkAhead: -14 * HOUR };
    simulator = await startSimulator({
      ...simulatorTime(clock),
      speed: 'fast',
      timezone: 'UTC',
      statusInResult: false,
      ...clocks,
    });
    gateway = freshId('gateway');
    await load(flowWith(type, properties));
  };

  it('send sms without pushes takes the delivery report, and the dialog says how far either clock is off', async () => {
    await begin('dinstar-send-sms', { until: 'delivered', wait: 20 });
    const out = inboxOf('out');
    nodeOf('node').receive({ to: '0123456789', payload: 'Hello' });
    const { payload } = (await out.first()) as { payload: { ok: boolean; delivered: number } };
    should(payload).match({ ok: true, delivered: 1 });
    const asked = { id: gateway, url: simulator.url, timezone: 'UTC' };
    const { body } = await request(adminApp()).post('/dinstar/admin/connection').send(asked).expect(200);
    should(body.clockAhead).be.approximately(-6 * HOUR, 2);
    should(body.clocks.device).equal(-6 * HOUR);
    const other = await request(adminApp())
      .post('/dinstar/admin/connection')
      .send({ ...asked, timezone: '+01:00' });
    should(other.body).not.have.property('clocks');
  });

  it('an SMS that waits is kept while a zone is set that may be several, and goes once it is right', async () => {
    await begin('dinstar-send-sms', {});
    for (const port of simulator.ports) port.unregister();
    nodeOf('node').receive({ to: '0123456789', payload: 'Hello' });
    await clock.advance(5000);
    await deploy(flowWith('dinstar-send-sms', {}, 'CST'));
    should(logged().join(' ')).match(/CST is no time zone/);
    for (const port of simulator.ports) port.register();
    should(simulator.submitted).be.empty();
    await deploy(flowWith('dinstar-send-sms', {}, '-06:00'));
    should(((await inboxOf('out').first()) as { payload: object }).payload).match({ ok: true });
    should(simulator.submitted).have.length(1);
  });
});
