import type { BegunTo, Store } from '../../../../lib/store';

/** What was begun to numbers, with the SMS themselves: each store has its own ids. */
export const shownBegun = (store: Store, found: readonly BegunTo[]): Promise<unknown[]> =>
  Promise.all(
    found.map(async ({ newest, ...rest }) => ({
      ...rest,
      newest: await Promise.all(newest.map(async ({ id, at }) => ({ at, sms: await store.sms([id]) }))),
    })),
  );
