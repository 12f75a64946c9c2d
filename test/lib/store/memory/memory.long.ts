import should from 'should';
import { MemoryStore } from '../../../../lib/store';
import { describeStore } from '../conformance';
import { broughtToTheirEnd } from './broughtToTheirEnd';

describeStore('in memory', async (random) => new MemoryStore({ random }), { runs: 1000 });

describe('store: in memory, with many SMS', function () {
  // A busy machine may take long; what would take minutes is told from what takes seconds all the same.
  this.timeout(150_000);

  it('brings 100,000 SMS to their end in time that grows with their number alone', async () => {
    const store = new MemoryStore({ random: () => 0 });
    await store.open();
    should(await broughtToTheirEnd(store, 100)).equal(100_000);
  });
});
