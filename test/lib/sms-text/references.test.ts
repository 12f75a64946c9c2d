import should from 'should';
import { compareCounts } from './references';

describe('sms-text: the segments of random texts', () => {
  it('are as many, and leave as much room, as by the standard written out and by two other counters', () => {
    const { split, calculator } = compareCounts(4000, 50, Math.random);
    should(split).be.above(0);
    should(calculator).be.above(0);
  });
});
