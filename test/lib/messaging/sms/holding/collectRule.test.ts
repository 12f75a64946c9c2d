import should from 'should';
import { collectRule } from '../../../../../lib/messaging/sms/holding/collectRule';
import type { StoredSms } from '../../../../../lib/store';

describe('what is collected', () => {
  const judged = (until: number | undefined, now: number) =>
    collectRule.judge({ collect: { group: 'g', for: 60, ...(until !== undefined && { until }) } } as StoredSms, now);

  it('waits for the end of its time as a schedule does, of which no update tells the end', () => {
    const held = { by: 'schedule', until: 100, text: 'Collected with others to the same recipient', quiet: true };
    should(judged(100, 40)).eql({ held });
    should(judged(100, 99)).eql({ held });
    should(judged(100, 100)).be.undefined();
  });

  it('does not wait longer than was asked for, nor where it is the first', () => {
    should(judged(100, 39)).be.undefined();
    should(judged(undefined, 39)).be.undefined();
  });
});
