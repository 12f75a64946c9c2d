import should from 'should';
import { Together } from '../../../lib/concurrency';

describe('what is asked in one go', () => {
  it('is done in one call, whose answer all of them get, and what comes later in another', async () => {
    const calls: number[][] = [];
    const together = new Together(async (items: number[]) => {
      calls.push(items);
      return items.length;
    });
    should(await Promise.all([together.add(1), together.add(2)])).eql([2, 2]);
    should(await together.add(3)).equal(1);
    should(calls).eql([[1, 2], [3]]);
  });

  it('fails for all that asked for it, and not for those after them', async () => {
    let isBroken = true;
    const together = new Together((items: number[]) =>
      isBroken ? Promise.reject(new Error('full')) : Promise.resolve(items),
    );
    const both = [together.add(1), together.add(2)];
    await Promise.all(both.map((one) => should(one).be.rejectedWith('full')));
    isBroken = false;
    should(await together.add(3)).eql([3]);
  });
});
