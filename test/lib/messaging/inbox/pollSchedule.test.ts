import should from 'should';
import { PollSchedule } from '../../../../lib/messaging/inbox/PollSchedule';
import { FakeClock } from '../../../support/FakeClock';

const SECOND = 1000;

describe('the next poll for incoming SMS', () => {
  let clock: FakeClock;
  let schedule: PollSchedule;
  beforeEach(() => {
    clock = new FakeClock();
    schedule = new PollSchedule(clock);
  });

  /** In how many ms it is due. */
  const due = (...intervals: number[]): number => schedule.next(intervals) - clock.monotonic();
  const poll = async (isGood: boolean, took = 0): Promise<void> => {
    schedule.begun();
    await clock.advance(took);
    schedule.ended(isGood);
  };

  it('is at once when there was none yet, and after that an interval after the last one began, the shortest counting', async () => {
    should(due(10 * SECOND)).equal(0);
    await poll(true, 3 * SECOND);
    should(due(60 * SECOND, 10 * SECOND)).equal(7 * SECOND);
  });

  it('leaves others a second when one takes longer than the interval', async () => {
    await poll(true, 30 * SECOND);
    should(due(10 * SECOND)).equal(SECOND);
  });

  it('is twice as far each time it fails, at most a minute or the interval, and near again when one goes well', async () => {
    const pauses: number[] = [];
    for (let count = 0; count < 4; count++) {
      await poll(false);
      pauses.push(due(10 * SECOND) / SECOND);
    }
    should(pauses).eql([20, 40, 60, 60]);
    for (let count = 0; count < 2000; count++) await poll(false);
    should(due(10 * SECOND)).equal(60 * SECOND);
    should(due(600 * SECOND)).equal(600 * SECOND);
    await poll(true);
    should(due(10 * SECOND)).equal(10 * SECOND);
  });

  it('is at once where it answers something that has come up, once', async () => {
    await poll(true);
    schedule.soon();
    should(due(10 * SECOND)).equal(0);
    await poll(true);
    should(due(10 * SECOND)).equal(10 * SECOND);
  });

  it('isn’t brought near by that while the gateway can’t be asked', async () => {
    await poll(false);
    schedule.soon();
    should(due(10 * SECOND)).equal(20 * SECOND);
  });

  it('is at once when a node has come or was set anew, whatever failed before', async () => {
    await poll(false);
    schedule.anew();
    should(due(10 * SECOND)).equal(0);
    await poll(false);
    should(due(10 * SECOND)).equal(20 * SECOND);
  });
});
