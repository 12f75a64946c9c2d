import should from 'should';
import { StoreUnavailable, type Taken, ThreadedStore } from '../../../../lib/store';
import { idsOf, take, taking, waitingTexts } from '../conformance/given';
import { drivers, newFile } from '../sqlite/drivers';
import { dieAt, mortalProgram } from './mortal';

const HAS_ENDED = /^The thread of the message store has ended/;

for (const { name } of drivers) {
  describe(`a store's thread that ends by itself, by ${name}`, () => {
    let store: ThreadedStore;

    beforeEach(async () => {
      store = new ThreadedStore({ program: await mortalProgram(), file: newFile(), driver: name, random: Math.random });
      await store.open();
    });
    afterEach(() => store.close());

    it('is followed by another with the next call, with all that was kept', async () => {
      await take(store, 'a', [{ text: 'kept' }]);
      await dieAt('before the take', store);
      const asked = await Promise.allSettled([take(store, 'b', [{}]), store.putNotes(new Map([['k', 'v']]))]);
      for (const one of asked) {
        should(one).match({ status: 'rejected', reason: { name: 'StoreUnavailable', message: HAS_ENDED } });
      }
      should(await waitingTexts(store)).eql(['kept']);
      should(await take(store, 'b', [{ text: 'again' }])).have.length(1);
      should(await waitingTexts(store)).eql(['kept', 'again']);
    });

    it('has taken what it has kept, though it could not say so', async () => {
      await dieAt('after the take', store);
      const taken = await take(store, 'a', [{ text: 'one' }, { text: 'two' }]);
      should(taken).match([
        { text: 'one', stage: 'waiting' },
        { text: 'two', stage: 'waiting' },
      ]);
      should(idsOf(taken)).eql(idsOf(await store.recipients('a')));
      should(await waitingTexts(store)).eql(['one', 'two']);
    });

    it('says so of each input: kept, waiting for another’s outcome, refused for its user_id', async () => {
      const usedSince = { user_id: 0, key: 0 };
      const keyed = (id: string) => {
        const { input, ...rest } = taking(id, [{}]);
        return { ...rest, input: { ...input, key: 'k' }, usedSince };
      };
      const used = taking('used', [{}]);
      await store.take([used]);
      await dieAt('after the take', store);
      const given = [keyed('a'), keyed('b'), { ...taking('c', used.sms), usedSince }];
      const taken: Taken[] = await store.take(given);
      should(taken).match([
        { taken: true, sms: [{ input: 'a' }] },
        { taken: true, sms: [], duplicate_of: 'a' },
        { taken: false, user_id: used.sms[0]?.user_id },
      ]);
    });

    it('leaves nothing to ask when the store is closed', async () => {
      await dieAt('before the take', store);
      const refused = should(take(store, 'a', [{}])).be.rejectedWith(StoreUnavailable);
      await store.close();
      await refused;
      await should(store.inputs(['a'])).be.rejectedWith(/the store is closed/);
    });
  });
}

describe("a store's thread that can't even start", () => {
  it('is a store that is not available, and says why', async () => {
    const store = new ThreadedStore({ program: '/nowhere.js', file: newFile(), driver: 'none', random: Math.random });
    await should(store.open()).be.rejectedWith({ name: 'StoreUnavailable', message: /nowhere\.js/ });
    await should(store.inputs(['a'])).be.rejectedWith(StoreUnavailable);
    await store.close();
  });
});
