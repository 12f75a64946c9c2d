import should from 'should';
import { tailOf } from '../../../../lib/numbers/agreement';
import type { Store } from '../../../../lib/store';
import { changeAll, idsOf, take, takeIn, taking, waitingTexts } from './given';

export function describePrune(store: () => Store): void {
  const left = async (...ids: string[]) => (await store().inputs(ids)).map(({ id }) => id);
  /** Takes an input with one SMS that is done, and closes it. */
  const over = async (id: string, closed_at: number) => {
    const sms = await takeIn(store(), id, { stage: 'done' });
    await store().closeInputs([id], closed_at);
    return sms;
  };

  describe('pruning', () => {
    it('forgets inputs that were closed before a moment, with their SMS', async () => {
      const gone = await over('a', 99);
      const kept = await over('b', 100);
      should(await store().prune(100, 10)).equal(1);
      should(await left('a', 'b')).deepEqual(['b']);
      should(await store().sms([gone.id, kept.id])).deepEqual([kept]);
      should(await store().recipients('a')).deepEqual([]);
      should(await store().find(['g1'], { user_ids: [gone.user_id] })).deepEqual([]);
      should(idsOf(await store().find(['g1'], { tail: tailOf(gone.number), stages: ['done'] }))).deepEqual([kept.id]);
      should(idsOf(await store().find(['g1'], { stage: 'done', after: 0, limit: 10 }))).deepEqual([kept.id]);
    });

    it('keeps what is open and what has an SMS that is not done', async () => {
      await takeIn(store(), 'open', { stage: 'done' });
      const stored = await take(store(), 'on its way', [{}, {}]);
      await store().closeInputs(['on its way'], 5);
      await store().change([{ id: stored[0]?.id ?? 0, stage: 'done' }]);
      should(await store().prune(100, 10)).equal(0);
      should(await waitingTexts(store())).have.length(1);
      await store().change(changeAll(stored, { stage: 'done' }));
      should(await store().prune(100, 10)).equal(1);
      should(await left('open', 'on its way')).deepEqual(['open']);
    });

    it('keeps what is done no longer', async () => {
      const { id } = await over('a', 5);
      await store().change([{ id, stage: 'sent' }]);
      should(await store().prune(100, 10)).equal(0);
    });

    it('forgets at most as many as it was told, those closed first', async () => {
      await over('a', 30);
      await over('b', 10);
      await over('c', 20);
      should(await store().prune(100, 0)).equal(0);
      should(await store().prune(100, 2)).equal(2);
      should(await left('a', 'b', 'c')).deepEqual(['a']);
      should(await store().prune(100, 2)).equal(1);
      should(await store().prune(100, 2)).equal(0);
    });

    it('forgets user_ids and keys', async () => {
      await take(store(), 'a', [{ user_id: 5 }], { key: 'k' });
      await store().change(changeAll(await store().recipients('a'), { stage: 'done' }));
      await store().closeInputs(['a'], 5);
      await store().prune(100, 10);
      const [again] = await store().take([taking('a', [{ user_id: 5 }], { key: 'k' })]);
      should(again).match({ taken: true, sms: [{ user_id: 5, stage: 'waiting' }] });
      should(again).not.have.property('duplicate_of');
    });

    it('forgets a duplicate without its first one, and the key stays claimed', async () => {
      await store().take([taking('a', [{}], { key: 'k' }), taking('b', [{}], { key: 'k' })]);
      await store().closeInputs(['b'], 5);
      should(await store().prune(100, 10)).equal(1);
      should(await store().take([taking('c', [{}], { key: 'k' })])).match([{ duplicate_of: 'a' }]);
    });

    it('forgets an input to thousands, in steps, and all of its SMS', async () => {
      const kept = await over('before', 2000);
      const many = await take(
        store(),
        'many',
        Array.from({ length: 1234 }, () => ({})),
      );
      await store().change(changeAll(many, { stage: 'done' }));
      await store().closeInputs(['many'], 5);
      for (let step = 0; step < 10 && (await left('many')).length > 0; step++) await store().prune(100, 10);
      should(await left('before', 'many')).deepEqual(['before']);
      should(idsOf(await store().find(['g1'], { stage: 'done', after: 0, limit: 2000 }))).deepEqual([kept.id]);
    });
  });
}
