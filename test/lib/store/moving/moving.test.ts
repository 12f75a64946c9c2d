import { existsSync } from 'node:fs';
import fc from 'fast-check';
import should from 'should';
import { describePostgres } from '../../../support/postgres';
import { Comparison } from '../conformance/Comparison';
import type { RandomCall } from '../conformance/randomCall';
import { randomCall } from '../conformance/randomCalls';
import { NaiveStore } from '../NaiveStore';
import { drivers } from '../sqlite/drivers';
import { Places } from './places';

const calls = fc.array(randomCall, { minLength: 1, maxLength: 30, size: 'max' });

/** What the naive store answers, whichever of the places is asked. */
async function compared(places: Places): Promise<Comparison> {
  const naive = new NaiveStore(() => 0.5);
  await naive.open();
  return new Comparison(places.fileStore, naive);
}

describePostgres(() => {
  for (const driver of drivers) {
    describe(`messages that are moved between a file and PostgreSQL, by ${driver.name}`, function () {
      this.timeout(120_000);

      it('answer there as they would have answered where they were, and so on the way back, whatever they are', async () => {
        await fc.assert(
          fc.asyncProperty(calls, calls, calls, async (before, between, after) => {
            const places = await Places.make(driver);
            const comparison = await compared(places);
            const asked = async (all: readonly RandomCall[]): Promise<void> => {
              for (const call of all) await comparison.run(call);
            };
            await places.with(places.fileStore, async (store) => {
              comparison.goOn(store, 0);
              await asked(before);
            });
            const first = await places.firstIds();
            if (!(await places.move('postgres'))) return;
            const second = await places.firstIds();
            await places.with(places.databaseStore, async (store) => {
              comparison.goOn(store, second.database - first.file);
              await asked(between);
            });
            const third = await places.firstIds();
            await places.move('file');
            const fourth = await places.firstIds();
            await places.with(places.fileStore, async (store) => {
              comparison.goOn(store, fourth.file - third.database);
              await asked(after);
            });
          }),
          { numRuns: 3 },
        );
      });

      it('come back as they were, to the last column', async () => {
        await fc.assert(
          fc.asyncProperty(calls, async (some) => {
            const places = await Places.make(driver);
            const comparison = await compared(places);
            await places.with(places.fileStore, async (store) => {
              comparison.goOn(store, 0);
              for (const call of some) await comparison.run(call);
              await store.putNotes(new Map([['a 😀\0 \ud800', 'b 😀\0 \ud800']]));
            });
            const before = places.fileContents();
            await places.move('postgres');
            should(existsSync(places.file)).be.false();
            await places.move('file');
            should(places.fileContents()).deepEqual(before);
          }),
          { numRuns: 3 },
        );
      });
    });
  }
});
