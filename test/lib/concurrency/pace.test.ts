import { setImmediate } from 'node:timers/promises';
import should from 'should';
import { Pace } from '../../../lib/concurrency';

describe('what comes at a pace', () => {
  let begun: number[];
  let pace: Pace;
  let most: number;
  beforeEach(() => {
    begun = [];
    most = 3;
    pace = new Pace(() => most);
  });
  const come = (...all: number[]): void => {
    for (const one of all) pace.begin(() => begun.push(one));
  };

  it('begins at once as long as it is little', async () => {
    come(1, 2);
    should(begun).eql([1, 2]);
    await setImmediate();
    come(3, 4, 5);
    should(begun).eql([1, 2, 3, 4, 5]);
  });

  it('waits for later turns of the event loop where it is much, in the order of coming', async () => {
    come(1, 2, 3, 4, 5, 6, 7);
    should(begun).eql([1, 2, 3]);
    await setImmediate();
    should(begun).eql([1, 2, 3, 4, 5, 6]);
    come(8, 9, 10);
    should(begun).eql([1, 2, 3, 4, 5, 6]);
    await setImmediate();
    should(begun).eql([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    await setImmediate();
    should(begun).eql([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('is slower, and quicker again, from the next turn on', async () => {
    come(1, 2, 3, 4, 5, 6, 7, 8);
    most = 1;
    await setImmediate();
    should(begun).eql([1, 2, 3, 4]);
    await setImmediate();
    should(begun).eql([1, 2, 3, 4, 5]);
    most = 3;
    await setImmediate();
    should(begun).eql([1, 2, 3, 4, 5, 6, 7, 8]);
  });
});
