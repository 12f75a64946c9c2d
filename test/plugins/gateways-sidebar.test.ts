import should from 'should';
import request from 'supertest';
import { runtime } from '../../lib/runtime/SharedRuntime';
import { sendTestSms } from '../../lib/runtime/sidebar/testSms';
import type { SidebarSnapshot } from '../../lib/sidebar/snapshot';
import { type Simulator, startSimulator } from '../../simulator';
import { adminApp, type FlowNode, freshId, inboxOf, inNodeRed, load, logged, nodeOf } from '../support/flow';
import { catcher, drawn, tab } from '../support/flow/drawn';
import { until } from '../support/until';

describe('the sidebar’s admin API', () => {
  inNodeRed();
  let simulator: Simulator;
  let gateway: string;
  beforeEach(async () => {
    simulator = await startSimulator({ speed: 'fast', timezone: 'UTC', onPush: (body) => pushed(body) });
    gateway = freshId('gateway');
  });
  afterEach(() => simulator.close());

  const pushed = async (body: string): Promise<void> => {
    await runtime.pushRouter.take(body, { address: '127.0.0.1', fixed: gateway });
  };
  const flow = (properties: object = {}): FlowNode[] => [
    tab,
    { id: gateway, type: 'dinstar-gateway', url: simulator.url, name: 'farm', timezone: 'UTC', ...properties },
    drawn('dinstar-send-sms', 'send', { gateway, wires: [['out'], ['out'], []] }),
    catcher('out'),
  ];
  const post = (path: string, body: object = {}) =>
    request(adminApp()).post(`/dinstar/admin/sidebar/${path}`).send(body);
  const ofPort = (port: number, action: string, body: object = {}) =>
    post(`gateways/${gateway}/ports/${port}/${action}`, body);
  const shown = async (): Promise<SidebarSnapshot['gateways'][number] | undefined> =>
    (await runtime.sidebar.snapshot()).gateways.find(({ id }) => id === gateway);

  it('gives a lease, renews it, and ends it', async () => {
    await load(flow());
    const { body } = await post('lease');
    should(body).match({ ticket: /^[\w-]{36}$/, renew: 20, write: true });
    should((await post('lease', { ticket: body.ticket })).body.ticket).equal(body.ticket);
    should(runtime.sidebar.leases.active).be.true();
    await post('lease', { ticket: body.ticket, over: true });
    should(runtime.sidebar.leases.active).be.false();
  });

  it('counts what a flow sends, and shows it with what waits', async () => {
    await load(flow());
    const out = inboxOf('out');
    nodeOf('send').receive({ to: '12345', payload: 'Level high' });
    await out.first();
    await until(async () => (await shown())?.minutes.delivered.at(-1) === 1);
    const sidebar = await shown();
    should(sidebar).match({ name: 'farm', queue: { here: 0 }, state: { code: 'OK', level: 'good' } });
    should(sidebar?.minutes.sent.at(-1)).equal(1);
    should(sidebar?.sms[0]).match({ direction: 'out', number: '12345', text: 'Level high', status: 'DELIVERED' });
  });

  it('shows the ports while somebody looks, and tells of a SIM that is lost', async () => {
    await load(flow());
    const { ticket } = (await post('lease')).body;
    await until(async () => (await shown())?.ports.length === simulator.ports.length);
    simulator.port(3).loseSim();
    await until(async () => (await shown())?.events.some(({ port, code }) => port === 3 && code === 'DOWN') ?? false);
    await post('lease', { ticket, over: true });
  });

  it('shows what a node has read, also where nothing is pushed, each SMS once', async () => {
    const reader = drawn('dinstar-receive-sms', freshId('receive'), {
      gateway,
      interval: 1,
      backlog: true,
      wires: [['out']],
    });
    simulator.setPushFaults({ lose: 1 });
    simulator.receive({ port: 1, number: 'Bank', text: 'Code 17' });
    await load([...flow(), reader]);
    await until(async () => (await shown())?.sms.length === 1);
    should((await shown())?.sms[0]).match({ direction: 'in', number: 'Bank', text: 'Code 17', port: 1 });
  });

  it('answers with a port’s details', async () => {
    await load(flow());
    const answer = await request(adminApp()).get(`/dinstar/admin/sidebar/gateways/${gateway}/ports/0`);
    should(answer.body).match({ port: 0, imei: simulator.port(0).imei, reg: 'REGISTER_OK' });
  });

  it('shows ports and a port’s details without what an older firmware refuses to tell', async () => {
    await simulator.close();
    simulator = await startSimulator({ speed: 'fast', ports: 2, refusesInfo: ['callstate', 'slot', 'gprs'] });
    await load(flow());
    const { ticket } = (await post('lease')).body;
    await until(async () => (await shown())?.ports.length === 2);
    should(await shown()).match({ state: { code: 'OK' }, ports: [{ port: 0, reg: 'REGISTER_OK' }, { port: 1 }] });
    const { body } = await request(adminApp()).get(`/dinstar/admin/sidebar/gateways/${gateway}/ports/0`);
    should(body)
      .match({ port: 0, imei: simulator.port(0).imei })
      .and.not.have.properties('callstate', 'gprs');
    await post('lease', { ticket, over: true });
  });

  it('resets a port, and says so in the log', async () => {
    await load(flow());
    should((await ofPort(2, 'reset')).status).equal(200);
    const asked = simulator.requests.filter(({ path }) => path === '/api/set_port_info').map(({ query }) => query);
    should(asked)
      .matchEach(/port=2.*action=reset|action=reset.*port=2/)
      .and.have.length(1);
    should(logged()).matchAny(/a reset on port 2 of farm, by the sidebar/);
  });

  it('sends a test SMS over that port and answers what became of it', async () => {
    await load(flow());
    const answer = await ofPort(5, 'sms', { to: '+43 664 123', text: 'Test' });
    should(answer.body).match({ number: '+43664123', status: /^(SENT_OK|DELIVERED)$/ });
    should(simulator.submitted.map(({ number, sentPort }) => [number, sentPort])).eql([['+43664123', 5]]);
    should(logged().join()).not.match(/664|Test/);
  });

  it('withdraws a test SMS that can’t leave: none goes out unseen later', async () => {
    simulator.port(1).loseSim();
    await load(flow());
    const node = runtime.gatewayNodes.get(gateway);
    if (!node) throw new Error('the gateway node is missing');
    const { status } = await sendTestSms(runtime, node, { to: '123', text: 'Test', port: 1 }, 1);
    should(['EXPIRED', 'STOPPED']).containEql(status);
    should((await shown())?.queue.here).equal(0);
    should(simulator.submitted).be.empty();
  });

  it('says which field of an SMS is wrong, and takes one number only', async () => {
    await load(flow());
    should((await ofPort(1, 'sms', { to: 'abc', text: 'Test' })).body).match({ code: 'INVALID_INPUT', field: /to/ });
    should((await ofPort(1, 'sms', { to: '123,456', text: 'Test' })).body).match({ field: 'to' });
    should((await ofPort(1, 'sms', { to: '123', text: { a: 1 } })).body).match({ code: 'INVALID_INPUT' });
    should((await ofPort(99, 'sms', { to: '123', text: 'Test' })).status).equal(400);
    should(simulator.submitted).be.empty();
  });

  it('leads a USSD dialogue, one code after the other', async () => {
    await load(flow());
    const { replies } = (await ofPort(0, 'ussd', { text: '*100#, 1' })).body;
    should(replies.map(({ sent }: { sent: string }) => sent)).eql(['*100#', '1']);
    should(replies[0].text).be.a.String().and.not.be.empty();
    should((await ofPort(0, 'ussd', { text: ' ' })).body).match({ code: 'INVALID_INPUT' });
    should((await ofPort(0, 'ussd', {})).body).match({ code: 'INVALID_INPUT' });
    simulator.port(4).loseSim();
    should((await ofPort(4, 'ussd', { text: '*100#' })).body).match({ code: 'NO_PORT' });
    should(logged().join()).not.match(/\*100#/);
  });

  it('lets held SMS go when the hourly limit is reset', async () => {
    await load(flow({ maxPerHour: 1 }));
    const out = inboxOf('out');
    nodeOf('send').receive({ to: '1234', payload: 'one' });
    await out.count(1);
    nodeOf('send').receive({ to: '1235', payload: 'two' });
    await until(async () => (await shown())?.hourlyLimit?.held === true);
    should(await shown()).match({
      hourlyLimit: { count: 1, limit: 1 },
      queue: { here: 1 },
      state: { code: 'HOURLY_LIMIT' },
    });
    should((await post(`gateways/${gateway}/hourly-limit/reset`)).status).equal(200);
    await out.count(2);
    should((await shown())?.events.some(({ kind }) => kind === 'hourlyLimit')).be.true();
  });

  it('knows no gateway that isn’t deployed', async () => {
    await load(flow());
    const answer = await post('gateways/other/ports/1/reset');
    should(answer.status).equal(404);
    should(answer.body).match({ code: 'NOT_CONFIGURED' });
  });
});
