import should from 'should';
import request from 'supertest';
import { simulatorTime } from '../../lib/runtime/gateways/simulatorTime';
import { runtime } from '../../lib/runtime/SharedRuntime';
import { type Simulator, startSimulator } from '../../simulator';
import {
  deploy,
  type FlowNode,
  freshId,
  inboxOf,
  inNodeRed,
  load,
  logged,
  nodeApp,
  nodeOf,
  statusesOf,
} from '../support/flow';
import { catcher, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';
import { freePort } from '../support/freePort';

const clock = new FlowClock();

const incoming = { incoming_sms_id: 1, port: 2, number: '123', smsc: '', timestamp: '2026-01-02 03:04:05', text: 'Hi' };

describe('push receiver', () => {
  inNodeRed(clock);
  let simulator: Simulator;
  let gateway: string;
  let port: number;
  beforeEach(async () => {
    simulator = await startSimulator({ ...simulatorTime(clock), speed: 'fast', sn: 'da-1' });
    gateway = freshId('gateway');
    port = await freePort();
  });
  afterEach(() => simulator.close());

  const flowWith = (properties: object = {}, own: object = {}): FlowNode[] => [
    tab,
    { id: gateway, type: 'dinstar-gateway', url: simulator.url, name: 'farm', timezone: 'UTC', sn: 'da-1', ...own },
    drawn('dinstar-push-receiver', 'receiver', { wires: [['events']], listen: port, ...properties }),
    catcher('events'),
  ];
  const post = (body: unknown, path = '/dinstar/push', headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  describe('on its own port', () => {
    it('emits a message a record, with the gateway it came from', async () => {
      await load(flowWith());
      const events = inboxOf('events');
      should((await post({ sn: 'da-1', sms: [incoming, { ...incoming, incoming_sms_id: 2 }] })).status).equal(200);
      should(await events.count(2)).match([
        {
          topic: 'sms',
          sn: 'da-1',
          gateway: { id: gateway, name: 'farm', sn: 'da-1' },
          payload: { ...incoming, timestamp_iso: '2026-01-02T03:04:05.000Z' },
        },
        { payload: { incoming_sms_id: 2 } },
      ]);
    });

    it('takes untidy JSON', async () => {
      await load(flowWith());
      const events = inboxOf('events');
      const untidy = '{"sn":"da-1","ussd":[{" port ":"3","text":"Balance",},],}';
      should((await post(untidy)).status).equal(200);
      should(await events.first()).match({ topic: 'ussd', payload: { port: 3, text: 'Balance' } });
    });

    it('emits what it can’t place without a gateway, and shows yellow', async () => {
      await load(flowWith({}, { url: 'http://192.0.2.1' }));
      const [events, statuses] = [inboxOf('events'), statusesOf('receiver')];
      await post({ sn: 'stranger', register: { port: 1, status: 'up' } });
      should(await events.first()).match({ topic: 'register', sn: 'stranger' });
      should(events.all[0]).not.have.property('gateway');
      should(await statuses.first(({ text }) => /unknown_gateway$/.test(text ?? ''))).match({ fill: 'yellow' });
    });

    it('emits unknown keys under their own name', async () => {
      await load(flowWith());
      const events = inboxOf('events');
      await post({ sn: 'da-1', weather: { rain: true } });
      should(await events.first()).match({ topic: 'weather', payload: { rain: true } });
    });

    it('answers 400 to what can’t be mended, 404 elsewhere, 413 over the limit', async () => {
      await load(flowWith({ limit: 1 }));
      should((await post('no JSON at all')).status).equal(400);
      should((await post('[1]')).status).equal(400);
      should((await post({}, '/elsewhere')).status).equal(404);
      should((await post({}, '/dinstar/push/extra')).status).equal(404);
      should((await fetch(`http://127.0.0.1:${port}/dinstar/push`)).status).equal(404);
      should((await post({ sms: 'x'.repeat(1100) })).status).equal(413);
    });

    it('wants the token in its URL when it has one', async () => {
      await load(flowWith(), { receiver: { token: 's3cret/ü' } });
      should((await post({}, '/dinstar/push')).status).equal(404);
      should((await post({}, '/dinstar/push/s3cre')).status).equal(404);
      should((await post({}, `/dinstar/push/${encodeURIComponent('s3cret/ü')}`)).status).equal(200);
    });

    it('turns away addresses that are not allowed', async () => {
      await load(flowWith({ allow: '10.0.0.0/8' }));
      should((await post({})).status).equal(404);
      should((await post({}, '/dinstar/push', { 'X-Forwarded-For': '10.1.1.1' })).status).equal(404);
    });

    it('believes the X-Forwarded-For of proxies it trusts', async () => {
      await load(flowWith({ allow: '10.0.0.0/8', trustProxy: '127.0.0.1' }));
      should((await post({}, '/dinstar/push', { 'X-Forwarded-For': '10.1.1.1' })).status).equal(200);
      should((await post({}, '/dinstar/push', { 'X-Forwarded-For': '11.1.1.1' })).status).equal(404);
    });

    it('opens to nobody when its list of addresses can’t be read', async () => {
      await load(flowWith({ allow: '10.0.0.0/99' }));
      await should(post({})).be.rejected();
      should(logged().some((line) => /Accept from: /.test(line))).be.true();
    });

    it('says so when its port is taken', async () => {
      const url = new URL(simulator.url);
      await load(flowWith({ listen: Number(url.port) }));
      const line = `port ${url.port} can't be opened: EADDRINUSE`;
      should(await clock.until(() => logged().some((text) => text.includes(line)))).be.true();
    });

    it('gives its port back when it is removed, and moves with a deploy', async () => {
      await load(flowWith());
      await deploy(flowWith({ path: '/other' }));
      should((await post({}, '/dinstar/push')).status).equal(404);
      should((await post({}, '/other')).status).equal(200);
      await deploy([tab, catcher('events')]);
      await should(post({}, '/other')).be.rejected();
    });

    it('has an output for each kind of event where that is wanted', async () => {
      const outputs = ['sms', 'sms_result', 'sms_deliver_status', 'ussd', 'register', 'missed_call', 'other'];
      await load([
        ...flowWith({ split: true, wires: outputs.map((name) => [`to ${name}`]) }),
        ...outputs.map((name) => catcher(`to ${name}`)),
      ]);
      const inboxes = outputs.map((name) => inboxOf(`to ${name}`));
      await post({
        sn: 'da-1',
        sms: [incoming],
        sms_result: [{ port: 0, number: '1', status: 'SENT_OK', user_id: 1 }],
        sms_deliver_status: [{ port: 0, number: '1', ref_id: 1, status_code: 0 }],
        ussd: [{ port: 1, text: 'x' }],
        register: { port: 1, status: 'up' },
        missed_call: [{ port: 1, number: '1', time: '2026-01-02 03:04:05' }],
        cdr: [{ port: 1 }],
        device: { IMEI: '1' },
        weather: 1,
      });
      await inboxes.at(-1)?.count(3);
      should(inboxes.map(({ all }) => all.map(({ topic }) => topic))).eql([
        ...outputs.slice(0, -1).map((name) => [name]),
        ['cdr', 'device', 'weather'],
      ]);
    });

    it('feeds send sms: its SMS is delivered without a poll', async () => {
      simulator.setPushUrl(`http://127.0.0.1:${port}/dinstar/push`);
      const send = drawn('dinstar-send-sms', 'send', { gateway, until: 'delivered', wires: [['reached']] });
      await load([...flowWith(), send, catcher('reached')]);
      const reached = inboxOf('reached');
      nodeOf('send').receive({ to: '123', payload: 'Hello' });
      should(await reached.first(undefined, 2500)).match({ payload: { ok: true, delivered: 1 } });
      // One to know the newest record before the first submission.
      should(simulator.requests.filter(({ path }) => path === '/api/query_sms_result').length).be.belowOrEqual(1);
    });
  });

  describe('on Node-RED’s HTTP server', () => {
    const onNodeRed = (properties: object = {}): FlowNode[] => flowWith({ listen: 0, ...properties });

    it('emits, checks the token and answers as on its own port', async () => {
      await load(onNodeRed({ limit: 1 }), { receiver: { token: 'abc' } });
      const events = inboxOf('events');
      await request(nodeApp()).post('/dinstar/push').send({}).expect(404);
      await request(nodeApp()).post('/dinstar/push/wrong').send({}).expect(404);
      await request(nodeApp())
        .post('/dinstar/push/abc')
        .send({ sms: 'x'.repeat(1100) })
        .expect(413);
      await request(nodeApp())
        .post('/dinstar/push/abc')
        .send({ sn: 'da-1', sms: [incoming] })
        .expect(200);
      should(await events.first()).match({ topic: 'sms', payload: { text: 'Hi' } });
    });

    for (const url of ['/dinstar/push/orders', '/Dinstar/Push/Orders/'])
      it(`leaves alone what an http in of the flow takes below its path, at ${url}`, async () => {
        const own = drawn('http in', 'own', { url, method: 'post', wires: [['answer']] });
        const flow = [...onNodeRed(), own, drawn('http response', 'answer', { statusCode: '201' })];
        await load(flow, { receiver: { token: 'abc' } }, ['network/21-httpin']);
        await request(nodeApp()).post('/dinstar/push/orders').send({ of: 'mine' }).expect(201, { of: 'mine' });
        await request(nodeApp()).post('/dinstar/push/wrong').send({}).expect(404);
        await request(nodeApp()).post('/dinstar/push/abc').send({}).expect(200);
      });

    it('reads a body that a parser has read already', async () => {
      await load(onNodeRed());
      const events = inboxOf('events');
      await request(nodeApp('parsed'))
        .post('/dinstar/push')
        .send({ sn: 'da-1', sms: [incoming] })
        .expect(200);
      should(await events.first()).match({ payload: { text: 'Hi' } });
      await request(nodeApp('parsed'))
        .post('/dinstar/push')
        .send({ sms: 'x'.repeat(300_000) })
        .expect(413);
    });

    it('takes its routes back when it is removed', async () => {
      await load(onNodeRed());
      const app = nodeApp();
      await deploy([tab, catcher('events')]);
      await request(app).post('/dinstar/push').send({}).expect(404);
    });

    it('emits a push that is being kept while a deploy replaces it by the new object, along the new wires', async () => {
      await load(onNodeRed());
      const { pushRouter } = runtime;
      const take = pushRouter.take.bind(pushRouter);
      let isTaken = (): void => undefined;
      let goOn = (): void => undefined;
      const taken = new Promise<void>((resolve) => (isTaken = resolve));
      const held = new Promise<void>((resolve) => (goOn = resolve));
      pushRouter.take = async (...push) => {
        const routed = await take(...push);
        isTaken();
        await held;
        return routed;
      };
      try {
        const answered = request(nodeApp())
          .post('/dinstar/push')
          .send({ sn: 'da-1', sms: [incoming] })
          .then();
        await taken;
        await deploy([...onNodeRed({ wires: [['elsewhere']] }), catcher('elsewhere')]);
        const [events, elsewhere] = [inboxOf('events'), inboxOf('elsewhere')];
        goOn();
        should(await elsewhere.first()).match({ topic: 'sms', payload: { text: 'Hi' } });
        should((await answered).status).equal(200);
        should(events.all).be.empty();
      } finally {
        pushRouter.take = take;
      }
    });

    it('leaves a path to the receiver that has it', async () => {
      await load([...onNodeRed(), drawn('dinstar-push-receiver', 'second', {})]);
      should(logged().some((line) => /another push receiver has \/dinstar\/push/.test(line))).be.true();
    });
  });
});
