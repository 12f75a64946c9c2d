import should from 'should';
import { SqliteStore } from '../../lib/store/sqlite';
import { drivers, newFile } from '../lib/store/sqlite/drivers';
import { DiskFull } from '../support/violence/diskFull';
import { FastCore } from '../support/violence/FastCore';
import { Tally } from '../support/violence/verdict';

const ROUNDS = 3;

for (const driver of drivers) {
  for (const when of ['at once', 'at the end'] as const) {
    describe(`a disk that is full ${when} when something is written, by ${driver.name}`, () => {
      let core: FastCore;
      const disk = new DiskFull(driver);

      before(async () => {
        core = await FastCore.start({ store: new SqliteStore({ file: newFile(), driver: disk, random: Math.random }) });
        await core.take();
        await core.judge();
      });
      after(() => core.close());

      it('refuses inputs, loses none that were taken, and goes on by itself', async () => {
        const tally = new Tally();
        for (let round = 0; round < ROUNDS; round++) {
          await Promise.all([core.take(), core.take(2)]);
          // In the midst of handing over, of learning results, of noting outcomes.
          await core.pass(round);
          disk.full = when;
          const refused = core.refused.length;
          await Promise.all([core.take(), core.take(3)]);
          should(core.refused.slice(refused)).eql(['STORE_UNAVAILABLE', 'STORE_UNAVAILABLE']);
          await core.pass(8);
          disk.full = 'no';
          await core.take();
          should(core.refused.length).equal(refused + 2);
        }
        tally.add(disk.times, await core.judge());
        tally.report('writes on a full disk');
      });

      it('sends none of the inputs that it refused', async () => {
        const { submitted } = core.book.judge(core.simulator);
        should(submitted).equal(1 + 4 * ROUNDS);
      });
    });
  }
}
