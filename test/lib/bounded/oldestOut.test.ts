import should from 'should';
import { OldestOut } from '../../../lib/bounded/OldestOut';
import { offsetsOf } from '../../../lib/times/zone';

describe('a map that forgets the oldest', () => {
  it('has at most so many entries: those that were set last', () => {
    const map = new OldestOut<string, number>(3);
    for (const [value, key] of ['a', 'b', 'c', 'a', 'd'].entries()) map.set(key, value);
    should([...map]).eql([
      ['c', 2],
      ['a', 3],
      ['d', 4],
    ]);
  });

  it('is what time zones are remembered in, whatever is asked for', () => {
    for (let count = 0; count < 3000; count++) should(offsetsOf(`No/Zone${count}`)).be.undefined();
    should(offsetsOf('x'.repeat(1_000_000))).be.undefined();
    should(offsetsOf('Europe/Vienna')?.(0)).equal(3_600_000);
  });
});
