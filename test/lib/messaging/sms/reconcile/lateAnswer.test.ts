import should from 'should';
import { InDoubtSubmission, type ProbeResult } from '../../../../../lib/messaging/sms/reconcile/InDoubtSubmission';

const nothing = (asked: number, at: number): ProbeResult => ({
  ...{ asked, at, in_queue: 0, isWhole: true, hit: false, unclear: false, newestGone: false },
});

describe('a look at the gateway that is answered late', () => {
  const submission = { id: 1, gateway: 'g', at: 0, sms: [1], newest: { user_id: 7, number: '1' } };

  it('shows what was when it was asked for, and so doesn’t prove that nothing came since', () => {
    const doubt = new InDoubtSubmission(submission, 0, 4000, false, 1000);
    should(doubt.judge(nothing(1300, 1301), 0)).equal('open');
    should(doubt.judge(nothing(1800, 5500), 0)).equal('open');
    // The gateway may have taken it in between.
    should(doubt.judge({ ...nothing(5600, 5601), hit: true }, 0)).equal('accepted');
  });

  it('is the first of two only from its answer on', () => {
    const doubt = new InDoubtSubmission(submission, 0, 4000, false, 1000);
    should(doubt.judge(nothing(1300, 6000), 0)).equal('open');
    should(doubt.judge(nothing(7000, 7001), 0)).equal('open');
    should(doubt.judge(nothing(10_000, 10_001), 0)).equal('not accepted');
  });
});
