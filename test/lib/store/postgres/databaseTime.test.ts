import should from 'should';
import { DatabaseTime } from '../../../../lib/store/postgres/DatabaseTime';
import { FakeClock, START } from '../../../support/FakeClock';

describe('the time of a database', () => {
  /** How far this machine's clock is ahead of a database's whose answer takes a while. */
  const ahead = async (theirs: number, ms = 0): Promise<number> => {
    const clock = new FakeClock();
    return new DatabaseTime(async () => {
      await clock.advance(ms);
      return theirs;
    }).read(clock);
  };

  it('is how far this machine’s clock differs from it, either way', async () => {
    should(await ahead(START - 3_600_000)).equal(3_600_000);
    should(await ahead(START + 3_600_000)).equal(-3_600_000);
  });

  it('was looked up in the middle between question and answer', async () => {
    should(await ahead(START - 10_000, 4000)).equal(12_000);
  });

  it('agrees where the two differ by less than a second', async () => {
    should(await ahead(START + 999)).equal(0);
    should(await ahead(START - 1000)).equal(1000);
    should(await ahead(START + 1000, 2000)).equal(0);
  });
});
