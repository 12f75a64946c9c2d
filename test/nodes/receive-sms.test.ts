import should from 'should';
import { simulatorTime } from '../../lib/runtime/gateways/simulatorTime';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator';
import { deploy, type FlowNode, freshId, inboxOf, inNodeRed, load, nodeOf } from '../support/flow';
import { catchAll, catcher, completed, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';
import { freePort } from '../support/freePort';
import type { Inbox } from '../support/Inbox';

const clock = new FlowClock();

const LIST = '/api/query_incoming_sms';
type Payload = { incoming_sms_id: number; text: string; port: number };
const textsOf = (inbox: Inbox): string[] => inbox.all.map(({ payload }) => (payload as Payload).text);

describe('receive sms', () => {
  inNodeRed(clock);
  let simulator: Simulator;
  let gateway: string;
  let node: string;
  beforeEach(async () => {
    gateway = freshId('gateway');
    node = freshId('receive');
    simulator = await start();
  });
  afterEach(() => simulator.close());

  const start = (options: SimulatorOptions = {}): Promise<Simulator> =>
    startSimulator({ ...simulatorTime(clock), speed: 'fast', timezone: 'UTC', ...options });
  const receive = (text: string, port = 0, number = '+43664'): number => simulator.receive({ port, number, text });
  const gatewayNode = (own: object = {}): FlowNode => ({
    id: gateway,
    type: 'dinstar-gateway',
    url: simulator.url,
    name: 'farm',
    timezone: 'UTC',
    ...own,
  });
  const flowWith = (properties: object = {}, own: object = {}): FlowNode[] => [
    tab,
    gatewayNode(own),
    drawn('dinstar-receive-sms', node, { gateway, interval: 1, wires: [['sms']], ...properties }),
    catcher('sms'),
    ...catchAll('errors'),
    ...completed(node, 'completed'),
  ];
  /** The node has looked at the gateway for the first time. */
  const begun = async (): Promise<void> => {
    await clock.advance(3000);
    should(polls()).be.above(0);
  };
  const polls = (): number => simulator.requests.filter(({ path }) => path === LIST).length;

  for (const untidy of [false, true]) {
    describe(`from a gateway that writes ${untidy ? 'untidily' : 'tidily'}`, () => {
      beforeEach(async () => {
        await simulator.close();
        simulator = await start({ untidy });
      });

      it('emits what comes in, with what the contract promises of it', async () => {
        await load(flowWith());
        const sms = inboxOf('sms');
        await begun();
        const id = receive('Hello, "Ünal" 👋', 3, 'Bank');
        const message = await sms.first();
        should(message).match({ topic: 'Bank', gateway: { id: gateway, name: 'farm', sn: simulator.sn } });
        should(message).not.have.property('redelivered');
        should(message.payload).match({
          incoming_sms_id: id,
          port: 3,
          number: 'Bank',
          smsc: /^\+/,
          timestamp: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/,
          timestamp_iso: /Z$/,
          text: 'Hello, "Ünal" 👋',
          sn: simulator.sn,
        });
      });

      it('begins with new messages, or with the backlog where that is wanted, read page by page', async () => {
        await simulator.close();
        simulator = await start({ untidy, replyLimit: 900 });
        for (let place = 0; place < 12; place++) receive(`old ${place}`);
        await load([
          ...flowWith(),
          drawn('dinstar-receive-sms', `${node}-all`, { gateway, interval: 1, backlog: true, wires: [['all']] }),
          catcher('all'),
        ]);
        const [sms, all] = [inboxOf('sms'), inboxOf('all')];
        await all.count(12);
        await clock.advance(1500);
        receive('new');
        await Promise.all([sms.count(1), all.count(13)]);
        should(textsOf(sms)).eql(['new']);
        should(textsOf(all)).eql([...Array.from({ length: 12 }, (_, place) => `old ${place}`), 'new']);
      });
    });
  }

  it('gives two nodes every SMS at the cost of one poll', async () => {
    await load([
      ...flowWith(),
      drawn('dinstar-receive-sms', `${node}-two`, { gateway, interval: 5, wires: [['two']] }),
      catcher('two'),
    ]);
    const [sms, two] = [inboxOf('sms'), inboxOf('two')];
    await begun();
    receive('same text');
    receive('same text');
    await Promise.all([sms.count(2), two.count(2)]);
    await clock.advance(1500);
    const before = polls();
    await clock.advance(3000);
    should(polls() - before).be.within(2, 4);
    should(textsOf(sms)).eql(['same text', 'same text']);
    should(textsOf(two)).eql(['same text', 'same text']);
  });

  it('takes only the ports that are wanted', async () => {
    await load(flowWith({ ports: '0,2-3' }));
    const sms = inboxOf('sms');
    await begun();
    for (const port of [0, 1, 2, 4, 3]) receive(`port ${port}`, port);
    await sms.count(3);
    await clock.advance(1200);
    should(textsOf(sms)).eql(['port 0', 'port 2', 'port 3']);
  });

  it('sends an array where that is wanted', async () => {
    await load(flowWith({ output: 'array' }));
    const sms = inboxOf('sms');
    await begun();
    receive('a');
    receive('b');
    const [message] = await sms.count(1);
    should(message).match({ topic: 'sms', payload: [{ text: 'a' }, { text: 'b' }] });
  });

  it('emits what is pushed at once, doubled or not, and what wasn’t by the next poll', async () => {
    const port = await freePort();
    await load([...flowWith({ interval: 2 }), drawn('dinstar-push-receiver', 'push', { listen: port, gateway })]);
    const sms = inboxOf('sms');
    await begun();
    simulator.setPushUrl(`http://127.0.0.1:${port}/dinstar/push`);
    simulator.setPushFaults({ double: 1 });
    const [asked, began] = [polls(), clock.now()];
    receive('pushed');
    await sms.first();
    should(polls()).equal(asked);
    should(clock.now() - began).be.below(1000);
    simulator.setPushFaults({ lose: 1 });
    receive('lost');
    await sms.count(2);
    await clock.advance(2500);
    should(textsOf(sms)).eql(['pushed', 'lost']);
  });

  it('goes on through a deploy where it stood, without a loss or a double', async () => {
    await load(flowWith());
    const before = inboxOf('sms');
    await begun();
    receive('one');
    await before.count(1);
    const deployed = deploy(flowWith({ name: 'renamed' }));
    receive('two');
    await deployed;
    const sms = inboxOf('sms');
    receive('three');
    await sms.first(({ payload }) => (payload as Payload).text === 'three');
    await clock.advance(1200);
    should([...textsOf(before), ...textsOf(sms)]).eql(['one', 'two', 'three']);
  });

  it('notices that the ids have started again, also when they have overtaken the old ones', async () => {
    await load(flowWith());
    const sms = inboxOf('sms');
    await begun();
    for (const text of ['a', 'b', 'c']) receive(text);
    await sms.count(3);
    simulator.restartIncomingIds();
    receive('A');
    await sms.count(4, 3500);
    simulator.restartIncomingIds();
    for (const text of ['a', 'b', 'c', 'd']) receive(text);
    await sms.count(8, 3500);
    await clock.advance(1200);
    should(textsOf(sms)).eql(['a', 'b', 'c', 'A', 'a', 'b', 'c', 'd']);
  });

  describe('when a message asks for the new ones', () => {
    const ask = async (message: object = {}): Promise<void> => {
      const ended = inboxOf('completed');
      nodeOf(node).receive(message);
      await ended.first();
    };

    it('emits those that have come since it was deployed, on the message, and doesn’t ask by itself', async () => {
      receive('old');
      await load(flowWith({ mode: 'input' }));
      const sms = inboxOf('sms');
      await begun();
      receive('one');
      receive('two');
      const before = polls();
      await clock.advance(1500);
      should(polls()).equal(before);
      await ask({ keep: 'me' });
      should(sms.all).match([
        { keep: 'me', topic: '+43664', payload: { text: 'one' }, parts: { index: 0, count: 2 } },
        { keep: 'me', payload: { text: 'two' }, parts: { index: 1, count: 2 } },
      ]);
      await ask();
      should(sms.all).have.length(2);
    });

    it('answers with one array, an empty one when there is nothing new', async () => {
      await load(flowWith({ mode: 'input', output: 'array', backlog: true }));
      const sms = inboxOf('sms');
      receive('one');
      await ask();
      await ask();
      should(sms.all.map(({ payload }) => (payload as Payload[]).map(({ text }) => text))).eql([['one'], []]);
      should(sms.all[1]).match({ gateway: { id: gateway } });
    });

    it('reads the gateway that the message names', async () => {
      const other = await startSimulator({ ...simulatorTime(clock), speed: 'fast', sn: 'other' });
      try {
        await load([
          ...flowWith({ mode: 'input', gatewayFrom: 'msg', backlog: true }),
          { id: `${gateway}-b`, type: 'dinstar-gateway', url: other.url, name: 'other' },
        ]);
        const sms = inboxOf('sms');
        other.receive({ port: 1, number: '1', text: 'there' });
        await ask({ gateway: 'other' });
        should(sms.all).match([{ payload: { text: 'there', sn: 'other' }, gateway: { name: 'other' } }]);
      } finally {
        await other.close();
      }
    });

    it('fails with the error of the contract, and has what came in with the next message', async () => {
      await load(flowWith({ mode: 'input' }, { timeout: 0.3 }));
      const [sms, errors] = [inboxOf('sms'), inboxOf('errors')];
      await begun();
      receive('one');
      simulator.fault({ fault: 'hang', times: 1 });
      nodeOf(node).receive({ keep: 'me' });
      should(await errors.first()).match({ keep: 'me', error: { code: 'TIMEOUT' } });
      await ask();
      should(textsOf(sms)).eql(['one']);
    });
  });

  it('refuses ports that are none, naming the field, and asks nothing', async () => {
    await load(flowWith({ ports: '0,x', mode: 'input' }));
    const errors = inboxOf('errors');
    nodeOf(node).receive({});
    should(await errors.first()).match({ error: { code: 'INVALID_INPUT', cause: { field: 'ports' } } });
    await clock.advance(300);
    should(polls()).equal(0);
  });
});
