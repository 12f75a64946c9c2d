import should from 'should';
import { simulatorTime } from '../../lib/runtime/gateways/simulatorTime';
import { type Simulator, startSimulator } from '../../simulator';
import { freshId, inboxOf, inNodeRed, load, nodeOf } from '../support/flow';
import { catcher, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';

const clock = new FlowClock();

describe('between core’s split and two joins', () => {
  inNodeRed(clock);
  let simulator: Simulator;
  let gateway: string;
  beforeEach(async () => {
    simulator = await startSimulator({ ...simulatorTime(clock), speed: 'fast', ports: 3 });
    gateway = freshId('gateway');
  });
  afterEach(() => simulator.close());

  it('a node that gives a message each is joined first, and what was split before then', async () => {
    const flow = [
      ...[tab, { id: gateway, type: 'dinstar-gateway', url: simulator.url }],
      drawn('split', 'split', { splt: '\\n', spltType: 'str', arraySplt: 1, arraySpltType: 'len', wires: [['info']] }),
      drawn('dinstar-port-info', 'info', { gateway, output: 'each', wires: [['inner']] }),
      drawn('join', 'inner', { mode: 'auto', wires: [['outer']] }),
      drawn('join', 'outer', { mode: 'auto', wires: [['joined']] }),
      catcher('joined'),
    ];
    await load(flow, {}, ['sequence/17-split']);
    const joined = inboxOf('joined');
    nodeOf('split').receive({ payload: ['one', 'two'] });
    const { payload } = await joined.first();
    should((payload as { port: number }[][]).map((ports) => ports.map(({ port }) => port))).eql([
      [0, 1, 2],
      [0, 1, 2],
    ]);
  });
});
