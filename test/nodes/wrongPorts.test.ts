import should from 'should';
import { startSimulator } from '../../simulator';
import { freshId, inboxOf, inNodeRed, load } from '../support/flow';
import { catchAll, drawn, tab } from '../support/flow/drawn';

type Simulator = Awaited<ReturnType<typeof startSimulator>>;

/** The nodes that emit by themselves, and may be limited to some ports. */
const EMITTING = {
  'dinstar-cdr': { mode: 'new', interval: 0.1 },
  'dinstar-port-info': { mode: 'watch', interval: 0.1 },
  'dinstar-receive-sms': { mode: 'poll', interval: 0.1 },
};

describe('a node that emits by itself, and whose ports can’t be read,', () => {
  inNodeRed();
  let simulator: Simulator;
  const thrown: unknown[] = [];
  const note = (error: unknown): void => void thrown.push(error);
  beforeEach(async () => {
    simulator = await startSimulator();
    thrown.length = 0;
    process.on('unhandledRejection', note);
  });
  afterEach(async () => {
    process.off('unhandledRejection', note);
    await simulator.close();
  });

  for (const [type, properties] of Object.entries(EMITTING)) {
    it(`tells a Catch node so, asks nothing, and throws nothing out of the node: ${type}`, async () => {
      const gateway = freshId('gateway');
      await load([
        tab,
        { id: gateway, type: 'dinstar-gateway', url: simulator.url, name: 'farm' },
        drawn(type, freshId('node'), { gateway, ...properties, ports: '99-x', portsType: 'str' }),
        ...catchAll('errors'),
      ]);
      const { error } = (await inboxOf('errors').first()) as { error: { message: string } };
      should(error.message).match(/Ports: must be port numbers/);
      // What is thrown out of a node would end Node-RED a turn later.
      for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
      should(thrown).be.empty();
      should(simulator.requests).be.empty();
    });
  }
});
