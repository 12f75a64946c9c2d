import fc from 'fast-check';
import should from 'should';
import { remembered } from '../../../lib/times/remembered';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('offsets that are remembered by days', () => {
  it('are those that were asked for, also on a day on which the clocks are changed', () => {
    const change = fc.integer({ min: -20 * DAY, max: 20 * DAY });
    fc.assert(
      fc.property(change, fc.array(change), (at, instants) => {
        const offsetAt = (instant: number): number => (instant < at ? HOUR : 2 * HOUR);
        const memory = remembered(offsetAt);
        for (const instant of [at - 1, at, ...instants, ...instants]) should(memory(instant)).equal(offsetAt(instant));
      }),
    );
  });

  it('cost four questions a day, however many records fall on it', () => {
    let asked = 0;
    const memory = remembered(() => {
      asked += 1;
      return HOUR;
    });
    for (let second = 0; second < 86_400; second += 7) memory(second * 1000);
    should(asked).be.belowOrEqual(4);
  });
});
