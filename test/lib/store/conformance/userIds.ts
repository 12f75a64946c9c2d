import should from 'should';
import type { MakeStore } from '../conformance';

const LOWEST = 2 ** 30;
const HIGHEST = 2 ** 31 - 1;

export function describeUserIds(make: MakeStore): void {
  /** The first ids of blocks that are reserved one after the other. */
  const reserve = async (random: number, ...counts: number[]): Promise<number[]> => {
    const store = await make(() => random);
    await store.open();
    try {
      const firsts: number[] = [];
      for (const count of counts) firsts.push(await store.reserveUserIds(count));
      return firsts;
    } finally {
      await store.close();
    }
  };

  describe('assigned user_ids', () => {
    it('start at a random point from 2^30 and go upward without a gap', async () => {
      should(await reserve(0, 128, 1, 10)).deepEqual([LOWEST, LOWEST + 128, LOWEST + 129]);
      should(await reserve(0.25, 128, 1)).deepEqual([1.25 * LOWEST, 1.25 * LOWEST + 128]);
    });

    it('use int32 to its end and start again at 2^30', async () => {
      const [first = 0, ...others] = await reserve(0.999999, 1, 1000, 72, 1, 5);
      should(first).equal(Math.floor(LOWEST * 1.999999));
      const left = HIGHEST - first;
      should(left).be.within(1001, 1100);
      should(await reserve(0.999999, 1, left, 5)).deepEqual([first, first + 1, LOWEST]);
      should(await reserve(0.999999, 1, left + 1, 5)).deepEqual([first, LOWEST, LOWEST + left + 1]);
      for (const [index, id] of others.entries()) {
        should(id + ([1000, 72, 1, 5][index] ?? 0) - 1).be.within(LOWEST, HIGHEST);
      }
    });

    it('are different for two that ask at once', async () => {
      const store = await make(() => 0.5);
      await store.open();
      const firsts = await Promise.all([1, 2, 3].map(() => store.reserveUserIds(10)));
      await store.close();
      should(firsts.toSorted((a, b) => a - b)).deepEqual([0, 10, 20].map((step) => 1.5 * LOWEST + step));
    });
  });
}
