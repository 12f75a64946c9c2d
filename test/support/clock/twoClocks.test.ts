import 'should';
import { settled, turn } from '../FakeClock';

describe('two virtual clocks in one process', () => {
  it('don’t wait for each other’s turns of the event loop', async () => {
    let turns = 0;
    // One that keeps nothing alive isn't counted as work by the clocks.
    const count = () => {
      turns += 1;
      counter = setImmediate(count).unref();
    };
    let counter = setImmediate(count).unref();
    let isOver = false;
    const other = (async () => {
      while (!isOver) await settled();
    })();
    await settled();
    isOver = true;
    await other;
    clearImmediate(counter);
    turns.should.be.below(20);
  });

  it('still wait for what others do in theirs', async () => {
    let left = 50;
    const work = (async () => {
      for (; left > 0; left--) await turn();
    })();
    await Promise.all([settled(), settled()]);
    left.should.equal(0);
    await work;
  });
});
