import should from 'should';
import { type Simulator, startSimulator } from '../../simulator';
import { requestsTo } from '../support/core';
import { type RunningNodeRed, startNodeRed, versionsInTurn } from '../support/node-red';
import { until } from '../support/until';

const PASSWORD = 'pa55-wOrd';
const TOKEN = 't0ken-of-the-receiver';
const PATIENCE_MS = 60_000;
/** Longer than a process takes that waits for nothing. */
const SLOW_MS = 2500;

for (const version of versionsInTurn) {
  describe(`a flow in a real Node-RED ${version}`, () => {
    let simulator: Simulator;
    let nodeRed: RunningNodeRed;

    before(async () => {
      simulator = await startSimulator({ speed: 'fast', login: 'digest', password: PASSWORD });
      const gateway = { username: 'admin', password: PASSWORD };
      nodeRed = await startNodeRed({
        version,
        install: 'link',
        flows: flows(simulator.url),
        credentials: { gateway, receiver: { token: TOKEN } },
      });
      simulator.setPushUrl(`${nodeRed.url}/dinstar/push/${TOKEN}`);
    });

    after(async () => {
      await nodeRed?.stop();
      await simulator.close();
    });

    const post = (payload: string): Promise<Response> =>
      fetch(`${nodeRed.url}/send`, { method: 'POST', body: payload, headers: { 'Content-Type': 'text/plain' } });
    const arrived = (text: string): number => simulator.submitted.filter((sms) => sms.text === text).length;

    it('sends an SMS and reports it as delivered, by pushes through Node-RED’s own HTTP server', async () => {
      await post('one');
      await nodeRed.waitForLog(/reached one: 1 of 1 delivered/, PATIENCE_MS);
      should(arrived('one')).equal(1);
      await nodeRed.waitForLog(/event sms_deliver_status/, PATIENCE_MS);
    });

    it('brings an outcome through a deploy, once and without an error', async () => {
      simulator.fault({ fault: 'slow', ms: 1000, path: '/api/send_sms', times: 1 });
      await post('two');
      await nodeRed.deploy(flows(simulator.url, { name: 'renamed' }));
      await nodeRed.waitForLog(/reached two: 1 of 1 delivered/, PATIENCE_MS);
      should(nodeRed.log().match(/reached two/g)).have.length(1);
      should(arrived('two')).equal(1);
      should(nodeRed.log()).not.match(/error two/);
    });

    it('shows a wrong recipient to a Catch node, with the field', async () => {
      await fetch(`${nodeRed.url}/send?to=12x`, { method: 'POST', body: 'bad' });
      await nodeRed.waitForLog(/error bad: INVALID_INPUT to/, PATIENCE_MS);
    });

    it('gives no secret away, in its log or to the browser', async () => {
      const credentials = await Promise.all(
        ['dinstar-gateway/gateway', 'dinstar-push-receiver/receiver'].map(async (path) =>
          (await nodeRed.admin(`/credentials/${path}`)).text(),
        ),
      );
      should(credentials.map((text) => JSON.parse(text))).eql([
        { username: 'admin', has_password: true },
        { has_token: true },
      ]);
      const flowFile = await (await nodeRed.admin('/flows')).text();
      for (const secret of [PASSWORD, TOKEN]) should(nodeRed.log() + flowFile).not.containEql(secret);
    });

    it('sees an SMS that is being handed over to its end when the process stops', async () => {
      simulator.fault({ fault: 'slow', ms: SLOW_MS, path: '/api/send_sms', times: 1 });
      const handed = requestsTo(simulator, 'send_sms');
      const given = performance.now();
      await post('last');
      await until(() => requestsTo(simulator, 'send_sms') > handed);
      should(await nodeRed.stop()).equal(0);
      should(performance.now() - given).be.above(SLOW_MS - 5);
      should(arrived('last')).equal(1);
    });
  });
}

function flows(url: string, more: object = {}) {
  const node = (id: string, type: string, properties: object) => ({ id, type, z: 'tab', x: 1, y: 1, ...properties });
  const logged = (id: string, code: string) => node(id, 'function', { func: `node.log(${code});`, outputs: 0 });
  return [
    { id: 'tab', type: 'tab', label: 'sms' },
    { id: 'gateway', type: 'dinstar-gateway', name: 'g', url, auth: 'digest' },
    node('in', 'http in', { url: '/send', method: 'post', wires: [['prepare']] }),
    node('prepare', 'function', {
      func: 'msg.text = String(msg.payload); msg.to = msg.req.query.to || "123"; return [msg, msg];',
      outputs: 2,
      wires: [['ok'], ['send']],
    }),
    node('ok', 'http response', { statusCode: '202' }),
    node('send', 'dinstar-send-sms', {
      gateway: 'gateway',
      text: 'text',
      textType: 'msg',
      until: 'delivered',
      wires: [['reached'], ['missed'], []],
      ...more,
    }),
    logged(
      'reached',
      '"reached " + msg.text + ": " + msg.payload.delivered + " of " + msg.payload.total + " delivered"',
    ),
    logged('missed', '"missed " + msg.text'),
    node('receiver', 'dinstar-push-receiver', { gateway: '', allow: '127.0.0.1', wires: [['event']] }),
    logged('event', '"event " + msg.topic'),
    node('catch', 'catch', { scope: null, wires: [['error']] }),
    logged('error', '["error", msg.text + ":", msg.error.code, msg.error.cause.field].join(" ")'),
  ];
}
