import should from 'should';
import { type Held, NOT_DUE, type Store } from '../../../../lib/store';
import { changeAll, idsOf, query, take, takeIn, waitingTexts } from './given';

const held: Held = { by: 'schedule', until: 500, text: 'waits for its time' };

export function describeHeld(store: () => Store): void {
  const heldDue = async (now: number, limit = 10, gateways = ['g1']) =>
    idsOf(await store().heldDue(gateways, now, limit));

  describe('what is held', () => {
    it('is none of what may leave, and holds nothing up that does', async () => {
      await take(store(), 'many', new Array(2000).fill({ text: 'later', due_at: 500, held }));
      await take(store(), 'alarm', [{ text: 'now', priority: 'low' }]);
      should(await waitingTexts(store())).deepEqual(['now']);
      const like = { batchKey: 'gsm-7bit|all|1', text: { text: 'later', template: false } };
      should(await store().waiting(query({ like }))).deepEqual([]);
      should(await store().waitingCounts(['g1'], 3000)).deepEqual([{ gateway: 'g1', count: 2001, held: 2000 }]);
      should(await store().waitingCounts(['g1'], 5)).deepEqual([{ gateway: 'g1', count: 5, held: 5 }]);
    });

    it('is looked at again when its moment has come: by priority, then the soonest first', async () => {
      const [late, soon, alarm, never] = await take(store(), 'a', [
        { due_at: 300 },
        { due_at: 200 },
        { due_at: 300, priority: 'high' },
        { due_at: NOT_DUE },
      ]);
      const [other] = await take(store(), 'b', [{ due_at: 250 }], { gateway: 'g2' });
      should(await heldDue(199)).deepEqual([]);
      should(await heldDue(200)).deepEqual([soon?.id]);
      should(await heldDue(300)).deepEqual([alarm?.id, soon?.id, late?.id]);
      should(await heldDue(300, 2)).deepEqual([alarm?.id, soon?.id]);
      should(await heldDue(300, 10, ['g2', 'g1'])).deepEqual([alarm?.id, soon?.id, other?.id, late?.id]);
      should(await store().nextDue(['g1'])).deepEqual({ held: 200 });
      await store().change(
        changeAll(
          [soon, late, alarm].flatMap((one) => one ?? []),
          { due_at: 0 },
        ),
      );
      should(await store().nextDue(['g1'])).deepEqual({});
      should(idsOf(await store().find(['g1'], { held: true, after: 0, limit: 10 }))).deepEqual([never?.id]);
    });

    it('is shown page by page, in the order of taking', async () => {
      const stored = await take(store(), 'a', [{ due_at: 9 }, {}, { due_at: 3 }, { due_at: NOT_DUE }]);
      const [first, , third, fourth] = idsOf(stored) as [number, number, number, number];
      const page = async (after: number) => idsOf(await store().find(['g1'], { held: true, after, limit: 2 }));
      should(await page(0)).deepEqual([first, third]);
      should(await page(third)).deepEqual([fourth]);
    });

    it('is not begun, and leaves in its old place once it may', async () => {
      const [first, second] = await take(store(), 'a', [{ text: 'first', due_at: 500, held }, { text: 'second' }]);
      const [one = 0, two = 0] = [first?.id, second?.id];
      should(idsOf(await store().begin({ gateway: 'g1', at: 5, sms: [one, two] }))).deepEqual([two]);
      should(await store().change([{ id: one, due_at: 0, held: undefined }])).not.match([{ held }]);
      should((await store().sms([one]))[0]).not.have.property('held');
      await store().change([{ id: two, stage: 'waiting' }]);
      should(await waitingTexts(store())).deepEqual(['first', 'second']);
    });

    it('may be held again, by something else, and expires when that is due', async () => {
      const one = await takeIn(store(), 'a', { due_at: 100, held, expires_at: 400 });
      should(one).match({ held, due_at: 100, expires_at: 400 });
      const pause: Held = { by: 'pause', until: null, text: 'paused' };
      await store().change([{ id: one.id, due_at: NOT_DUE, held: pause }]);
      should((await store().sms([one.id]))[0]).match({ held: pause, due_at: NOT_DUE, expires_at: 400 });
      should(idsOf(await store().expired(['g1'], 400, 5))).deepEqual([one.id]);
      await store().change([{ id: one.id, stage: 'done', status: 'EXPIRED' }], ['waiting']);
      should(await store().find(['g1'], { held: true, after: 0, limit: 10 })).deepEqual([]);
      should(await store().waitingCounts(['g1'], 5)).deepEqual([]);
    });
  });
}
