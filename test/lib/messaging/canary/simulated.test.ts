import should from 'should';
import type { SimulatorOptions } from '../../../../simulator';
import { WatchedSimulator } from '../../../support/watching/WatchedSimulator';

const MINUTE_S = 60;

describe('test SMS from SIM to SIM of a simulated gateway', () => {
  let watched: WatchedSimulator;
  const start = async (simulated: SimulatorOptions = {}): Promise<void> => {
    watched = await WatchedSimulator.start({ ports: 4, ...simulated });
    await watched.pass(10);
    watched.wantCanary(0.5);
  };
  afterEach(() => watched.close());
  const numbers = (): string[] => watched.simulator.submitted.map(({ number }) => number);

  it('go by the clock, each SIM in its turn, and arrive', async () => {
    await start();
    await watched.pass(70 * MINUTE_S);
    const { ports } = watched.simulator;
    should(numbers()).eql([1, 2, 3].map((port) => ports[port]?.number));
    should(watched.simulator.submitted.map(({ sentPort }) => sentPort)).eql([0, 1, 2]);
    should(watched.told).eql([]);
    should(watched.canary?.failures).equal(0);
    should(watched.canary?.seconds).be.within(0, 60);
  });

  it('say so when a gateway tells that they were delivered and nothing arrives', async () => {
    await start();
    await watched.pass(10 * MINUTE_S);
    for (const port of watched.simulator.ports) port.lying = true;
    watched.begin();
    await watched.passUntil(() => watched.told.length > 0, 80 * MINUTE_S);
    should(watched.told).match([{ condition: 'canary', state: 'raised' }]);
    should(watched.simulator.submitted.map(({ state }) => state)).eql(['DELIVERED', 'DELIVERED', 'DELIVERED']);
    for (const port of watched.simulator.ports) port.lying = false;
    await watched.passUntil(() => watched.told.length > 1, 40 * MINUTE_S);
    should(watched.told[1]).match({ condition: 'canary', state: 'cleared' });
  });

  it('never run where fewer than two SIMs are ready', async () => {
    await start({ ports: 1 });
    await watched.pass(40 * MINUTE_S);
    should(numbers()).eql([]);
    should(watched.told).eql([]);
  });
});
