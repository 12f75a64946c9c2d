import fc from 'fast-check';
import should from 'should';
import { UserIds } from '../../../../lib/messaging/taking/UserIds';
import { MemoryStore } from '../../../../lib/store';
import { seededRandom } from '../../../support/FakeClock';

const FIRST = 2 ** 30;
const LAST = 2 ** 31 - 1;

/** A store that counts how often ids are reserved. */
class CountingStore extends MemoryStore {
  reservations = 0;

  override reserveUserIds(count: number): Promise<number> {
    this.reservations += 1;
    return super.reserveUserIds(count);
  }
}

async function opened(random = seededRandom(1)): Promise<CountingStore> {
  const store = new CountingStore({ random });
  await store.open();
  return store;
}

describe('user_ids that are assigned', () => {
  it('are never given twice and are int32 from 2^30 on, however many are asked for at one time', async () => {
    const asked = fc.array(fc.array(fc.nat(1500), { minLength: 1, maxLength: 4 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(asked, fc.integer(), async (rounds, seed) => {
        const ids = new UserIds(await opened(seededRandom(seed)));
        const given: number[] = [];
        for (const together of rounds) {
          const lists = await Promise.all(together.map((count) => ids.next(count)));
          should(lists.map((list) => list.length)).deepEqual(together);
          given.push(...lists.flat());
        }
        should(new Set(given).size).equal(given.length);
        should(given.every((id) => Number.isInteger(id) && id >= FIRST && id <= LAST)).be.true();
      }),
      { numRuns: 50 },
    );
  });

  it('cost one write in the store for a thousand SMS', async () => {
    const store = await opened();
    const ids = new UserIds(store);
    for (let sms = 0; sms < 1024; sms++) await ids.next(1);
    should(store.reservations).equal(1);
    await ids.next(1);
    should(store.reservations).equal(2);
  });

  it('cost none when nobody needs one, and one for any number of recipients', async () => {
    const store = await opened();
    const ids = new UserIds(store);
    should(await ids.next(0)).be.empty();
    should(store.reservations).equal(0);
    should(await ids.next(10_000)).have.length(10_000);
    should(store.reservations).equal(1);
  });

  it('are not given twice by two that share a store', async () => {
    const store = await opened();
    const [one, other] = [new UserIds(store), new UserIds(store)];
    const given = [...(await one.next(3)), ...(await other.next(3)), ...(await one.next(3))];
    should(new Set(given).size).equal(9);
  });

  it('fail when the store can keep nothing, and go on when it can again', async () => {
    const store = await opened();
    const ids = new UserIds(store);
    await store.close();
    await should(ids.next(1)).be.rejected();
    await store.open();
    should(await ids.next(1)).have.length(1);
  });
});
