import should from 'should';
import { InDoubtSubmission, type ProbeResult } from '../../../../../lib/messaging/sms/reconcile/InDoubtSubmission';

const NEWEST = { user_id: 5, number: '5' };
const PAUSE = 4000;
const submission = (newest?: typeof NEWEST) => ({ id: 1, gateway: 'g1', at: 0, sms: [1], ...(newest && { newest }) });
const doubt = (isInherited = false, newest?: typeof NEWEST) =>
  new InDoubtSubmission(submission(newest), 0, PAUSE, isInherited, 1000);
const look = (at: number, fields: Partial<ProbeResult> = {}): ProbeResult => ({
  ...{ asked: at, at, in_queue: 0, isWhole: true, hit: false, unclear: false, newestGone: false },
  ...fields,
});

describe('a submission in doubt', () => {
  it('was accepted when one of its SMS shows, whatever speaks against it', () => {
    should(doubt().judge(look(0, { hit: true, newestGone: true, unclear: true, in_queue: 3 }), 7)).equal('accepted');
  });

  it('was not when the queue has been empty, and no record there, for four seconds', () => {
    const one = doubt();
    should(one.judge(look(2000), 0)).equal('open');
    should(one.judge(look(2000 + PAUSE - 1), 0)).equal('open');
    should(one.judge(look(2000 + PAUSE), 0)).equal('not accepted');
  });

  it('needs four seconds from one answer to the next question: an answer is as old as its question', () => {
    const one = doubt();
    one.judge(look(2000), 0);
    should(one.judge(look(9000, { asked: 2000 + PAUSE - 1 }), 0)).equal('open');
  });

  for (const [what, seen] of [
    ['something waits', { in_queue: 1 }],
    ['the queue isn’t told', { in_queue: undefined }],
    ['the answer was cut', { isWhole: false }],
  ] as const) {
    it(`counts those seconds anew when ${what}`, () => {
      const one = doubt();
      one.judge(look(2000), 0);
      should(one.judge(look(4000, seen), 0)).equal('open');
      should(one.judge(look(7000), 0)).equal('open');
      should(one.judge(look(7000 + PAUSE), 0)).equal('not accepted');
    });
  }

  it('stays open as long as a record may be its own', () => {
    const one = doubt();
    one.judge(look(2000), 0);
    should(one.judge(look(20_000, { unclear: true }), 0)).equal('open');
  });

  for (const [what, hint] of [
    ['contact was lost', (one: InDoubtSubmission) => one.judge(look(2000), 1)],
    [
      'the record known before was gone once',
      (one: InDoubtSubmission) => one.judge(look(2000, { newestGone: true }), 0),
    ],
  ] as const) {
    it(`is never taken for not accepted when ${what}: the gateway may have started anew`, () => {
      const one = doubt(false, NEWEST);
      should(hint(one)).equal('open');
      for (const at of [4000, 9000, 90_000]) should(one.judge(look(at), 0)).equal('open');
    });
  }

  it('of a former process is settled by evidence only where a record known before is still there', () => {
    const [blind, anchored] = [doubt(true), doubt(true, NEWEST)];
    for (const one of [blind, anchored]) should(one.judge(look(2000), 0)).equal('open');
    should(blind.judge(look(9000), 0)).equal('open');
    should(anchored.judge(look(9000), 0)).equal('not accepted');
  });

  it('was not accepted when no task_id is missing up to a request that left four seconds later', () => {
    const [early, late] = [doubt(), doubt()];
    early.noTaskIsMissing(1000 + PAUSE - 1);
    late.noTaskIsMissing(1000 + PAUSE);
    should(early.judge(look(6000, { in_queue: 4 }), 0)).equal('open');
    should(late.judge(look(6000, { in_queue: 4 }), 0)).equal('not accepted');
  });

  it('is looked at soon at first, then ever more seldom', () => {
    const one = doubt();
    const pauses: Record<number, number> = {};
    for (let looks = 0; looks < 32; looks++) {
      pauses[looks] = one.pause;
      one.judge(look(0, { unclear: true }), 0);
    }
    should([0, 1, 7, 8, 29, 30].map((looks) => pauses[looks])).eql([300, 1500, 1500, 4000, 4000, 15_000]);
  });
});
