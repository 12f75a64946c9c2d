import should from 'should';
import { Batcher } from '../../../lib/concurrency';

describe('what is asked in one go', () => {
  it('is done in one call, whose answer all of them get, and what comes later in another', async () => {
    const calls: number[][] = [];
    const batcher = new Batcher(async (items: number[]) => {
      calls.push(items);
      return items.length;
    });
    should(await Promise.all([batcher.add(1), batcher.add(2)])).eql([2, 2]);
    should(await batcher.add(3)).equal(1);
    should(calls).eql([[1, 2], [3]]);
  });

  it('fails for all that asked for it, and not for those after them', async () => {
    let isBroken = true;
    const batcher = new Batcher((items: number[]) =>
      isBroken ? Promise.reject(new Error('full')) : Promise.resolve(items),
    );
    const both = [batcher.add(1), batcher.add(2)];
    await Promise.all(both.map((one) => should(one).be.rejectedWith('full')));
    isBroken = false;
    should(await batcher.add(3)).eql([3]);
  });
});
