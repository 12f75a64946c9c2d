import { setImmediate } from 'node:timers/promises';
import should from 'should';
import { Gatherer } from '../../../lib/concurrency';

describe('what is gathered', () => {
  let begun: number[][];
  const gathered = (most: number, work = async (items: number[]) => items.map(async (one) => one * 2)) =>
    new Gatherer<number, number>((items) => {
      begun.push(items);
      return work(items);
    }, most);

  beforeEach(() => {
    begun = [];
  });

  it('begins at once when it comes alone, and with the others of its turn after that, in the order of coming', async () => {
    const gatherer = gathered(3);
    const all = [1, 2, 3, 4, 5].map((one) => gatherer.add(one));
    should(begun).eql([[1]]);
    should(await Promise.all(all)).eql([2, 4, 6, 8, 10]);
    should(begun).eql([[1], [2, 3, 4], [5]]);
    await setImmediate();
    const later = gatherer.add(6);
    should(begun.at(-1)).eql([6]);
    should(await later).equal(12);
  });

  it('fails each for itself, or together where it can’t even begin, and holds up nobody after it', async () => {
    const gatherer = gathered(2, async (items) => {
      if (items.includes(5)) throw new Error('not begun');
      return items.map(async (one) => {
        if (one === 3) throw new Error('three');
        return one;
      });
    });
    const all = await Promise.allSettled([1, 2, 3, 4, 5, 6].map((one) => gatherer.add(one)));
    const ends = all.map((end) => (end.status === 'fulfilled' ? end.value : String(end.reason.message)));
    should(ends).eql([1, 2, 'three', 'not begun', 'not begun', 6]);
  });
});
