import should from 'should';
import request, { type Test } from 'supertest';
import { type Simulator, startSimulator } from '../../../../simulator';
import { adminApp, freshId, inNodeRed, load } from '../../../support/flow';
import { drawn, tab } from '../../../support/flow/drawn';
import { freePort } from '../../../support/freePort';
import { until } from '../../../support/until';

describe("a gateway's self-test for the editor", () => {
  inNodeRed();
  let simulator: Simulator;
  let gateway: string;
  beforeEach(async () => {
    simulator = await startSimulator({ speed: 'fast' });
    gateway = freshId('gateway');
    const listen = await freePort();
    simulator.setPushUrl(`http://127.0.0.1:${listen}/dinstar/push`);
    await load([
      tab,
      { id: gateway, type: 'dinstar-gateway', url: simulator.url, sn: simulator.sn },
      drawn('dinstar-push-receiver', 'push', { listen }),
    ]);
  });
  afterEach(() => simulator.close());
  const path = (id = gateway): string => `/dinstar/admin/gateways/${id}/self-test`;
  const post = (to: string, body: object): Test =>
    request(adminApp()).post(to).set('Content-Type', 'application/json').send(body);
  const SMS = { from: '0', to: '1', number: '+99970100001', segments: 6 };
  const progress = async () => (await request(adminApp()).get(path()).expect(200)).body;

  it('says what it costs, runs after that was agreed to, one at a time, and is told of as it goes', async () => {
    should(await progress()).eql({ sms: 5, segments: 6 });
    should((await post(path(), SMS).expect(200)).body.report).match({ state: 'running', from: 0, to: 1, sms: 5 });
    should((await post(path(), SMS).expect(409)).body).match({ code: 'BUSY' });
    await until(async () => (await progress()).report.state !== 'running');
    const { report } = await progress();
    should(report).match({ state: 'done', combinesAll: true });
    should(report.checks.filter(({ state }: { state: string }) => state !== 'good')).eql([]);
    should(simulator.submitted).have.length(5);
  });

  it('ends when it is aborted', async () => {
    simulator.port(0).stuck = true;
    await post(path(), SMS).expect(200);
    const { body } = await post(`${path()}/abort`, {}).expect(200);
    should(body.report.state).equal('aborted');
    should((await post(`${path('another')}/abort`, {}).expect(404)).body).match({ code: 'NOT_CONFIGURED' });
  });

  const bad: [string, object, string][] = [
    ['no agreement to its cost', { segments: 5 }, 'segments'],
    ['one port for both', { to: '0' }, 'to'],
    ['no port', { from: '' }, 'from'],
    ['a number with letters', { number: 'x' }, 'number'],
  ];
  for (const [what, change, field] of bad) {
    it(`refuses ${what}, naming ${field}, and sends nothing`, async () => {
      const { body } = await post(path(), { ...SMS, ...change }).expect(400);
      should(body).match({ code: 'INVALID_INPUT', field });
      should(simulator.submitted).be.empty();
    });
  }
});
