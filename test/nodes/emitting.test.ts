import should from 'should';
import { simulatorTime } from '../../lib/runtime/gateways/simulatorTime';
import { runtime } from '../../lib/runtime/SharedRuntime';
import { type Simulator, startSimulator } from '../../simulator';
import { deploy, type FlowNode, freshId, inboxOf, inNodeRed, load, logged, nodeOf, statusesOf } from '../support/flow';
import { catchAll, catcher, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';
import { Inbox } from '../support/Inbox';

const clock = new FlowClock();

interface Kind {
  type: string;
  properties: object;
  /** Something it emits, of a port. */
  happen: (simulator: Simulator, port: number) => void;
  /** Which of its outputs. */
  output?: number;
  /** False for one that only waits for what the gateway pushes. */
  asks: boolean;
  takesPorts: boolean;
}

const NOON = Date.UTC(2026, 6, 12, 12);

const RECEIVE: Kind = {
  ...{ type: 'dinstar-receive-sms', properties: { mode: 'poll', interval: 1 } },
  ...{ asks: true, takesPorts: true },
  happen: (simulator, port) => simulator.receive({ port, number: '+43664', text: `of port ${port}` }),
};

/** The nodes that emit by themselves. */
const KINDS: Record<string, Kind> = {
  'cdr, of new ones': {
    ...{ type: 'dinstar-cdr', properties: { mode: 'new', interval: 0.1, output: 'each' } },
    ...{ asks: true, takesPorts: true },
    happen: (simulator, port) => simulator.addCall({ port, start: NOON + port * 1000 }),
  },
  'port info, watching': {
    ...{ type: 'dinstar-port-info', properties: { mode: 'watch', interval: 0.1, info: ['reg'] } },
    ...{ asks: true, takesPorts: true },
    happen: (simulator, port) => simulator.port(port).unregister(),
  },
  'receive sms': RECEIVE,
  'ussd, of unsolicited texts': {
    ...{ type: 'dinstar-ussd', properties: {}, output: 1, asks: false, takesPorts: false },
    happen: (simulator, port) => simulator.unsolicitedUssd(port, `Text ${port}`),
  },
};

describe('a node that emits by itself', () => {
  inNodeRed(clock);
  let simulator: Simulator;
  let gateway: string;
  let id: string;
  let pushes: Inbox<string>;
  const thrown: unknown[] = [];
  const note = (error: unknown): void => void thrown.push(error);
  beforeEach(async () => {
    [gateway, id, pushes] = [freshId('gateway'), freshId('emitting'), new Inbox('pushes')];
    const [taken, fixed] = [pushes, gateway];
    const onPush = async (body: string): Promise<void> => {
      await runtime.pushRouter.take(body, { address: '127.0.0.1', fixed });
      taken.put(body);
    };
    simulator = await startSimulator({ ...simulatorTime(clock), speed: 'fast', timezone: 'UTC', ports: 4, onPush });
    thrown.length = 0;
    process.on('unhandledRejection', note);
  });
  afterEach(async () => {
    process.off('unhandledRejection', note);
    await simulator.close();
    should(thrown).be.empty();
  });

  const gatewayNode = (): FlowNode => ({
    ...{ id: gateway, type: 'dinstar-gateway', name: 'farm', timezone: 'UTC' },
    ...{ url: simulator.url, queueLimit: 0 },
  });
  const flowWith = ({ type, properties, output = 0 }: Kind, own: object = {}, to = 'emitted'): FlowNode[] => {
    const wires = [...Array.from({ length: output }, () => []), [to]];
    return [tab, drawn(type, id, { gateway, wires, ...properties, ...own }), catcher(to), ...catchAll('errors')];
  };
  const portsOf = (emitted: Inbox): number[] => emitted.all.map(({ payload }) => (payload as { port: number }).port);
  /** It is attached to the gateway, and has looked at it where it asks. */
  const begun = async ({ asks }: Kind): Promise<void> => {
    await runtime.gatewayNodes.get(gateway)?.gateway();
    if (asks) await looked();
    await turns();
  };
  /**
   * From now on it has asked, and asked again after that was answered: with one request at a time, several to a look. After
   * failures it pauses.
   */
  const looked = async (): Promise<void> => {
    const asked = simulator.requests.length;
    should(await clock.until(() => simulator.requests.length > asked + 3, 600_000)).be.true();
  };
  /** What is thrown out of a node, or emitted twice, comes a few turns later. */
  const turns = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
  };

  for (const [name, kind] of Object.entries(KINDS)) {
    describe(name, () => {
      it('emits what happens, with its gateway and a topic, and shows that all is well', async () => {
        await load([...flowWith(kind), gatewayNode()]);
        const emitted = inboxOf('emitted');
        await begun(kind);
        kind.happen(simulator, 2);
        const message = await emitted.first();
        should(message).match({ payload: { port: 2 }, gateway: { id: gateway, name: 'farm' } });
        should(message.topic).be.a.String();
        await turns();
        should(portsOf(emitted)).eql([2]);
      });

      it('tells a Catch node once that its gateway is missing, and begins when that is there', async () => {
        await load(flowWith(kind));
        const [errors, emitted, object] = [inboxOf('errors'), inboxOf('emitted'), nodeOf(id)];
        should(await errors.first()).match({ error: { code: 'NOT_CONFIGURED', source: { id } } });
        const statuses = statusesOf(id);
        await deploy([...flowWith(kind), gatewayNode()], 'nodes');
        should(nodeOf(id)).equal(object);
        await statuses.first(({ fill }) => fill !== 'red');
        await begun(kind);
        kind.happen(simulator, 1);
        await emitted.first();
        should(errors.all).have.length(1);
        should(statuses.all.some(({ fill }) => fill === 'red')).be.false();
      });

      it('loses and doubles nothing that happens while a deploy replaces it, and emits that along the new wires', async () => {
        await load([...flowWith(kind), gatewayNode()]);
        const emitted = inboxOf('emitted');
        await begun(kind);
        kind.happen(simulator, 0);
        await emitted.first();
        const pushed = pushes.all.length;
        nodeOf(id).on('close', (_removed: boolean, closed: () => void) => {
          kind.happen(simulator, 1);
          pushes.count(pushed + 1).then(
            () => closed(),
            () => closed(),
          );
        });
        await deploy([...flowWith(kind, {}, 'elsewhere'), catcher('emitted'), gatewayNode()]);
        const [former, elsewhere] = [inboxOf('emitted'), inboxOf('elsewhere')];
        await elsewhere.first();
        await begun(kind);
        kind.happen(simulator, 2);
        await elsewhere.count(2);
        await turns();
        should([portsOf(emitted), portsOf(former), portsOf(elsewhere)]).eql([[0], [], [1, 2]]);
      });

      it('closes while the gateway owes an answer', async () => {
        await load([...flowWith(kind), gatewayNode()]);
        await begun(kind);
        const asked = simulator.requests.length;
        simulator.fault({ fault: 'hang' });
        if (kind.asks) await clock.until(() => simulator.requests.length > asked);
        await deploy([tab]);
        should(logged().filter((line) => line.includes('timed out'))).be.empty();
      });
    });
  }

  for (const [name, kind] of Object.entries(KINDS).filter(([, { asks }]) => asks)) {
    it(`says an outage once, and that it is over: ${name}`, async () => {
      await load([...flowWith(kind), gatewayNode()]);
      const [errors, emitted] = [inboxOf('errors'), inboxOf('emitted')];
      await begun(kind);
      const statuses = statusesOf(id);
      simulator.fault({ fault: 'html' });
      const error = await errors.first();
      should(error).match({ error: { code: 'BAD_REPLY', source: { id } }, gateway: { id: gateway, name: 'farm' } });
      await looked();
      kind.happen(simulator, 3);
      simulator.clearFaults();
      await begun(kind);
      await emitted.first();
      await turns();
      should(portsOf(emitted)).eql([3]);
      should(errors.all).have.length(1);
      should(statuses.all).eql([
        { fill: 'red', shape: 'ring', text: 'common.status.bad_reply' },
        { fill: 'green', shape: 'dot', text: 'common.status.ok' },
      ]);
    });

    it(`tells a Status node that all is well once, however often it looks: ${name}`, async () => {
      const status = { ...drawn('status', 'status', { wires: [['told']] }), scope: null };
      await load([...flowWith(kind), gatewayNode(), status, catcher('told')]);
      const told = inboxOf('told');
      const times = (): number =>
        told.all.filter(({ status }) => /status\.ok$/.test((status as { text: string }).text)).length;
      for (let look = 0; look < 3; look++) await begun(kind);
      const before = times();
      should(before).belowOrEqual(1);
      await deploy([...flowWith(kind, { name: 'renamed' }), gatewayNode(), status, catcher('told')], 'nodes');
      for (let look = 0; look < 3; look++) await begun(kind);
      await turns();
      should(times()).equal(before + 1);
    });
  }

  for (const [name, kind] of Object.entries(KINDS).filter(([, { takesPorts }]) => takesPorts)) {
    it(`tells a Catch node that its ports can’t be read, and asks nothing: ${name}`, async () => {
      await load([...flowWith(kind, { ports: '99-x', portsType: 'str' }), gatewayNode()]);
      const { error } = (await inboxOf('errors').first()) as { error: { message: string } };
      should(error.message).match(/Ports: must be port numbers/);
      await turns();
      should(simulator.requests).be.empty();
    });
  }

  it('emits a USSD text that is pushed before its gateway is ready', async () => {
    const kind = KINDS['ussd, of unsolicited texts'] as Kind;
    await load([...flowWith(kind), gatewayNode()]);
    const emitted = inboxOf('emitted');
    kind.happen(simulator, 1);
    await pushes.first();
    await turns();
    should(portsOf(emitted)).eql([1]);
  });

  for (const [gatewayFrom, told] of [
    ['node', ['NOT_CONFIGURED']],
    ['msg', []],
  ] as const) {
    it(`without a gateway says ${told.length > 0 ? 'so' : 'nothing'} where messages ask for SMS, of the gateway by ${gatewayFrom}`, async () => {
      await load(flowWith(RECEIVE, { mode: 'input', gatewayFrom, gateway: '' }));
      const errors = inboxOf('errors');
      await turns();
      should(errors.all.map(({ error }) => (error as { code: string }).code)).eql(told);
    });
  }
});
