import should from 'should';
import { atOnce, inSteps, mapped } from '../../../lib/concurrency';

const numbers = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

describe('work in steps', () => {
  it('is the same in one go and with turns of the event loop between', async () => {
    for (const count of [0, 1, 64, 65, 1000]) {
      const doubled = numbers(count).map((one) => 2 * one);
      should(atOnce(mapped(numbers(count), (one) => 2 * one))).eql(doubled);
      should(await inSteps(mapped(numbers(count), (one) => 2 * one))).eql(doubled);
    }
  });

  it('lets others have their turn after every 64, and none where there are fewer', async () => {
    const seen: number[] = [];
    let turns = 0;
    let goesOn = true;
    const turn = (): void => {
      turns += 1;
      if (goesOn) setImmediate(turn);
    };
    setImmediate(turn);
    await inSteps(mapped(numbers(640), () => seen.push(turns)));
    goesOn = false;
    should(new Set(seen).size).be.aboveOrEqual(9);
    const before = turns;
    await inSteps(mapped(numbers(64), (one) => one));
    should(turns).equal(before);
  });

  it('ends where it throws', async () => {
    const work = () =>
      mapped(numbers(100), (one) => {
        if (one === 99) throw new Error('the last one');
      });
    should(() => atOnce(work())).throw('the last one');
    await should(inSteps(work())).be.rejectedWith('the last one');
  });
});
