import should from 'should';
import { patienceWith } from '../../../../../lib/messaging/sms/evidence/patience';

const SECOND = 1000;

describe('how long a request that was given up may still come', () => {
  it('is as long again as it had been under way, four seconds at least and thirty at most', () => {
    const all = [0, 1, 4, 5, 15, 30, 31, 3600].map((age) => patienceWith(age * SECOND, false) / SECOND);
    should(all).eql([4, 4, 4, 5, 15, 30, 30, 30]);
  });

  it('counts from when it left where a former process sent it', () => {
    const all = [0, 10, 25, 26, 27, 3600].map((age) => patienceWith(age * SECOND, true) / SECOND);
    should(all).eql([30, 20, 5, 4, 4, 4]);
  });

  it('stays within that where the clock has stepped', () => {
    for (const isInherited of [false, true])
      for (const age of [-86_400_000, 86_400_000]) should(patienceWith(age, isInherited)).be.within(4000, 30_000);
  });
});
