import should from 'should';
import { simulatorTime } from '../../lib/runtime/gateways/simulatorTime';
import { type Simulator, startSimulator } from '../../simulator';
import { freshId, inboxOf, inNodeRed, load, nodeOf, statusesOf } from '../support/flow';
import { catchAll, catcher, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';

const clock = new FlowClock();

/** What each node is asked on port 12, and the field that its error names. */
const ASKED: [type: string, properties: object, message: object, field: string][] = [
  ['dinstar-send-sms', { ports: '0,12' }, { to: '123', payload: 'Hello' }, 'ports'],
  ['dinstar-ussd', {}, { port: 12, payload: '*100#' }, 'ports'],
  ['dinstar-set-port', { action: 'reset' }, { port: 12 }, 'port'],
  ['dinstar-stk', { action: 'view' }, { port: 12 }, 'port'],
  ['dinstar-port-info', { ports: '12' }, {}, 'ports'],
  ['dinstar-cdr', { ports: '12' }, {}, 'ports'],
  ['dinstar-query-result', { query: 'result' }, { payload: { port: 12 } }, 'filter.port'],
];

describe('a port that the gateway doesn’t have', () => {
  inNodeRed(clock);
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({ ...simulatorTime(clock), speed: 'fast', ports: 8 });
  });
  afterEach(() => simulator.close());

  for (const [type, properties, message, field] of ASKED) {
    it(`is INVALID_INPUT in ${type} once its ports are known, naming ${field}, and nothing is sent`, async () => {
      const [gateway, node] = [freshId('gateway'), freshId('node')];
      await load([
        tab,
        { id: gateway, type: 'dinstar-gateway', url: simulator.url },
        drawn('dinstar-port-info', 'all', { gateway, wires: [['told']] }),
        drawn(type, node, { gateway, wires: [[], [], []], ...properties }),
        catcher('told'),
        ...catchAll('errors'),
      ]);
      const told = inboxOf('told');
      nodeOf('all').receive({});
      await told.first();
      const errors = inboxOf('errors');
      nodeOf(node).receive(message);
      const { error } = (await errors.first()) as { error: { message: string; code: string; cause: object } };
      should(error).match({ code: 'INVALID_INPUT', cause: { retryable: false, field } });
      should(error.message).match(/the gateway has no port 12: its ports are 0 to 7$/);
      should(simulator.requests.every(({ path }) => path === '/api/get_port_info')).be.true();
    });
  }

  it('is found out by the failure that it causes where the ports aren’t known yet', async () => {
    const [gateway, node] = [freshId('gateway'), freshId('node')];
    await load([
      tab,
      { id: gateway, type: 'dinstar-gateway', url: simulator.url },
      drawn('dinstar-ussd', node, { gateway, wires: [[], []] }),
      ...catchAll('errors'),
    ]);
    const errors = inboxOf('errors');
    nodeOf(node).receive({ port: 9, payload: '*100#' });
    should(await errors.first()).match({
      error: { code: 'INVALID_INPUT', cause: { field: 'ports', retryable: false } },
    });
  });

  for (const [type, properties] of [
    ['dinstar-receive-sms', { mode: 'poll' }],
    ['dinstar-cdr', { mode: 'new' }],
    ['dinstar-port-info', { mode: 'watch' }],
  ] as const)
    it(`is said once by ${type} that emits by itself, in red, and not that all goes well`, async () => {
      const [gateway, node] = [freshId('gateway'), freshId('node')];
      await load([
        tab,
        { id: gateway, type: 'dinstar-gateway', url: simulator.url },
        drawn(type, node, { gateway, wires: [[]], ports: '0,12', ...properties }),
        ...catchAll('errors'),
      ]);
      const [errors, statuses] = [inboxOf('errors'), statusesOf(node)];
      await clock.advance(90_000);
      should(await errors.first()).match({ error: { code: 'INVALID_INPUT', cause: { field: 'ports' } } });
      should(errors.all).have.length(1);
      should(statuses.all.at(-1)).match({ fill: 'red' });
    });

  it('is INVALID_INPUT in receive sms when a message asks it', async () => {
    const [gateway, node] = [freshId('gateway'), freshId('node')];
    await load([
      tab,
      { id: gateway, type: 'dinstar-gateway', url: simulator.url },
      drawn('dinstar-port-info', 'all', { gateway, wires: [['told']] }),
      drawn('dinstar-receive-sms', node, { gateway, mode: 'input', ports: '12', wires: [[]] }),
      catcher('told'),
      ...catchAll('errors'),
    ]);
    const [told, errors] = [inboxOf('told'), inboxOf('errors')];
    nodeOf('all').receive({});
    await told.first();
    nodeOf(node).receive({});
    should(await errors.first()).match({ error: { code: 'INVALID_INPUT', cause: { field: 'ports' } } });
  });
});
