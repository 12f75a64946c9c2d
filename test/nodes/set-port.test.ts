import should from 'should';
import { simulatorTime } from '../../lib/runtime/gateways/simulatorTime';
import { runtime } from '../../lib/runtime/SharedRuntime';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator';
import { deploy, type FlowNode, freshId, inboxOf, inNodeRed, load, nodeOf, statusesOf } from '../support/flow';
import { catchAll, catcher, completed, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';

const clock = new FlowClock();

describe('set port', () => {
  inNodeRed(clock);
  let simulator: Simulator;
  let gateway: string;
  let node: string;
  const begin = async (options: SimulatorOptions = {}): Promise<void> => {
    [gateway, node] = [freshId('gateway'), freshId('set')];
    simulator = await startSimulator({ ...simulatorTime(clock), speed: 'fast', ports: 4, slots: 4, ...options });
  };
  afterEach(() => simulator.close());

  const flowWith = (properties: object = {}, own: object = {}): FlowNode[] => [
    tab,
    { id: gateway, type: 'dinstar-gateway', url: simulator.url, name: 'farm', queueLimit: 0, ...own },
    drawn('dinstar-set-port', node, { gateway, wires: [['done']], ...properties }),
    catcher('done'),
    ...catchAll('errors'),
    ...completed(node, 'completed'),
  ];
  const fromMessage = { action: 'action', actionType: 'msg', param: 'param', paramType: 'msg' };
  const commands = (): string[] =>
    simulator.requests.filter(({ path }) => path === '/api/set_port_info').map(({ query }) => query);
  const receive = (message: object): void => nodeOf(node).receive(message);
  const set = async (message: object): Promise<Record<string, unknown>> => {
    const done = inboxOf('done');
    receive(message);
    return done.first();
  };

  /** A gateway whose ports register when the test says so. */
  const slowly = async (options: SimulatorOptions = {}): Promise<void> => {
    await simulator?.close();
    await begin({ speed: 'real', ...options });
  };
  /** Resolves when the node has seen how the port is registered. */
  const looked = async (): Promise<void> => {
    const answered = () => simulator.requests.filter(({ path, status }) => path === '/api/get_port_info' && status > 0);
    should(await clock.until(() => answered().length > 0)).be.true();
  };

  for (const untidy of [false, true]) {
    describe(untidy ? 'on an untidy gateway' : 'on a tidy gateway', () => {
      beforeEach(() => begin({ untidy }));

      it('resets a port, always with a param, on the message', async () => {
        // One that registers again within milliseconds may have done so when the test looks.
        await slowly({ untidy });
        await load(flowWith());
        const message = await set({ port: 0, keep: 'me', param: 'left over' });
        should(message).match({ keep: 'me', gateway: { id: gateway, name: 'farm', sn: simulator.sn } });
        should(message.payload).eql({ port: 0, action: 'reset', param: '' });
        should(commands()).eql(['?port=0&action=reset&param=']);
        should(simulator.port(0).reg).equal('SEARCHING_NETWORK');
      });

      it('does what the message says, and waits until the port has registered again', async () => {
        await slowly({ untidy });
        await load(flowWith({ ...fromMessage, settle: '60' }));
        const done = inboxOf('done');
        receive({ port: '2', action: 'slot', param: 3 });
        await looked();
        should([simulator.port(2).slot, simulator.port(2).reg]).eql([3, 'SEARCHING_NETWORK']);
        should(done.all).be.empty();
        simulator.port(2).register();
        should((await done.first()).payload).eql({ port: 2, action: 'slot', param: '3', reg: 'REGISTER_OK' });
        should(commands()).eql(['?port=2&action=slot&param=3']);
      });

      it('does the later actions where it is allowed to', async () => {
        await load(flowWith({ ...fromMessage, allow: true }));
        const done = inboxOf('done');
        const wanted: [string, unknown, string][] = [
          ['imei', '490154203237518', '490154203237518'],
          ['number', '+49 170 123-45', '+4917012345'],
          ['lock', undefined, ''],
          ['block', 'x', ''],
          ['unblock', '', ''],
          ['unlock', '', ''],
          ['power', false, 'off'],
          ['power', true, 'on'],
        ];
        for (const [place, [action, given, param]] of wanted.entries()) {
          receive({ port: 1, action, param: given });
          const messages = await done.count(place + 1);
          should(messages.at(-1)?.payload).eql({ port: 1, action, param });
        }
        should(simulator.port(1)).match({ imei: '490154203237518', number: '+4917012345', locked: false });
      });
    });
  }

  it('waits until a port that is switched off is off, and on is on', async () => {
    await slowly();
    await load(flowWith({ ...fromMessage, allow: true, settle: 60 }));
    should((await set({ port: 1, action: 'power', param: 'off' })).payload).containEql({ reg: 'POWER_OFF' });
    const asked = simulator.requests.length;
    const on = set({ port: 1, action: 'power', param: 'ON' });
    await clock.until(() => simulator.requests.length >= asked + 2);
    simulator.port(1).register();
    should((await on).payload).containEql({ param: 'on', reg: 'REGISTER_OK' });
  });

  it('says how it ended when the port hasn’t registered in time, without an error', async () => {
    await begin({ speed: 'real' });
    await load(flowWith({ settle: 1.5 }));
    const [statuses, errors] = [statusesOf(node), inboxOf('errors')];
    const started = clock.now();
    const { payload } = await set({ port: 1 });
    should(payload).eql({ port: 1, action: 'reset', param: '', reg: 'SEARCHING_NETWORK' });
    should(clock.now() - started).be.aboveOrEqual(1490);
    should(statuses.all.at(-1)).match({ fill: 'yellow', text: 'common.status.not_settled' });
    should(errors.all).be.empty();
  });

  it('leaves out how the port is registered when the gateway can’t be asked any more', async () => {
    await begin();
    await load(flowWith({ settle: 0.3 }));
    simulator.fault({ fault: 'hang', path: '/api/get_port_info' });
    should((await set({ port: 1 })).payload).eql({ port: 1, action: 'reset', param: '' });
  });

  it('ends the wait as soon as the gateway pushes that the port is up', async () => {
    const onPush = async (body: string): Promise<void> =>
      void (await runtime.pushRouter.take(body, { address: '127.0.0.1', fixed: gateway }));
    await begin({ onPush, speed: 'real' });
    await load(flowWith({ settle: 60 }));
    simulator.fault({ fault: 'hang', path: '/api/get_port_info' });
    const asked = simulator.requests.length;
    const done = set({ port: 1 });
    // The question that hangs comes after the answer: a push that overtakes the answer says nothing of this reset.
    await clock.until(() => simulator.requests.length >= asked + 2);
    simulator.port(1).register();
    should((await done).payload).containEql({ reg: 'REGISTER_OK' });
  });

  it('does one thing after the other to one port, and doesn’t let another port wait', async () => {
    await begin({ speed: 'real' });
    await load(flowWith({ ...fromMessage, settle: 0.4 }));
    const done = inboxOf('done');
    receive({ port: 1, action: 'reset' });
    receive({ port: 1, action: 'slot', param: 2 });
    receive({ port: 2, action: 'reset' });
    await done.count(3);
    should(commands()).eql([
      '?port=1&action=reset&param=',
      '?port=2&action=reset&param=',
      '?port=1&action=slot&param=2',
    ]);
  });

  const bad: [string, object, string][] = [
    ['no port', { action: 'reset' }, 'port'],
    ['several ports', { port: '1,2', action: 'reset' }, 'port'],
    ['all ports', { port: 'all', action: 'reset' }, 'port'],
    ['port 32', { port: 32, action: 'reset' }, 'port'],
    ['no action', { port: 1 }, 'action'],
    ['an unknown action', { port: 1, action: 'explode' }, 'action'],
    ['slot 4', { port: 1, action: 'slot', param: 4 }, 'param'],
    ['a slot that is missing', { port: 1, action: 'slot' }, 'param'],
    ['power that is neither on nor off', { port: 1, action: 'power', param: 'maybe' }, 'param'],
    ['a short IMEI', { port: 1, action: 'imei', param: '123' }, 'param'],
    ['a number with letters', { port: 1, action: 'number', param: 'Anna' }, 'param'],
    ['to switch a port off', { port: 1, action: 'power', param: 'off' }, 'action'],
    ['to lock a port', { port: 1, action: 'lock' }, 'action'],
    ['to block a port', { port: 1, action: 'block' }, 'action'],
    ['to change an IMEI', { port: 1, action: 'imei', param: '490154203237518' }, 'action'],
  ];
  for (const [what, message, field] of bad) {
    it(`refuses ${what}, naming ${field}, before anything leaves`, async () => {
      await begin();
      await load(flowWith(fromMessage));
      const errors = inboxOf('errors');
      receive(message);
      should(await errors.first()).match({ error: { code: 'INVALID_INPUT', cause: { field, retryable: false } } });
      should(simulator.requests).be.empty();
    });
  }

  it('switches a port on without being allowed more', async () => {
    await begin();
    simulator.port(1).powerOff();
    await load(flowWith({ action: 'power', param: 'on' }));
    should((await set({ port: 1 })).payload).eql({ port: 1, action: 'power', param: 'on' });
  });

  it('passes on what the gateway refuses', async () => {
    await begin({ slots: 1 });
    await load(flowWith({ ...fromMessage, settle: 5 }));
    const errors = inboxOf('errors');
    receive({ port: 1, action: 'slot', param: 1 });
    should(await errors.first()).match({ error: { code: 'BAD_REQUEST', cause: { error_code: 400 } } });
  });

  it('doesn’t know the outcome when no answer comes, and never tries again', async () => {
    await begin();
    await load(flowWith({ settle: 5 }, { timeout: 0.3 }));
    const errors = inboxOf('errors');
    for (const [place, fault] of (['hangAfter', 'dropAfter', 'truncate', 'html'] as const).entries()) {
      simulator.clearFaults();
      simulator.fault({ fault, path: '/api/set_port_info' });
      receive({ port: 1 });
      const messages = await errors.count(place + 1);
      should(messages.at(-1)).match({ error: { code: 'UNKNOWN_OUTCOME', cause: { retryable: false } } });
      should(commands()).have.length(place + 1);
    }
  });

  it('is STOPPED when it is removed while it waits', async () => {
    await begin({ speed: 'real' });
    await load(flowWith({ settle: 60 }));
    const removed = nodeOf(node);
    const failed = new Promise<{ code: string }>((resolve) => {
      removed.on('call:error', (call: { firstArg: { code: string } }) => resolve(call.firstArg));
    });
    removed.receive({ port: 1 });
    await looked();
    await deploy(flowWith().filter(({ id }) => id !== node));
    should((await clock.during(failed)).code).equal('STOPPED');
    should(commands()).have.length(1);
  });

  it('goes on waiting over a deploy, and answers through the new node', async () => {
    await begin({ speed: 'real' });
    const flow = flowWith({ settle: 60 });
    await load(flow);
    receive({ port: 1, keep: 'me' });
    await looked();
    await deploy(flow.map((one) => (one.id === node ? { ...one, name: 'moved' } : one)));
    const done = inboxOf('done');
    simulator.port(1).register();
    should(await done.first()).match({ keep: 'me', payload: { reg: 'REGISTER_OK' } });
    should(commands()).have.length(1);
  });

  it("takes the port of port info's record where the message names none", async () => {
    await begin();
    await load(flowWith());
    await set({ payload: { port: 2, reg: 'REGISTER_OK' } });
    should(commands().at(-1)).match(/port=2/);
    await set({ port: 1, payload: { port: 2 } });
    should(commands().at(-1)).match(/port=1/);
  });
});
