import should from 'should';
import type { Stage, Store } from '../../../../lib/store';
import { changeAll, idsOf, take, takeIn } from './given';

export function describeSubmissions(store: () => Store): void {
  const shown = async (...gateways: string[]) =>
    (await store().submissions(gateways)).map(({ id, ...submission }) => submission);

  describe('submissions', () => {
    it('are kept with what the gateway last said of itself, the oldest first', async () => {
      const [one, two, three] = idsOf(await take(store(), 'a', [{}, {}, {}])) as [number, number, number];
      const newest = { user_id: 3, number: '+1\u0000' };
      await store().begin({ gateway: 'g1', at: 9, sms: [three, one], in_queue: 0, task_id: 17, newest });
      await store().begin({ gateway: 'g1', at: 5, sms: [two] });
      should(await shown('g1')).deepEqual([
        { gateway: 'g1', at: 9, sms: [one, three], in_queue: 0, task_id: 17, newest },
        { gateway: 'g1', at: 5, sms: [two] },
      ]);
      const ids = idsOf(await store().submissions(['g1']));
      should(ids).deepEqual(ids.toSorted((a, b) => a - b));
    });

    it('are those of the asked gateways', async () => {
      const own = idsOf(await take(store(), 'a', [{}, {}]));
      const others = idsOf(await take(store(), 'b', [{}], { gateway: 'g2' }));
      await store().begin({ gateway: 'g2', at: 1, sms: others });
      await store().begin({ gateway: 'g1', at: 2, sms: [...own, ...others] });
      should(await shown('g1')).deepEqual([{ gateway: 'g1', at: 2, sms: own }]);
      should((await shown('g1', 'g2', 'g1')).map(({ gateway }) => gateway)).deepEqual(['g2', 'g1']);
      should(await shown('g3')).deepEqual([]);
    });

    it('show the SMS that are submitting or in doubt, until there are none', async () => {
      const ids = idsOf(await take(store(), 'a', [{}, {}, {}, {}, {}]));
      const [one, two, three, four, five] = ids as [number, number, number, number, number];
      const left = async () => (await shown('g1')).map(({ sms }) => sms);
      await store().begin({ gateway: 'g1', at: 1, sms: ids });
      await store().change([
        { id: one, stage: 'gateway' },
        { id: two, stage: 'doubt' },
        { id: three, stage: 'waiting' },
        { id: four, stage: 'unknown' },
      ]);
      should(await left()).deepEqual([[two, five]]);
      await store().change([
        { id: two, stage: 'done' },
        { id: four, stage: 'doubt' },
      ]);
      should(await left()).deepEqual([[four, five]]);
      await store().change(changeAll([{ id: four }, { id: five }], { stage: 'done' }));
      should(await left()).deepEqual([]);
    });

    it('begin anew with an SMS that waited again', async () => {
      const ids = idsOf(await take(store(), 'a', [{}, {}]));
      await store().begin({ gateway: 'g1', at: 1, sms: ids, task_id: 1 });
      await store().change([{ id: ids[0] ?? 0, stage: 'waiting' }]);
      await store().begin({ gateway: 'g1', at: 2, sms: ids, task_id: 2 });
      should(await shown('g1')).deepEqual([
        { gateway: 'g1', at: 1, sms: ids.slice(1), task_id: 1 },
        { gateway: 'g1', at: 2, sms: ids.slice(0, 1), task_id: 2 },
      ]);
    });

    it('are none of SMS that no submission was written for, nor of one that came too late', async () => {
      await takeIn(store(), 'a', { stage: 'submitting' });
      const { id } = await takeIn(store(), 'b', { stage: 'done' });
      await store().begin({ gateway: 'g1', at: 1, sms: [id, 999_999] });
      should(await shown('g1')).deepEqual([]);
    });
  });

  describe('what was submitted since a moment', () => {
    it('is counted, with the moment of the first', async () => {
      const ids = idsOf(await take(store(), 'a', [{}, {}, {}, {}]));
      const others = idsOf(await take(store(), 'b', [{}], { gateway: 'g2' }));
      await store().begin({ gateway: 'g1', at: 100, sms: ids.slice(0, 2) });
      await store().begin({ gateway: 'g1', at: 200, sms: ids.slice(2, 3) });
      await store().begin({ gateway: 'g2', at: 150.5, sms: others });
      should(await store().submittedSince(['g1'], 100)).deepEqual({ count: 3, oldest: 100 });
      should(await store().submittedSince(['g1'], 101)).deepEqual({ count: 1, oldest: 200 });
      should(await store().submittedSince(['g1', 'g2', 'g1'], 101)).deepEqual({ count: 2, oldest: 150.5 });
      should(await store().submittedSince(['g1', 'g2'], 201)).deepEqual({ count: 0 });
      should(await store().submittedSince([], 0)).deepEqual({ count: 0 });
    });

    it('counts an SMS whatever became of it, unless it waits again', async () => {
      const stages: Stage[] = ['submitting', 'doubt', 'gateway', 'sent', 'unknown', 'done', 'waiting'];
      const ids = idsOf(await take(store(), 'a', new Array(stages.length).fill({})));
      await store().begin({ gateway: 'g1', at: 100, sms: ids });
      await store().change(ids.map((id, index) => ({ id, stage: stages[index] ?? 'done' })));
      should(await store().submittedSince(['g1'], 0)).deepEqual({ count: stages.length - 1, oldest: 100 });
    });

    it('counts an SMS that was submitted again once, by its last submission', async () => {
      const sms = idsOf(await take(store(), 'a', [{}]));
      await store().begin({ gateway: 'g1', at: 100, sms });
      await store().change(changeAll([{ id: sms[0] ?? 0 }], { stage: 'waiting' }));
      await store().begin({ gateway: 'g1', at: 300, sms });
      should(await store().submittedSince(['g1'], 0)).deepEqual({ count: 1, oldest: 300 });
    });

    it('is found by the last digits of a number: how many to each writing, and the newest of them', async () => {
      const numbers = ['+491701234567', '01701234567', '+491701234567', '+432', '+491701234567', '01701234567'];
      const ids = idsOf(
        await take(
          store(),
          'a',
          numbers.map((number) => ({ number })),
        ),
      );
      const [one = 0, two = 0, three = 0, four = 0, five = 0] = ids;
      const others = idsOf(await take(store(), 'b', [{ number: '+491701234567' }], { gateway: 'g2' }));
      await store().begin({ gateway: 'g1', at: 100, sms: [one, two] });
      await store().begin({ gateway: 'g1', at: 200, sms: [three, four] });
      await store().begin({ gateway: 'g1', at: 300.5, sms: [five] });
      await store().begin({ gateway: 'g2', at: 150, sms: others });
      await store().change([
        { id: three, stage: 'done' },
        { id: five, stage: 'gateway' },
      ]);
      const tails = ['1234567', '1234567', '999'];
      should(await store().begunTo(['g1'], tails, 100, 2)).deepEqual([
        {
          number: '+491701234567',
          count: 3,
          newest: [
            { id: five, at: 300.5 },
            { id: three, at: 200 },
          ],
        },
        { number: '01701234567', count: 1, newest: [{ id: two, at: 100 }] },
      ]);
      should(await store().begunTo(['g2', 'g1'], ['1234567'], 150, 0)).deepEqual([
        { number: '+491701234567', count: 1, newest: [] },
        { number: '+491701234567', count: 2, newest: [] },
      ]);
      await store().change([{ id: five, stage: 'waiting' }]);
      should(await store().begunTo(['g1'], ['1234567'], 101, 1)).deepEqual([
        { number: '+491701234567', count: 1, newest: [{ id: three, at: 200 }] },
      ]);
      should(await store().begunTo([], ['1234567'], 0, 1)).deepEqual([]);
    });

    it('forgets what was pruned', async () => {
      const stored = await take(store(), 'a', [{}]);
      await store().begin({ gateway: 'g1', at: 100, sms: idsOf(stored) });
      await store().change(changeAll(stored, { stage: 'done' }));
      await store().closeInputs(['a'], 5);
      await store().prune(6, 10);
      should(await store().submittedSince(['g1'], 0)).deepEqual({ count: 0 });
    });
  });
}
