import should from 'should';
import { simulatorTime } from '../../lib/runtime/gateways/simulatorTime';
import { type Simulator, startSimulator } from '../../simulator';
import { deploy, type FlowNode, freshId, inboxOf, inNodeRed, load, nodeOf } from '../support/flow';
import { catchAll, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';

const clock = new FlowClock();

describe('ussd, before anything leaves,', () => {
  inNodeRed(clock);
  let simulator: Simulator;
  let gateway: string;
  beforeEach(async () => {
    gateway = freshId('gateway');
    simulator = await startSimulator({ ...simulatorTime(clock), speed: 'fast' });
  });
  afterEach(() => simulator.close());

  const flowWith = (properties: object = {}): FlowNode[] => [
    tab,
    { id: gateway, type: 'dinstar-gateway', url: simulator.url },
    drawn('dinstar-ussd', 'ussd', { gateway, wires: [[], []], ...properties }),
    ...catchAll('errors'),
  ];
  const failWith = async (message: object): Promise<Record<string, unknown>> => {
    const errors = inboxOf('errors');
    nodeOf('ussd').receive(message);
    return (await errors.first()).error as Record<string, unknown>;
  };

  const bad: [string, object, string][] = [
    ['no port', { payload: '*100#' }, 'ports'],
    ['port 32', { payload: '*100#', port: 32 }, 'ports'],
    ['an empty code', { payload: ' ', port: 1 }, 'text'],
    ['no code', { port: 1 }, 'text'],
    ['a code over 60 bytes', { payload: ['*1#', 'ä'.repeat(31)], port: 1 }, 'text[1]'],
    ['an array without codes', { payload: [], port: 1 }, 'text'],
    ['an object in an array', { payload: ['*1#', {}], port: 1 }, 'text[1]'],
  ];
  for (const [what, message, field] of bad) {
    it(`refuses ${what}, naming ${field}`, async () => {
      await load(flowWith());
      should(await failWith(message)).match({ code: 'INVALID_INPUT', cause: { field, retryable: false } });
      should(simulator.requests).be.empty();
    });
  }

  it('refuses several codes where it waits for no reply, and no time to wait', async () => {
    await load(flowWith({ action: 'send' }));
    should(await failWith({ payload: ['1', '2'], port: 1 })).match({ cause: { field: 'text' } });
    await deploy(flowWith({ wait: 0 }));
    should(await failWith({ payload: '1', port: 1 })).match({ code: 'INVALID_INPUT', cause: { field: 'wait' } });
    should(simulator.requests).be.empty();
  });
});
