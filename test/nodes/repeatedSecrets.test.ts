import should from 'should';
import request from 'supertest';
import { deploy, type FlowNode, freshId, inboxOf, inNodeRed, load, logged, nodeApp, nodeOf } from '../support/flow';
import { catcher, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';
import { freePort } from '../support/freePort';
import { startWireServer, type WireServer } from '../support/wire-server';

const clock = new FlowClock();

const TOKEN = 'token-of-the-push-address';
const PASSWORD = 'pass"word\\of/mine';
const BASIC = Buffer.from(`admin:${PASSWORD}`).toString('base64');
const SECRETS = [TOKEN, JSON.stringify(PASSWORD).slice(1, -1), BASIC];
const PUSH = {
  sn: TOKEN,
  sms: [{ incoming_sms_id: 1, port: 2, number: '123', text: `Hi ${TOKEN}`, extra: [BASIC, { url: `/push/${TOKEN}` }] }],
  sms_result: [{ port: 0, user_id: 1, number: '123', status: PASSWORD }],
  [TOKEN]: PASSWORD,
};

describe('a secret that comes in from outside', () => {
  inNodeRed(clock);
  let gateway: string;
  let port: number;
  let server: WireServer;
  beforeEach(async () => {
    gateway = freshId('gateway');
    port = await freePort();
    server = await startWireServer(({ headers }) =>
      headers.authorization === undefined
        ? { status: 401, headers: { 'WWW-Authenticate': 'Basic realm="r"' }, text: '' }
        : { json: { error_code: 200, sn: PASSWORD, info: [{ port: 0, reg: TOKEN, more: headers.authorization }] } },
    );
  });
  afterEach(() => server.close());
  const flow = (own: object): FlowNode[] => [
    tab,
    { id: gateway, type: 'dinstar-gateway', url: server.url, name: 'farm' },
    drawn('dinstar-push-receiver', 'receiver', { gateway, wires: [['events']], ...own }),
    drawn('dinstar-port-info', 'ports', { gateway, wires: [['events']] }),
    catcher('events'),
  ];
  const credentials = (): Record<string, Record<string, string>> => ({
    receiver: { token: TOKEN },
    [gateway]: { username: 'admin', password: PASSWORD },
  });
  /** The secrets in these messages and in the log. */
  const found = (messages: unknown): string[] => {
    const seen = JSON.stringify([messages, logged()]);
    return SECRETS.filter((secret) => seen.includes(secret));
  };

  it('is taken out of what is pushed, whoever reads the body', async () => {
    await load(flow({ listen: port }), credentials());
    let inbox = inboxOf('events');
    const body = JSON.stringify(PUSH);
    const headers = { 'Content-Type': 'application/json' };
    const answer = await fetch(`http://127.0.0.1:${port}/dinstar/push/${TOKEN}`, { method: 'POST', headers, body });
    should(answer.status).equal(200);
    const events = await inbox.count(3);
    should(events.map(({ topic }) => topic)).eql(['sms', 'sms_result', '*'.repeat(TOKEN.length)]);
    should(events[0]?.payload).match({ incoming_sms_id: 1, number: '123', text: `Hi ${'*'.repeat(TOKEN.length)}` });
    should(found(events)).eql([]);
    await deploy(flow({ listen: 0 }), 'full', credentials());
    inbox = inboxOf('events');
    await request(nodeApp('parsed')).post(`/dinstar/push/${TOKEN}`).send(PUSH).expect(200);
    should(found(await inbox.count(3))).eql([]);
  });

  it('is taken out of what a gateway answers, the token of a push receiver too', async () => {
    await load(flow({ listen: port }), credentials());
    const inbox = inboxOf('events');
    nodeOf('ports').receive({ payload: 1 });
    should(await inbox.first()).match({ payload: [{ port: 0, reg: '*'.repeat(TOKEN.length) }] });
    should(found(inbox.all)).eql([]);
  });
});
