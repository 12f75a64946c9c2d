import should from 'should';
import { simulatorTime } from '../../lib/runtime/gateways/simulatorTime';
import { runtime } from '../../lib/runtime/SharedRuntime';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator';
import { deploy, type FlowNode, freshId, inboxOf, inNodeRed, load, logged, nodeOf, statusesOf } from '../support/flow';
import { catchAll, catcher, completed, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';

const clock = new FlowClock();

type Change = { topic: string; payload: Info; changed: string[]; previous: Info; gateway: object };
type Info = { port: number; [field: string]: unknown };

describe('port info', () => {
  inNodeRed(clock);
  let simulator: Simulator;
  let gateway: string;
  let node: string;
  const begin = async (options: SimulatorOptions = {}): Promise<void> => {
    [gateway, node] = [freshId('gateway'), freshId('ports')];
    const address = { address: '127.0.0.1', fixed: gateway };
    const onPush = async (body: string): Promise<void> => void (await runtime.pushRouter.take(body, address));
    simulator = await startSimulator({ ...simulatorTime(clock), speed: 'fast', ports: 4, onPush, ...options });
  };
  afterEach(() => simulator.close());

  const flowWith = (properties: object = {}, own: object = {}): FlowNode[] => [
    tab,
    { id: gateway, type: 'dinstar-gateway', url: simulator.url, name: 'farm', queueLimit: 0, ...own },
    drawn('dinstar-port-info', node, { gateway, wires: [['told']], ...properties }),
    catcher('told'),
    ...catchAll('errors'),
    ...completed(node, 'completed'),
  ];
  const watching = (properties: object = {}): FlowNode[] => flowWith({ mode: 'watch', interval: 60, ...properties });
  const looks = () => simulator.requests.filter(({ path }) => path === '/api/get_port_info');
  const until = async (holds: () => boolean) => void should(await clock.until(holds)).be.true();
  /** Loads a watching flow, and resolves when it has looked for the first time. */
  const loadWatching = async (properties: object = {}) => {
    await load(watching(properties));
    const told = inboxOf('told');
    await until(() => looks().some(({ status }) => status !== 0));
    await clock.advance(50);
    return told;
  };
  /** What is said when the flows start comes before a test could listen: without a Catch node it is logged. */
  const uncaught = (flow: FlowNode[]) => flow.filter(({ type }) => type !== 'catch');
  const changes = (told: { all: object[] }) => told.all as Change[];

  for (const untidy of [false, true]) {
    describe(untidy ? 'of an untidy gateway' : 'of a tidy gateway', () => {
      beforeEach(() => begin({ untidy }));

      it('answers with what the manual lists, of all ports, on the message', async () => {
        simulator.port(1).loseSim();
        simulator.port(3).type = 'LTE';
        await load(flowWith());
        const told = inboxOf('told');
        nodeOf(node).receive({ keep: 'me', payload: 'anything' });
        const message = await told.first();
        should(message).match({ keep: 'me', gateway: { id: gateway, name: 'farm', sn: simulator.sn } });
        const info = message.payload as Info[];
        should(info.map(({ port }) => port)).eql([0, 1, 2, 3]);
        should(info[0]).eql({
          ...{ port: 0, type: 'GSM', imei: '350000000000001', imsi: '999700000000000', iccid: '89999700000000000000' },
          ...{ number: '99970100000', reg: 'REGISTER_OK', slot: 255, callstate: 'Idle', signal: 15, gprs: 'detached' },
        });
        should(info[1]).containEql({ reg: 'NO_SIM', signal: 0, iccid: '' });
        should(info[3]).containEql({ type: 'LTE' });
      });

      it('asks for what it is told to, the message centre and later types as well', async () => {
        await load(flowWith({ info: ['reg', 'smsc', 'remain_credit'], ports: '1,3', portsType: 'str' }));
        const told = inboxOf('told');
        nodeOf(node).receive({});
        const { payload } = await told.first();
        const smsc = '+99970100500';
        should(payload).eql([1, 3].map((port) => ({ port, reg: 'REGISTER_OK', smsc, remain_credit: -1 })));
        should(looks().map(({ query }) => query)).eql(['?port=1%2C3&info_type=reg%2Csmcsc%2Cremain_credit']);
      });

      it('watches: nothing at first, then a message a changed port, with what changed and what was', async () => {
        const told = await loadWatching({ interval: 0.1, info: ['reg', 'iccid', 'signal'] });
        should(told.all).be.empty();
        simulator.port(2).gprs = 'attached';
        simulator.port(2).signal += 5;
        const before = { port: 2, reg: 'REGISTER_OK', iccid: '89999700000000000200', signal: 25 };
        should((await told.count(1))[0]).containDeep({
          ...{ topic: 'farm/port/2', changed: ['signal'], payload: { ...before, signal: 30 }, previous: before },
          gateway: { id: gateway, name: 'farm', sn: simulator.sn },
        });
        simulator.port(2).loseSim();
        should((await told.count(2))[1]).containDeep({
          ...{ changed: ['reg', 'iccid', 'signal'], payload: { port: 2, reg: 'NO_SIM', iccid: '', signal: 0 } },
          previous: { ...before, signal: 30 },
        });
        await clock.advance(300);
        should(told.all).have.length(2);
      });
    });
  }

  it('asks for what the editor has saved, and takes a description for no list', async () => {
    await begin();
    await load(flowWith({ infoTypes: ['reg'], info: 'What **this** node is for.' }));
    const told = inboxOf('told');
    nodeOf(node).receive({});
    should(((await told.first()).payload as Info[])[0]).eql({ port: 0, reg: 'REGISTER_OK' });
    should(looks().map(({ query }) => query)).eql(['?info_type=reg']);
  });

  it('sends a message a port where that is wanted', async () => {
    await begin();
    await load(flowWith({ output: 'each', ports: 'ports', portsType: 'msg', info: ['reg'] }));
    const told = inboxOf('told');
    nodeOf(node).receive({ ports: '1-2' });
    const messages = await told.count(2);
    should(messages.map(({ payload }) => payload)).eql([1, 2].map((port) => ({ port, reg: 'REGISTER_OK' })));
    should(messages[1]).match({ parts: { count: 2, index: 1 } });
  });

  it('finds out which info types the gateway refuses, and asks for them no more', async () => {
    await begin({ refusesInfo: ['gprs', 'callstate', 'smcsc', 'CallForward'] });
    await load(flowWith({ info: ['type', 'reg', 'callstate', 'signal', 'gprs', 'smsc', 'CallForward'], ports: '0' }));
    const told = inboxOf('told');
    nodeOf(node).receive({});
    const [{ payload }] = (await told.count(1)) as [{ payload: Info[] }];
    const wanted = { port: 0, type: 'GSM', reg: 'REGISTER_OK', signal: 15, smsc: '+99970100500' };
    should(payload).eql([wanted]);
    const asked = looks().length;
    nodeOf(node).receive({});
    await told.count(2);
    should(
      looks()
        .slice(asked)
        .map(({ query }) => query),
    ).eql(['?port=0&info_type=type%2Creg%2Csignal%2Csmsc']);
  });

  it('takes a port that isn’t there for that, not for an unknown info type', async () => {
    await begin();
    await load(flowWith());
    const [told, errors] = [inboxOf('told'), inboxOf('errors')];
    simulator.fault({ fault: 'badRequest400', times: 2 });
    nodeOf(node).receive({});
    should(await errors.first()).match({ error: { code: 'BAD_REQUEST', cause: { error_code: 400 } } });
    nodeOf(node).receive({});
    should(((await told.first()).payload as Info[])[0]).have.properties('gprs', 'imei', 'slot');
  });

  for (const [what, properties, field, label] of [
    ['port 32', { ports: '32' }, 'ports', 'Ports'],
    ['an info type that is no word', { info: ['reg', 'ab;c'] }, 'info', 'Information'],
  ] as const) {
    it(`refuses ${what} before anything leaves, asked and watching`, async () => {
      await begin();
      await load(flowWith(properties));
      const errors = inboxOf('errors');
      nodeOf(node).receive({});
      should(await errors.first()).match({ error: { code: 'INVALID_INPUT', cause: { field, retryable: false } } });
      await deploy(uncaught(watching(properties)));
      await until(() => logged().some((line) => line.startsWith(`${label}: must be`)));
      await clock.advance(50);
      should(simulator.requests).be.empty();
    });
  }

  it('says at once that a watch has no gateway, or ports from messages that never come', async () => {
    await begin();
    await load(uncaught(watching({ gateway: '' })));
    await until(() => logged().includes('Gateway: no gateway is chosen'));
    await deploy(uncaught(watching({ ports: 'payload', portsType: 'msg' })));
    await until(() => logged().some((line) => /^Ports.*: can't come from a message/.test(line)));
    should(simulator.requests).be.empty();
  });

  describe('watching a gateway that pushes', () => {
    beforeEach(() => begin());

    it('tells at once that a port has dropped out', async () => {
      const told = await loadWatching();
      simulator.port(1).loseSim();
      const message = await told.first(undefined, 1500);
      should(message).containDeep({ topic: 'farm/port/1', payload: { reg: 'NO_SIM', iccid: '' } });
      should(changes(told)[0]?.changed).containEql('reg').and.containEql('iccid');
    });

    it('tells of a port that was away between two looks, both ways', async () => {
      const told = await loadWatching({ info: ['reg', 'signal'] });
      simulator.port(1).unregister();
      simulator.port(1).register();
      await told.count(2, 1500);
      const told1 = changes(told).map(({ payload, changed, previous }) => [previous.reg, payload.reg, changed]);
      should(told1).eql([
        ['REGISTER_OK', 'UNREGISTER', ['reg']],
        ['UNREGISTER', 'REGISTER_OK', ['reg']],
      ]);
      await clock.advance(200);
      should(told.all).have.length(2);
    });

    it('looks once or twice when all ports push', async () => {
      await simulator.close();
      await begin({ ports: 32 });
      const told = await loadWatching({ info: ['reg'] });
      const before = looks().length;
      for (const port of simulator.ports) port.unregister();
      const messages = (await told.count(32, 3000)) as Change[];
      should(messages.map(({ payload }) => payload)).eql(
        simulator.ports.map(({ port }) => ({ port, reg: 'UNREGISTER' })),
      );
      should(looks().length - before).be.within(1, 2);
    });

    it('says nothing of ports that it doesn’t watch', async () => {
      const told = await loadWatching({ ports: '0-1', info: ['reg'] });
      simulator.port(2).unregister();
      await clock.advance(300);
      should(told.all).be.empty();
      should(looks()).have.length(1);
    });

    it('tells what was pushed when the gateway can’t be asked', async () => {
      const told = await loadWatching({ info: ['reg'] });
      simulator.fault({ fault: 'error500' });
      simulator.port(3).unregister();
      should(await told.first(undefined, 1500)).containDeep({ payload: { port: 3, reg: 'UNREGISTER' } });
    });
  });

  it('says once that the gateway is out of reach, and goes on when it is back', async () => {
    await begin();
    const told = await loadWatching({ interval: 0.1, info: ['reg'] });
    const [errors, statuses] = [inboxOf('errors'), statusesOf(node)];
    simulator.fault({ fault: 'refuse' });
    should(await errors.first()).match({ topic: 'farm', gateway: { id: gateway }, error: { code: 'UNREACHABLE' } });
    simulator.port(0).powerOff();
    await clock.advance(500);
    should(errors.all).have.length(1);
    should(statuses.all.at(-1)).match({ fill: 'red', shape: 'ring' });
    simulator.clearFaults();
    await told.first(({ payload }) => (payload as Info).reg === 'POWER_OFF');
    await until(() => statuses.all.at(-1)?.fill === 'green');
    simulator.fault({ fault: 'refuse' });
    await errors.count(2);
  });

  it('tells after a deploy and after a restart what changed meanwhile, once', async () => {
    await begin({ onPush: undefined });
    const flow = watching({ info: ['reg', 'signal'] });
    await load(flow);
    await clock.advance(1000);
    should(looks()).not.be.empty();
    await deploy([tab]);
    simulator.port(1).signal = 3;
    await deploy(flow);
    should(await inboxOf('told').first()).containDeep({
      ...{ changed: ['signal'], payload: { port: 1, signal: 3 }, previous: { port: 1, signal: 20 } },
    });
    await clock.advance(100);
    const again = flow.map((one) => (one.id === node ? { ...one, name: 'moved' } : one));
    await deploy(again);
    const told = inboxOf('told');
    const asked = looks().length;
    await clock.advance(61_000);
    should(looks().length).be.above(asked);
    should(told.all).be.empty();
  });

  it('shares its look with another node that watches the same', async () => {
    await begin();
    const twin = freshId('twin');
    simulator.fault({ fault: 'slow', ms: 150, times: 1 });
    const own = { gateway, mode: 'watch', interval: 0.2, wires: [['told']] };
    await load([...watching({ interval: 0.2 }), drawn('dinstar-port-info', twin, own)]);
    const told = inboxOf('told');
    await clock.advance(700);
    const asked = looks().length;
    simulator.port(1).gprs = 'attached';
    await told.count(2);
    // Each of the two alone would ask every 0.2 seconds.
    should(asked).be.belowOrEqual(6);
  });

  it('says which info types it can’t watch', async () => {
    await begin({ refusesInfo: ['gprs'] });
    const told = await loadWatching({ interval: 0.1 });
    await until(() => looks().length > 10);
    should(logged().filter((line) => line.includes("doesn't know gprs"))).have.length(1);
    should(told.all).be.empty();
  });

  it('costs nothing while nobody asks', async () => {
    await begin();
    await load(flowWith());
    await clock.advance(300);
    should(simulator.requests).be.empty();
  });
});
