import fc from 'fast-check';
import should from 'should';
import { Backoff } from '../../../../../lib/messaging/sms/sender/Backoff';
import { FakeClock, START, seededRandom } from '../../../../support/FakeClock';

describe('sender: the pause after a request that the gateway did not take', () => {
  /** A pause that is followed by the next one as soon as it ends; `woken` are the moments, in seconds. */
  const holdingOff = (random = () => 0) => {
    const clock = new FakeClock();
    const woken: number[] = [];
    const backoff = new Backoff(clock, random, () => woken.push((clock.now() - START) / 1000));
    return { clock, woken, backoff };
  };

  it('grows from 1 second to 30 at most', async () => {
    const { clock, backoff } = holdingOff();
    const pauses: (number | undefined)[] = [];
    for (let attempt = 0; attempt < 8; attempt++) {
      backoff.start('UNREACHABLE');
      pauses.push(clock.next);
      await clock.advance(30_000);
    }
    should(pauses).deepEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('is up to a fifth shorter by chance, so that gateways after a power cut are not asked all at once', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const { clock, backoff } = holdingOff(seededRandom(seed));
        for (const longest of [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]) {
          backoff.start('NO_PORT');
          should(clock.next).be.within(longest * 0.8, longest);
          should(clock.running).equal(1);
        }
      }),
    );
  });

  it('wakes the sender at its end and says until then what the obstacle is', async () => {
    const { clock, woken, backoff } = holdingOff();
    should(backoff.holding).be.false();
    backoff.start('NO_PORT');
    should(backoff).match({ holding: true, obstacle: 'NO_PORT' });
    await clock.advance(999);
    should(woken).be.empty();
    await clock.advance(1);
    should(woken).deepEqual([1]);
    should(backoff.holding).be.false();
    should(backoff.obstacle).equal('NO_PORT', 'nothing has come through yet');
  });

  it('ends at once when the gateway answers or is configured anew, and begins at 1 second the next time', async () => {
    const { clock, woken, backoff } = holdingOff();
    backoff.start('UNREACHABLE');
    backoff.start('UNREACHABLE');
    backoff.end();
    should(woken).deepEqual([0]);
    should(backoff).match({ holding: false, obstacle: undefined });
    should(clock.running).equal(0);
    backoff.start('UNREACHABLE');
    should(clock.next).equal(1000);
  });

  it('wakes nobody when it ends without having begun', () => {
    const { woken, backoff } = holdingOff();
    backoff.end();
    should(woken).be.empty();
  });

  it('wakes nobody after it was stopped', async () => {
    const { clock, woken, backoff } = holdingOff();
    backoff.start('AUTH_REFUSED');
    backoff.stop();
    await clock.advance(60_000);
    should(woken).be.empty();
    should(clock.running).equal(0);
  });
});
