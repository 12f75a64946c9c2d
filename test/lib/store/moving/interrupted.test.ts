import { readdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import should from 'should';
import { move } from '../../../../lib/store/moving/move';
import { describePostgres } from '../../../support/postgres';
import { drivers } from '../sqlite/drivers';
import { Death, fill, isAlive, movedWithDeath } from './killed';
import { Places } from './places';

const [driver] = drivers;
describePostgres(() => {
  describe('a move of messages that is killed', function () {
    this.timeout(300_000);

    // `npm run test:long` dies before each of them.
    for (const to of ['postgres', 'file'] as const) {
      it(`to ${to}, wherever that is: both are never alive, and started again it ends, nothing lost or twice there`, async () => {
        if (!driver) return;
        const calls = await movedWithDeath(driver, to, Number.POSITIVE_INFINITY);
        const anywhere = fc.asyncProperty(fc.nat(calls - 1), async (at) => {
          await movedWithDeath(driver, to, at);
        });
        await fc.assert(anywhere, { numRuns: 3, endOnFailure: true });
      });
    }

    it('goes to no other place than the one it was begun to, unless that is gone for good', async () => {
      if (!driver) return;
      const places = await Places.make(driver);
      await places.with(places.fileStore, fill);
      const sides = await places.sides();
      const death = new Death(12);
      const killed = move(death.mortal(sides.file), death.mortal(sides.database), { createId: () => 'x' });
      await should(killed).be.rejectedWith(/killed/);
      sides.file.close();
      sides.database.close();
      const elsewhere = await Places.make(driver);
      await elsewhere.with(elsewhere.fileStore, async () => undefined);
      renameSync(places.file, elsewhere.file);
      await should(elsewhere.move('postgres')).be.rejectedWith(/to another place was begun and interrupted/);
      await elsewhere.move('postgres', { isFormerTargetGone: true });
      should(await isAlive(elsewhere, 'databaseStore')).be.true();
      const [left = ''] = readdirSync(path.dirname(elsewhere.file));
      should(left).match(/^messages\.sqlite\.moved-/);
      renameSync(path.join(path.dirname(elsewhere.file), left), elsewhere.file);
      should(await isAlive(elsewhere, 'fileStore')).be.false();
    });
  });
});
