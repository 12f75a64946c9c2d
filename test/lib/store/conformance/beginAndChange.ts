import should from 'should';
import type { SmsChange, SmsState, Store } from '../../../../lib/store';
import { changeAll, idsOf, take } from './given';

export function describeBeginAndChange(store: () => Store): void {
  const stages = async (...ids: number[]) => (await store().sms(ids)).map(({ stage }) => stage);

  describe('beginning to send', () => {
    it('moves what waits to submitting and gives it back', async () => {
      const stored = await take(store(), 'a', [{}, {}, {}]);
      const [one, two, three] = idsOf(stored) as [number, number, number];
      const begun = await store().begin({ gateway: 'g1', at: 5, sms: [three, one], in_queue: 4, task_id: 17 });
      should(begun).deepEqual([
        { ...stored[2], stage: 'submitting' },
        { ...stored[0], stage: 'submitting' },
      ]);
      should(await stages(one, two, three)).deepEqual(['submitting', 'waiting', 'submitting']);
    });

    it('leaves out what no longer waits, is unknown or lies on another gateway', async () => {
      const [one, two] = idsOf(await take(store(), 'a', [{}, {}])) as [number, number];
      const [other] = idsOf(await take(store(), 'b', [{}], { gateway: 'g2' })) as [number];
      await store().change([{ id: one, stage: 'done', status: 'STOPPED' }]);
      const begun = await store().begin({ gateway: 'g1', at: 5, sms: [one, two, other, 999_999] });
      should(idsOf(begun)).deepEqual([two]);
      should(await stages(one, two, other)).deepEqual(['done', 'submitting', 'waiting']);
    });

    it('gives an SMS to one of two that ask at once', async () => {
      const sms = idsOf(await take(store(), 'a', [{}, {}]));
      const both = await Promise.all([1, 2].map((at) => store().begin({ gateway: 'g1', at, sms })));
      should(both.flat()).have.length(2);
    });
  });

  describe('changing SMS', () => {
    it('replaces the fields that are there and keeps the others', async () => {
      const [before] = await take(store(), 'a', [{ ports: [2] }]);
      const state: SmsState = {
        stage: 'sent',
        status: 'SENT_OK',
        expires_at: 77,
        due_at: 0,
        held: { by: 'pause', until: null, text: 'paused' },
        task_id: 0,
        port: 0,
        ref_id: 0,
        count: 2,
        succ_count: 0,
        time: '2014-12-21 10:59:01',
        time_iso: '2014-12-21T10:59:01.000Z',
        status_code: 0,
        error: { code: 'GATEWAY', message: 'later', error_code: 500 },
        reports: { 0: 0, 255: 64 },
        history: [{ status: 'ACCEPTED', at: 1, by: 'answer' }],
        poll_at: 12_345.5,
        polls: 3,
      };
      const id = before?.id ?? 0;
      should(await store().change([{ id, ...state }])).deepEqual([{ ...before, ...state }]);
      should(await store().change([{ id, polls: 4 }])).deepEqual([{ ...before, ...state, polls: 4 }]);
      should(await store().sms([id])).deepEqual([{ ...before, ...state, polls: 4 }]);
    });

    it('takes a field away that is there as undefined, but none that an SMS always has', async () => {
      const [before] = await take(store(), 'a', [{}]);
      const id = before?.id ?? 0;
      await store().change([{ id, task_id: 5, error: { code: 'X', message: 'x' }, reports: { 1: 0 }, polls: 2 }]);
      const away = { task_id: undefined, error: undefined, reports: undefined, polls: undefined, stage: undefined };
      should(await store().change([{ id, ...away }])).deepEqual([{ ...before, polls: 2 }]);
      should(await store().sms([id])).deepEqual([{ ...before, polls: 2 }]);
    });

    it('leaves what an SMS is as it was taken', async () => {
      const [before] = await take(store(), 'a', [{}]);
      const altered = { id: before?.id ?? 0, number: '1', text: 'other', input: 'b', polls: 1 } as SmsChange;
      should(await store().change([altered])).deepEqual([{ ...before, polls: 1 }]);
    });

    it('passes over unknown ids and, where stages are named, what is in none of them', async () => {
      const stored = await take(store(), 'a', [{}, {}, {}]);
      const [one, two, three] = idsOf(stored) as [number, number, number];
      await store().change([{ id: two, stage: 'doubt' }]);
      await store().change([{ id: three, stage: 'sent' }]);
      const all = [...changeAll(stored, { stage: 'done' }), { id: 999_999, stage: 'done' } as const];
      should(idsOf(await store().change(all, ['waiting', 'doubt']))).deepEqual([one, two]);
      should(await stages(one, two, three)).deepEqual(['done', 'done', 'sent']);
      should(await store().change(all, [])).deepEqual([]);
    });

    it('lets the first of two changes win that leave from the same stage', async () => {
      const [id] = idsOf(await take(store(), 'a', [{}])) as [number];
      const stopped = store().change([{ id, stage: 'done', status: 'STOPPED' }], ['waiting']);
      const begun = store().begin({ gateway: 'g1', at: 1, sms: [id] });
      should([...(await stopped), ...(await begun)]).have.length(1);
    });

    it('changes thousands at once', async () => {
      const stored = await take(store(), 'a', new Array(3000).fill({}));
      should(await store().change(changeAll(stored, { stage: 'gateway' }))).have.length(3000);
      should(await store().portSetCounts(['g1'])).deepEqual([{ gateway: 'g1', portSet: 'all', count: 3000 }]);
    });

    it('is not seen in what was given out before', async () => {
      const history: SmsState['history'] = [{ status: 'ACCEPTED', at: 1, by: 'answer' }];
      const [taken] = await take(store(), 'a', [{ ports: [1] }]);
      const id = taken?.id ?? 0;
      const [changed] = await store().change([{ id, history, reports: { 1: 0 } }]);
      const [shown] = await store().sms([id]);
      const given = [taken, changed, shown];
      const before = structuredClone(given);
      await store().begin({ gateway: 'g1', at: 1, sms: [id] });
      const [later] = await store().change([{ id, status: 'FAILED', stage: 'done', reports: { 1: 64 }, history: [] }]);
      should(given).deepEqual(before);
      should(later).match({ stage: 'done', status: 'FAILED', history: [], reports: { 1: 64 }, ports: [1] });
    });
  });
}
