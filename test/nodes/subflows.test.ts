import should from 'should';
import { simulatorTime } from '../../lib/runtime/gateways/simulatorTime';
import { type Simulator, startSimulator } from '../../simulator';
import { type FlowNode, freshId, inboxOf, inNodeRed, load, nodeOf } from '../support/flow';
import { catchAll, catcher, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';

const clock = new FlowClock();

const GW = `\${${'GW'}}`;
const WORD = `\${${'WORD'}}`;

describe('nodes in a subflow whose instances choose the gateway', () => {
  inNodeRed(clock);
  const simulators: Simulator[] = [];
  let ids: string[];
  beforeEach(async () => {
    simulators.push(
      await startSimulator({ ...simulatorTime(clock), speed: 'fast', ports: 2 }),
      await startSimulator({ ...simulatorTime(clock), speed: 'fast', ports: 4 }),
    );
    ids = [freshId('one'), freshId('other')];
  });
  afterEach(() => Promise.all(simulators.splice(0).map((simulator) => simulator.close())));

  /** A subflow of one node, and an instance for each gateway. */
  const flow = (type: string, own: object): FlowNode[] => [
    tab,
    ...simulators.map(({ url }, index) => ({
      id: ids[index] as string,
      type: 'dinstar-gateway',
      url,
      name: `gw${index}`,
    })),
    {
      id: 'sub',
      type: 'subflow',
      name: 'sub',
      env: [
        { name: 'GW', type: 'dinstar-gateway', value: '', ui: { type: 'conf-types' } },
        { name: 'WORD', type: 'str', value: 'none' },
      ],
      in: [{ x: 1, y: 1, wires: [{ id: 'inner' }] }],
      out: [{ x: 2, y: 1, wires: [{ id: 'inner', port: 0 }] }],
    },
    { ...drawn(type, 'inner', { gateway: GW, wires: [[], []], ...own }), z: 'sub' },
    ...ids.map((id, index) =>
      drawn('subflow:sub', `instance${index}`, {
        env: [
          { name: 'GW', type: 'conf-type', value: id },
          { name: 'WORD', type: 'str', value: `word${index}` },
        ],
        wires: [[`out${index}`]],
      }),
    ),
    catcher('out0'),
    catcher('out1'),
    ...catchAll('errors'),
  ];

  it('send each by its own, and put in the instance’s own words', async () => {
    await load(flow('dinstar-send-sms', { until: 'sent', text: WORD, textType: 'str' }));
    for (const [index, simulator] of simulators.entries()) {
      const out = inboxOf(`out${index}`);
      nodeOf(`instance${index}`).receive({ to: `+4917000000${index}` });
      should(await out.first()).match({ gateway: { id: ids[index], name: `gw${index}` }, payload: { ok: true } });
      should(simulator.submitted).have.length(1);
    }
  });

  it('answer each of its own, and by msg.gateway of the one it names', async () => {
    await load(flow('dinstar-port-info', { gatewayFrom: 'msg' }));
    for (const [index, count] of [2, 4].entries()) {
      const out = inboxOf(`out${index}`);
      nodeOf(`instance${index}`).receive({});
      const { payload } = await out.first();
      should(payload).have.length(count);
    }
    const out = inboxOf('out0');
    nodeOf('instance0').receive({ gateway: 'gw1' });
    should((await out.first()).payload).have.length(4);
  });

  it('nest what was split before in what they split, each time anew', async () => {
    await load(flow('dinstar-port-info', { output: 'each' }));
    const out = inboxOf('out0');
    const former = { id: 'outer', type: 'array', count: 1, len: 1, index: 0 };
    nodeOf('instance0').receive({ _msgid: 'same', parts: former });
    nodeOf('instance0').receive({ _msgid: 'same', parts: former });
    const parts = (await out.count(4)).map((message) => message.parts as { id: string });
    should(parts).matchEach({ parts: former, count: 2 });
    should(new Set(parts.map(({ id }) => id)).size).equal(2);
  });

  it('show statuses that are found in their catalogue at the instance, too', async () => {
    const watch = [drawn('status', 'watch', { scope: null, wires: [['seen']] }), catcher('seen')];
    await load([...flow('dinstar-port-info', {}), ...watch]);
    const seen = inboxOf('seen');
    nodeOf('instance0').receive({});
    const texts = (await seen.count(2)).map(({ status }) => (status as { text: string }).text);
    for (const text of texts) should(text).match(/^@gsm-gateway\/node-red-dinstar\/port-info:common\.status\.[a-z_]+$/);
  });

  it('refuse what comes in at an instance that has chosen none', async () => {
    const nodes = flow('dinstar-send-sms', {}).filter(({ type }) => type !== 'subflow:sub');
    await load([...nodes, drawn('subflow:sub', 'bare', { env: [], wires: [['out0']] })]);
    const errors = inboxOf('errors');
    nodeOf('bare').receive({ to: '+49170', payload: 'Hello' });
    should(await errors.first()).match({ error: { code: 'NOT_CONFIGURED' } });
  });
});

describe('a watch in a subflow', () => {
  inNodeRed(clock);
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({ ...simulatorTime(clock), speed: 'fast', ports: 2 });
  });
  afterEach(() => simulator.close());

  it('watches the one gateway of that subflow, of whose list Node-RED leaves the id alone', async () => {
    const gateway = freshId('gateway');
    await load([
      tab,
      { id: 'sub', type: 'subflow', name: 'sub', in: [], out: [{ x: 2, y: 1, wires: [{ id: 'inner', port: 0 }] }] },
      { id: gateway, type: 'dinstar-gateway', z: 'sub', url: simulator.url, name: 'farm' },
      {
        ...drawn('dinstar-watch', 'inner', { gateways: [gateway], wires: [[], []] }),
        ...{ z: 'sub', conditions: [{ condition: 'no-ready-sim', threshold: 1, hold: 0, enabled: true }] },
      },
      drawn('subflow:sub', 'instance', { wires: [['out']] }),
      catcher('out'),
      ...catchAll('errors'),
    ]);
    const [out, errors] = [inboxOf('out'), inboxOf('errors')];
    for (const port of simulator.ports) port.unregister();
    // It asks only after 20 seconds in which nothing was heard.
    const told = await out.first(({ topic }) => topic === 'no-ready-sim', 90_000);
    should(told.payload).match({ state: 'raised', gateway: { name: 'farm' } });
    should(errors.all).eql([]);
  });
});
