import fc from 'fast-check';
import should from 'should';
import { nextPoll, REPORT_TIMEOUT_MS } from '../../../../../lib/messaging/sms/ledger/pollPlan';
import { START } from '../../../../support/FakeClock';

const HOUR = 3600_000;

/** The pauses of an SMS that nothing is ever heard of, in seconds. */
const pauses = (stage: 'gateway' | 'sent', pushed: boolean): number[] =>
  Array.from({ length: 12 }, (_, polls) => (nextPoll({ stage, polls }, START, pushed) - START) / 1000);

describe('tracker: when the gateway is asked for an SMS', () => {
  it('is soon after it was accepted: sending takes 5 to 8 seconds (manual 17.3)', () => {
    should(nextPoll({ stage: 'gateway', polls: 0 }, START, false) - START).be.within(2000, 5000);
    const [first = 0, second = 0, third = 0] = pauses('gateway', false);
    should(first + second + third).be.within(8, 15);
  });

  it('is ever more seldom while nothing is heard, and never given up', () => {
    for (const stage of ['gateway', 'sent'] as const) {
      for (const pushed of [false, true]) {
        const all = pauses(stage, pushed);
        should(all).deepEqual([...all].sort((one, other) => one - other));
        should(all.every((pause) => pause > 0 && Number.isFinite(pause))).be.true();
        should(all.at(-1)).equal(all.at(-2));
      }
    }
  });

  it('is about every five minutes in the gateway, and about every hour on air', () => {
    should(pauses('gateway', false).at(-1)).equal(300);
    should(pauses('sent', false).at(-1)).equal(3600);
  });

  it('is much more seldom while pushes arrive: the poll is only the net below them', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('gateway' as const, 'sent' as const, 'unknown' as const),
        fc.nat(1000),
        (stage, polls) => {
          const pause = (pushed: boolean): number => nextPoll({ stage, polls }, START, pushed) - START;
          should(pause(true)).be.above(pause(false));
        },
      ),
    );
    should(nextPoll({ stage: 'gateway', polls: 0 }, START, true)).be.above(
      nextPoll({ stage: 'gateway', polls: 0 }, START, false),
    );
  });

  it('ends 72 hours after it was sent (contract)', () => {
    should(REPORT_TIMEOUT_MS).equal(72 * HOUR);
  });
});
