import { connect, type Socket } from 'node:net';
import should from 'should';
import { deploy, type FlowNode, freshId, inboxOf, inNodeRed, load, statusesOf } from '../support/flow';
import { catcher, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';
import { freePort } from '../support/freePort';

const clock = new FlowClock();

/** Together they announce 16 MB, where each announces what the receiver takes at most. */
const MANY = 64;
const LIMIT = 256 * 1024;

describe('push receiver, found by a stranger', () => {
  inNodeRed(clock);
  let port: number;
  const sockets: Socket[] = [];
  beforeEach(async () => {
    port = await freePort();
  });
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
  });

  const flowWith = (properties: object = {}): FlowNode[] => [
    tab,
    { id: freshId('gateway'), type: 'dinstar-gateway', url: 'http://127.0.0.1:1', sn: 'da-1' },
    drawn('dinstar-push-receiver', 'receiver', { wires: [['events']], listen: port, ...properties }),
    catcher('events'),
  ];
  const post = (body: string): Promise<Response> =>
    fetch(`http://127.0.0.1:${port}/dinstar/push`, { method: 'POST', body });
  /** Sends the beginning of a push and no more. */
  const begin = (length: number): Promise<Socket> =>
    new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(`POST /dinstar/push HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\n\r\n{`, () =>
          resolve(socket),
        );
      });
      socket.on('error', reject);
      sockets.push(socket);
    });

  it('says in yellow that it has no token, unless it has a list of addresses', async () => {
    await load(flowWith());
    should(await statusesOf('receiver').first()).match({ fill: 'yellow', text: /no_token$/ });
    await deploy(flowWith({ allow: '127.0.0.1' }));
    should(await statusesOf('receiver').first(({ fill }) => fill === 'green')).match({ text: /listening$/ });
  });

  it('works as before all the same', async () => {
    await load(flowWith());
    const [events, statuses] = [inboxOf('events'), statusesOf('receiver')];
    should((await post('{"sn":"da-1","ussd":[{"port":3,"text":"Balance"}]}')).status).equal(200);
    should(await events.first()).match({ topic: 'ussd', payload: { port: 3, text: 'Balance' } });
    should(statuses.all.at(-1)).match({ text: /no_token$/ });
  });

  it('takes nothing of a push of more than 1,000 records', async () => {
    await load(flowWith());
    const events = inboxOf('events');
    should((await post(`{"sn":"da-1","weather":[${'0,'.repeat(1000)}0]}`)).status).equal(413);
    should((await post(`{"sn":"da-1","weather":[${'0,'.repeat(999)}0]}`)).status).equal(200);
    await events.count(1000);
    should(events.all).have.length(1000);
  });

  it(`lets a push pass ${MANY} whose bodies don't come to an end`, async () => {
    await load(flowWith());
    await Promise.all(Array.from({ length: MANY }, () => begin(100)));
    should((await post('{}')).status).equal(200);
  });

  it('answers 503 where what is announced is more than 16 MB, and goes on when that is over', async () => {
    await load(flowWith());
    const slow = await Promise.all(Array.from({ length: MANY }, () => begin(LIMIT)));
    // The server may still be at those that came last.
    let answer = await post('{}');
    for (let tries = 0; answer.status === 200 && tries < 50; tries++) answer = await post('{}');
    should(answer.status).equal(503);
    for (const socket of slow) socket.destroy();
    for (let tries = 0; answer.status === 503 && tries < 200; tries++) answer = await post('{}');
    should(answer.status).equal(200);
  });
});
