import should from 'should';
import { simulatorTime } from '../../lib/runtime/gateways/simulatorTime';
import { type Simulator, startSimulator } from '../../simulator';
import { freshId, inboxOf, inNodeRed, load, nodeOf } from '../support/flow';
import { catchAll, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';

const clock = new FlowClock();

/** What each node may do to a port that is a number left empty, and the field that its error names. */
const EMPTY: [type: string, properties: object, field: string][] = [
  ['dinstar-set-port', { action: 'power', actionType: 'str', param: 'off', paramType: 'str', allow: true }, 'port'],
  ['dinstar-stk', { action: 'view' }, 'port'],
];

describe('a port that is a number, left empty in a flow', () => {
  inNodeRed(clock);
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({ ...simulatorTime(clock), speed: 'fast', ports: 8 });
  });
  afterEach(() => simulator.close());

  for (const [type, properties, field] of EMPTY)
    it(`is refused by ${type}, and isn’t port 0`, async () => {
      const [gateway, node] = [freshId('gateway'), freshId('node')];
      await load([
        tab,
        { id: gateway, type: 'dinstar-gateway', url: simulator.url },
        drawn(type, node, { gateway, wires: [[], []], port: '', portType: 'num', ...properties }),
        ...catchAll('errors'),
      ]);
      const errors = inboxOf('errors');
      nodeOf(node).receive({});
      should(await errors.first()).match({ error: { code: 'INVALID_INPUT', cause: { field } } });
      should(simulator.requests).be.empty();
    });
});
