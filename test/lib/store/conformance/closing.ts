import should from 'should';
import { type Store, StoreUnavailable } from '../../../../lib/store';
import { changeAll, idsOf, query, take, taking, waitingTexts } from './given';

export function describeClosing(store: () => Store): void {
  describe('closing', () => {
    it('ends everything with StoreUnavailable, and closing again does nothing', async () => {
      await store().close();
      await store().close();
      const attempts = [
        () => store().take([taking('a', [{}])]),
        () => store().reserveUserIds(1),
        () => store().waiting(query()),
        () => store().begin({ gateway: 'g1', at: 1, sms: [1] }),
        () => store().change([{ id: 1, polls: 1 }]),
        () => store().nextDue(['g1']),
        () => store().inputs(['a']),
        () => store().closeInputs(['a'], 1),
        () => store().putNotes(new Map([['a', 'b']])),
        () => store().usage([], [], 1),
        () => store().changeUsage({ at: 1 }),
        () => store().noteKeys(),
        () => store().forgetNotes(['a']),
        () => store().prune(1, 1),
      ];
      for (const attempt of attempts) await should(attempt()).be.rejectedWith(StoreUnavailable);
    });
  });
}

/** What a durable store must find again. @param reopen closes the store and opens another on what it left */
export function describeReopening(store: () => Store, reopen: () => Promise<void>): void {
  describe('after closing and opening again', () => {
    it('says that it is durable', () => {
      should(store().durable).be.true();
    });

    it('has every SMS, input and note as it was', async () => {
      const stored = await take(store(), 'a', [{}, { ports: [1], text_param: ['1'] }, {}], { wait_until: 5, key: 'k' });
      await store().take([taking('b', [{}], { key: 'k' })]);
      const reports = { 7: 0 };
      await store().change([
        { id: stored[2]?.id ?? 0, stage: 'gateway', reports, history: [{ status: 'ACCEPTED', at: 1, by: 'answer' }] },
      ]);
      const charge = { card: 'c', counter: 'sms', period: 1, until: 99, amount: 1 };
      const id = stored[0]?.id ?? 0;
      const sims = { [id]: { port: 1, card: 'c', charges: [charge, { ...charge, recipient: 'r' }] } };
      await store().begin({ gateway: 'g1', at: 9, sms: [id], sims });
      await store().putNotes(new Map([['cursor', '17']]));
      const everything = async () => ({
        sms: await store().sms(idsOf(stored)),
        inputs: await store().inputs(['a', 'b']),
        outcomes: await store().outcomes(['b', 'a']),
        submitting: await store().find(['g1'], { stage: 'submitting', after: 0, limit: 10 }),
        waiting: await store().waiting(query()),
        due: await store().due(['g1'], 10, 10),
        next: await store().nextDue(['g1']),
        usage: await store().usage([{ card: 'c', counter: 'sms' }], ['r'], 10),
        notes: await store().notes(['cursor']),
      });
      const before = await everything();
      await reopen();
      should(await everything()).deepEqual(before);
      should(before.submitting).have.length(1);
      should(before.usage.rows).have.length(2);
    });

    it('goes on with higher ids and other user_ids', async () => {
      const before = await take(store(), 'a', [{ text: '1' }]);
      const reserved = await store().reserveUserIds(10);
      await reopen();
      const after = await take(store(), 'b', [{ text: '2' }]);
      should(after[0]?.id).be.above(before[0]?.id ?? 0);
      should(await store().reserveUserIds(10)).be.aboveOrEqual(reserved + 10);
      should(await waitingTexts(store())).deepEqual(['1', '2']);
    });

    it('knows used user_ids and keys, and what was pruned stays away', async () => {
      const old = await take(store(), 'old', [{}]);
      await store().change(changeAll(old, { stage: 'done' }));
      await store().closeInputs(['old'], 5);
      await store().prune(6, 10);
      await take(store(), 'a', [{ user_id: 5 }], { key: 'k' });
      await reopen();
      should(await store().take([taking('b', [{ user_id: 5 }])])).deepEqual([{ taken: false, user_id: 5 }]);
      should(await store().take([taking('c', [{}], { key: 'k' })])).match([{ duplicate_of: 'a' }]);
      should(await store().inputs(['old'])).deepEqual([]);
    });
  });
}
