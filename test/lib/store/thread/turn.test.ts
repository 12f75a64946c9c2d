import { setImmediate } from 'node:timers/promises';
import should from 'should';
import { Turn } from '../../../../lib/store/thread/Turn';

describe('what a thread is asked while it works', () => {
  it('waits for the next turn, in which all of it is done in the order of asking', async () => {
    const done: string[] = [];
    const turn = new Turn<string>((one) => {
      done.push(one);
      // As a port that hands over whatever comes while it does so.
      if (one === 'a') turn.add(['c', 'd']);
    });
    turn.add(['a']);
    turn.add(['b']);
    should(done).eql([]);
    await setImmediate();
    should(done).eql(['a', 'b']);
    await setImmediate();
    should(done).eql(['a', 'b', 'c', 'd']);
  });
});
