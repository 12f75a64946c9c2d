import should from 'should';
import { simulatorTime } from '../../lib/runtime/gateways/simulatorTime';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator';
import { deploy, type FlowNode, freshId, inboxOf, inNodeRed, load, nodeOf } from '../support/flow';
import { catchAll, catcher, completed, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';
import { freePort } from '../support/freePort';

const clock = new FlowClock();

describe('ussd', () => {
  inNodeRed(clock);
  let simulator: Simulator;
  let gateway: string;
  let pushPort: number;

  const start = async (options: SimulatorOptions = {}): Promise<void> => {
    simulator = await startSimulator({ ...simulatorTime(clock), speed: 'fast', timezone: 'UTC', ...options });
  };
  beforeEach(async () => {
    gateway = freshId('gateway');
    pushPort = await freePort();
  });
  afterEach(() => simulator.close());

  const receiver = (): FlowNode =>
    drawn('dinstar-push-receiver', 'push', { gateway, listen: pushPort, allow: '127.0.0.1' });
  const ussd = (properties: object = {}, id = 'ussd'): FlowNode =>
    drawn('dinstar-ussd', id, { gateway, wires: [['answers'], ['others']], wait: 5, ...properties });
  const flowWith = (properties: object = {}, own: object = {}): FlowNode[] => [
    tab,
    { id: gateway, type: 'dinstar-gateway', url: simulator.url, name: 'farm', ...own },
    ussd(properties),
    catcher('answers'),
    catcher('others'),
    ...catchAll('errors'),
    ...completed('ussd', 'completed'),
  ];
  const withPushes = (properties: object = {}): FlowNode[] => {
    simulator.setPushUrl(`http://127.0.0.1:${pushPort}/dinstar/push`);
    return [...flowWith(properties), receiver()];
  };
  const ask = async (message: object): Promise<Record<string, unknown>> => {
    const answers = inboxOf('answers');
    nodeOf('ussd').receive(message);
    return answers.first();
  };
  const failWith = async (message: object): Promise<Record<string, unknown>> => {
    const errors = inboxOf('errors');
    nodeOf('ussd').receive(message);
    return (await errors.first(() => true, 15_000)).error as Record<string, unknown>;
  };
  /** What went over the wire: codes and ends of sessions. */
  const sent = (port?: number): string[] =>
    simulator.ussdRequests
      .filter(({ ports }) => port === undefined || ports.includes(port))
      .map(({ command, text, ports }) => `${ports}: ${command === 'cancel' ? command : text}`);
  const tell = (port: number, text: string): void => simulator.unsolicitedUssd(port, text);

  for (const untidy of [false, true]) {
    describe(`over ${untidy ? 'an untidy' : 'a tidy'} wire`, () => {
      beforeEach(() => start({ untidy }));

      it('answers a code with its reply, on the message, and ends the session', async () => {
        await load(flowWith());
        const message = await ask({ payload: '*100#', port: 0, keep: 'me' });
        const text = 'Your balance is 12.34 EUR. Valid until 2031-12-31.';
        should(message).match({ keep: 'me', gateway: { id: gateway, name: 'farm' }, parts: { count: 1, index: 0 } });
        should(message.payload).eql({ port: 0, status: 200, text, replies: [{ sent: '*100#', text }] });
        should(sent()).eql(['0: *100#', '0: cancel']);
      });

      it('walks a menu by an array, by pushes alone', async () => {
        await load(withPushes());
        const { payload } = await ask({ payload: ['*125#', 2, '1'], port: '1' });
        should(payload).match({ port: 1, status: 200, text: 'Day pack booked. Thank you!' });
        const { replies } = payload as { replies: { sent: string; text: string }[] };
        should(replies.map((reply) => reply.sent)).eql(['*125#', '2', '1']);
        should(replies.map((reply) => reply.text.split('\n')[0])).eql([
          'Fictel services',
          'Data packs',
          'Day pack booked. Thank you!',
        ]);
        should(sent()).eql(['1: *125#', '1: 2', '1: 1', '1: cancel']);
      });

      it('tells of unsolicited texts by the second output', async () => {
        await load(withPushes());
        const others = inboxOf('others');
        tell(3, 'Your number changes tomorrow.');
        should(await others.first()).match({
          topic: 'unsolicited',
          payload: { port: 3, text: 'Your number changes tomorrow.' },
          gateway: { id: gateway, name: 'farm' },
        });
      });
    });
  }

  describe('with a gateway', () => {
    beforeEach(() => start());

    it('asks several ports in one request, and answers a message for each, or an array', async () => {
      await load(flowWith());
      const answers = inboxOf('answers');
      simulator.port(1).loseSim();
      nodeOf('ussd').receive({ payload: '*101#', port: '0-2' });
      const each = await answers.count(3);
      should(each.map(({ payload }) => payload)).match([
        { port: 0, status: 200, text: /^Your number is 9997/ },
        { port: 1, status: 503, text: '', replies: [] },
        { port: 2, status: 200, text: /^Your number is 9997/ },
      ]);
      should(each.map(({ parts }) => parts)).match([{ index: 0, count: 3 }, { index: 1 }, { index: 2 }]);
      should(sent()[0]).equal('0,1,2: *101#');
      should(sent(1)).have.length(1);
      for (const port of [0, 2]) should(sent(port).at(-1)).match(/cancel$/);
      await deploy(flowWith({ output: 'array', ports: 'all', portsType: 'str' }));
      should((await ask({ payload: '*100#' })).payload)
        .be.an.Array()
        .with.length(8);
    });

    it('never gives out what the port showed before: the old text is no reply', async () => {
      tell(1, 'An old text');
      await load(withPushes());
      should((await ask({ payload: '*150*1#', port: 1 })).payload).match({ text: 'Answer 1.' });
    });

    it('takes the same text again for a reply when a push brings it', async () => {
      await load(withPushes());
      const answers = inboxOf('answers');
      for (const times of [1, 2]) {
        nodeOf('ussd').receive({ payload: '*100#', port: 1 });
        should((await answers.count(times, 8000)).at(-1)?.payload).match({ text: /12\.34/ });
      }
    });

    it('without pushes is a TIMEOUT rather than an old text, and says why', async () => {
      await load(flowWith({ wait: 1 }));
      await ask({ payload: '*100#', port: 1 });
      const error = await failWith({ payload: '*100#', port: 1 });
      should(error).match({ code: 'TIMEOUT', cause: { retryable: false }, message: /same text as before/ });
    });

    it('ends without a reply in TIMEOUT for one port, in a record among several, and ends the session', async () => {
      await load(withPushes({ wait: 0.3 }));
      should(await failWith({ payload: '*199#', port: 1 })).match({ code: 'TIMEOUT', cause: { retryable: false } });
      should(sent()).eql(['1: *199#', '1: cancel']);
      const answers = inboxOf('answers');
      nodeOf('ussd').receive({ payload: ['*150*1#', '*199#'], port: [2, 3] });
      should((await answers.count(2)).map(({ payload }) => payload)).eql(
        [2, 3].map((port) => ({ port, status: 408, text: '', replies: [{ sent: '*150*1#', text: 'Answer 1.' }] })),
      );
    });

    it('tells of a late reply by the second output, and keeps it out of the next dialogue', async () => {
      await load(withPushes({ wait: 0.3 }));
      const others = inboxOf('others');
      await failWith({ payload: '*151*7#', port: 1 });
      should((await others.first()).payload).eql({ port: 1, text: 'Late answer 7.' });
    });

    it('waits for a port that sends an SMS, and asks the more seldom the longer that takes', async () => {
      await load(flowWith());
      simulator.port(1).sending = true;
      const answered = ask({ payload: '*100#', port: 1 });
      await clock.until(() => sent().length === 2);
      simulator.port(1).sending = false;
      should((await answered).payload).match({ port: 1, status: 200, text: /^Your balance/ });
      should(sent()).eql(['1: *100#', '1: *100#', '1: *100#', '1: cancel']);
    });

    it('is BUSY for one port that sends SMS all the time to wait, and NO_PORT at once for one that is not registered', async () => {
      await load(flowWith({ wait: 2 }));
      simulator.port(1).sending = true;
      should(await failWith({ payload: '*100#', port: 1 })).match({ code: 'BUSY', cause: { retryable: true } });
      simulator.port(2).loseSim();
      should(await failWith({ payload: '*100#', port: 2 })).match({ code: 'NO_PORT', cause: { retryable: true } });
      should(sent()).eql(['1: *100#', '1: *100#', '1: *100#', '2: *100#']);
      simulator.port(1).sending = false;
      should((await ask({ payload: '*100#', port: 1 })).payload).match({ status: 200 });
    });

    it('sends without waiting, and the reply leaves by the second output', async () => {
      await load(withPushes({ action: 'send' }));
      const others = inboxOf('others');
      const { payload } = await ask({ payload: '*150*3#', port: 4 });
      should(payload).eql({ port: 4, status: 200, text: '', replies: [] });
      should((await others.first()).payload).eql({ port: 4, text: 'Answer 3.' });
    });

    it('reads the last text, and cancels', async () => {
      tell(2, 'The last one');
      await load([...flowWith({ action: 'read', output: 'array' }), ussd({ action: 'cancel' }, 'cancel')]);
      should((await ask({ port: '2,3' })).payload).match([
        { port: 2, status: 200, text: 'The last one' },
        { port: 3, status: 200, text: '' },
      ]);
      const answers = inboxOf('answers');
      nodeOf('cancel').receive({ port: 2 });
      should((await answers.first()).payload).match({ port: 2, status: 200 });
      should(sent()).eql(['2: cancel']);
    });

    it('keeps the dialogues of one port apart, whichever nodes want them, and runs ports side by side', async () => {
      await load([...withPushes(), ussd({}, 'second')]);
      const answers = inboxOf('answers');
      for (const n of [1, 2, 3]) {
        nodeOf(n === 2 ? 'second' : 'ussd').receive({ payload: ['*125#', '3', `*150*${n}#`], port: 1 });
      }
      nodeOf('ussd').receive({ payload: '*150*9#', port: 5 });
      const payloads = (await answers.count(4)).map(({ payload }) => payload as { port: number; text: string });
      const texts = payloads.filter(({ port }) => port === 1).map(({ text }) => text);
      should(texts).eql(['Answer 1.', 'Answer 2.', 'Answer 3.']);
      should(payloads.filter(({ port }) => port === 5)).match([{ text: 'Answer 9.' }]);
      const order = [1, 2, 3].flatMap((n) => ['*125#', '3', `*150*${n}#`, 'cancel']);
      should(sent(1)).eql(order.map((code) => `1: ${code}`));
    });

    it('is UNKNOWN_OUTCOME without a readable answer, and ends the session', async () => {
      await load(flowWith({}, { timeout: 0.3 }));
      simulator.fault({ fault: 'hangAfter', path: '/api/send_ussd', times: 1 });
      should(await failWith({ payload: '*100#', port: 1 })).match({
        code: 'UNKNOWN_OUTCOME',
        cause: { retryable: false },
      });
      should(sent()).eql(['1: *100#', '1: cancel']);
    });

    it('sends nothing when the port can’t be looked at before', async () => {
      await load(flowWith());
      simulator.fault({ fault: 'html', path: '/api/query_ussd_reply', times: 1 });
      should(await failWith({ payload: '*100#', port: 1 })).match({ code: 'BAD_REPLY' });
      should(sent()).be.empty();
    });

    it('is STOPPED when it is removed while it waits, and ends the session', async () => {
      await load(withPushes({ wait: 30 }));
      const node = nodeOf('ussd');
      const failed = new Promise<{ code: string }>((resolve) => {
        node.on('call:error', (call: { firstArg: { code: string } }) => resolve(call.firstArg));
      });
      node.receive({ payload: '*199#', port: 1 });
      await clock.until(() => sent().length > 0);
      await deploy(withPushes().filter(({ id }) => id !== 'ussd'));
      should((await clock.during(failed)).code).equal('STOPPED');
      await clock.until(() => sent().length > 1);
      should(sent()).eql(['1: *199#', '1: cancel']);
    });

    it('goes on waiting after a deploy of other nodes, and emits unsolicited texts once', async () => {
      await load(withPushes({ wait: 10 }));
      nodeOf('ussd').receive({ payload: '*151*5#', port: 1 });
      await clock.until(() => sent().length > 0);
      await deploy([...withPushes({ wait: 10 }), catcher('another')]);
      const answers = inboxOf('answers');
      const others = inboxOf('others');
      should((await answers.first()).payload).match({ text: 'Late answer 5.' });
      tell(2, 'Hello');
      await others.first();
      await clock.advance(20_000);
      should(others.all).have.length(1);
    });

    it('lets each message choose the gateway, and hears the unsolicited texts of all', async () => {
      const other = freshId('gateway');
      const second = await startSimulator({ ...simulatorTime(clock), speed: 'fast', sn: 'da00-0000-0000-0002' });
      try {
        second.setPushUrl(`http://127.0.0.1:${pushPort}/dinstar/push`);
        const both = { id: other, type: 'dinstar-gateway', url: second.url, name: 'barn', sn: second.sn };
        const flow = withPushes({ gatewayFrom: 'msg' }).map((node) =>
          node.id === 'push' ? { ...node, gateway: '' } : node.id === gateway ? { ...node, sn: simulator.sn } : node,
        );
        await load([...flow, both]);
        const others = inboxOf('others');
        const message = await ask({ payload: '*101#', port: 1, gateway: 'barn' });
        should(message).match({
          gateway: { id: other },
          payload: { text: `Your number is ${second.port(1).number}.` },
        });
        second.unsolicitedUssd(1, 'From the barn');
        tell(1, 'From the farm');
        const gateways = (await others.count(2)).map((one) => (one.gateway as { name: string }).name);
        should(gateways.sort()).eql(['barn', 'farm']);
      } finally {
        await second.close();
      }
    });
  });
});
