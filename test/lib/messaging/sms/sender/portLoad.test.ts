import should from 'should';
import { PortLoad } from '../../../../../lib/messaging/sms/sender/PortLoad';
import { FakeClock } from '../../../../support/FakeClock';

describe('what lies in the gateway for each port', () => {
  it('is counted anew after 5 s, or after a millisecond for each SMS that was counted', async () => {
    const clock = new FakeClock();
    const load = new PortLoad(clock);
    should(load.isStale).be.true();
    for (const [count, ms] of [
      [100, 5000],
      [20_000, 20_000],
    ] as const) {
      load.learn([{ port: 3, count }]);
      await clock.advance(ms - 1);
      should(load.isStale).be.false();
      await clock.advance(1);
      should(load.isStale).be.true();
    }
  });

  it('grows with what is chosen for a port in between', () => {
    const load = new PortLoad(new FakeClock());
    load.learn([{ port: 3, count: 2 }]);
    load.add(3, 5);
    load.add(4, 1);
    should([load.of(3), load.of(4), load.of(5)]).deepEqual([7, 1, 0]);
  });
});
