import should from 'should';
import type { Store } from '../../../../lib/store';
import { take, taking, waitingTexts } from './given';

const DAY = 1000;

export function describeKeys(store: () => Store): void {
  /** Takes an input with the key `k`, where keys count for a thousand milliseconds. */
  const takeKey = (id: string, taken_at: number, gateway = 'g1') =>
    store().take([taking(id, [{ text: id }], { key: 'k', taken_at, gateway }, { user_id: 0, key: taken_at - DAY })]);

  describe('keys', () => {
    it('make an input wait for the first one with the same key instead of being sent', async () => {
      await takeKey('a', 5000);
      should(await takeKey('b', 5001)).deepEqual([{ taken: true, sms: [], duplicate_of: 'a' }]);
      should(await takeKey('c', 6000)).deepEqual([{ taken: true, sms: [], duplicate_of: 'a' }]);
      should(await waitingTexts(store())).deepEqual(['a']);
      should(await store().inputs(['b'])).match([
        { id: 'b', key: 'k', duplicate_of: 'a', closed_at: 0, taken_at: 5001 },
      ]);
      should(await store().recipients('b')).deepEqual([]);
      should((await store().inputs(['a']))[0]).not.have.property('duplicate_of');
    });

    it('hold between inputs of one call', async () => {
      const taken = await store().take([
        taking('a', [{}], { key: 'k' }),
        taking('b', [{}], { key: 'k' }),
        taking('c', [{}], { key: 'other' }),
        taking('d', [{}]),
        taking('e', [{}]),
      ]);
      should(taken.map((one) => one.taken && one.sms.length)).deepEqual([1, 0, 1, 1, 1]);
    });

    it('hold on one gateway only', async () => {
      await takeKey('a', 5000);
      should((await takeKey('b', 5000, 'g2'))[0]).not.have.property('duplicate_of');
    });

    it('may be used again after their time, which a duplicate does not prolong', async () => {
      await takeKey('a', 5000);
      await takeKey('b', 5900);
      should((await takeKey('c', 6001))[0]).not.have.property('duplicate_of');
      should(await takeKey('d', 6002)).match([{ duplicate_of: 'c' }]);
    });

    it('make a duplicate of an input given again with its user_ids, and no error', async () => {
      await take(store(), 'a', [{ user_id: 5 }], { key: 'k' });
      const again = await store().take([taking('b', [{ user_id: 5 }], { key: 'k' })]);
      should(again).deepEqual([{ taken: true, sms: [], duplicate_of: 'a' }]);
    });

    it('are not claimed by an input that was refused', async () => {
      await take(store(), 'a', [{ user_id: 5 }]);
      await store().take([taking('b', [{ user_id: 5 }], { key: 'k' })]);
      should((await takeKey('c', 5000))[0]).not.have.property('duplicate_of');
    });

    it('hold after the first outcome has left', async () => {
      await takeKey('a', 5000);
      await store().closeInputs(['a'], 5100);
      should(await takeKey('b', 5200)).match([{ duplicate_of: 'a' }]);
    });

    it('tell the open inputs that wait for an outcome', async () => {
      await takeKey('a', 5000);
      await takeKey('b', 5001);
      await takeKey('c', 5002);
      await takeKey('d', 5003);
      should(await store().closeInputs(['b'], 5100)).deepEqual([]);
      should((await store().closeInputs(['a'], 5100)).toSorted()).deepEqual(['c', 'd']);
      should(await store().closeInputs(['a', 'c'], 5100)).deepEqual(['d']);
      should(await store().closeInputs(['x'], 5100)).deepEqual([]);
    });
  });
}
