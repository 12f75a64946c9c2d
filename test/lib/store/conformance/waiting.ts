import should from 'should';
import { batchKeyOf, type NewSms, type Store } from '../../../../lib/store';
import { changeAll, idsOf, query, take, takeIn, waitingTexts } from './given';

export function describeWaiting(store: () => Store): void {
  describe('what waits', () => {
    it('leaves by priority, then in the order of taking', async () => {
      const texts: Partial<NewSms>[] = [
        { text: 'low 1', priority: 'low' },
        { text: 'normal 1' },
        { text: 'high 1', priority: 'high', ports: [9] },
        { text: 'normal 2', ports: [0] },
        { text: 'high 2', priority: 'high' },
        { text: 'normal 3' },
      ];
      await take(store(), 'a', texts);
      await take(store(), 'b', [{ text: 'low 2', priority: 'low' }]);
      const order = ['high 1', 'high 2', 'normal 1', 'normal 2', 'normal 3', 'low 1', 'low 2'];
      should(await waitingTexts(store())).deepEqual(order);
      should(await waitingTexts(store(), { limit: 4 })).deepEqual(order.slice(0, 4));
      should(await waitingTexts(store(), { limit: 0 })).deepEqual([]);
      should(await waitingTexts(store(), { priority: 'normal' })).deepEqual(['normal 1', 'normal 2', 'normal 3']);
      should(await waitingTexts(store(), { priority: 'low', limit: 1 })).deepEqual(['low 1']);
    });

    it('is shown for the asked gateways in one order', async () => {
      await take(store(), 'a', [{ text: '1' }], { gateway: 'g2' });
      await take(store(), 'b', [{ text: '2' }], { gateway: 'g1' });
      await take(store(), 'c', [{ text: '3' }], { gateway: 'g3' });
      await take(store(), 'd', [{ text: '4' }], { gateway: 'g2' });
      should(await waitingTexts(store(), { gateways: ['g1', 'g2'] })).deepEqual(['1', '2', '4']);
      should(await waitingTexts(store(), { gateways: ['g2', 'g2'] })).deepEqual(['1', '4']);
      should(await waitingTexts(store(), { gateways: [] })).deepEqual([]);
    });

    it('is counted for each gateway, up to what is asked for', async () => {
      const counts = async (gateways: string[], most: number) =>
        (await store().waitingCounts(gateways, most)).map(({ gateway, count }) => `${gateway}: ${count}`).toSorted();
      const taken = await take(store(), 'a', [{}, {}, { priority: 'high', ports: [0] }, { expires_at: 1 }]);
      await take(store(), 'b', [{}], { gateway: 'g2' });
      should(await counts(['g1', 'g2', 'g3', 'g1'], 100)).deepEqual(['g1: 4', 'g2: 1']);
      should(await counts(['g1', 'g2'], 3)).deepEqual(['g1: 3', 'g2: 1']);
      await store().begin({ gateway: 'g1', at: 1, sms: idsOf(taken.slice(0, 3)) });
      should(await counts(['g1'], 100)).deepEqual(['g1: 1']);
      await store().change(changeAll(taken, { stage: 'done' }));
      should(await counts(['g1'], 100)).deepEqual([]);
    });

    it('is not changed by being shown', async () => {
      await take(store(), 'a', [{}]);
      should(await store().waiting(query())).deepEqual(await store().waiting(query()));
    });

    it('passes over what has expired and nothing else', async () => {
      await take(store(), 'a', [
        { text: 'gone', expires_at: 999 },
        { text: 'just gone', expires_at: 1000 },
        { text: 'in time', expires_at: 1001 },
        { text: 'for ever', expires_at: 0 },
      ]);
      should(await waitingTexts(store(), { now: 1000, limit: 2 })).deepEqual(['in time', 'for ever']);
    });

    it('passes over closed port sets unless the priority is high', async () => {
      await take(store(), 'a', [
        { text: 'all' },
        { text: 'port 3', ports: [3] },
        { text: 'port 3 in unicode', ports: [3], encoding: 'unicode' },
        { text: 'ports 3 and 4', ports: [3, 4] },
        { text: 'high', ports: [3], priority: 'high' },
      ]);
      const open = (...portSets: string[]) => waitingTexts(store(), { closedPortSets: new Set(portSets) });
      should(await open('3')).deepEqual(['high', 'all', 'ports 3 and 4']);
      should(await open('all', '3,4')).deepEqual(['high', 'port 3', 'port 3 in unicode']);
      should(await open('all', '3', '3,4')).deepEqual(['high']);
    });

    it('shows what may travel with an SMS: the same batch key', async () => {
      const [first] = await take(store(), 'a', [
        { text: '1', ports: [1] },
        { text: '2', ports: [1], encoding: 'unicode' },
        { text: '3', ports: [1], request_status_report: false },
        { text: '4', ports: [1, 2] },
        { text: '5', ports: [1] },
        { text: '6' },
        { text: '7', ports: [1], priority: 'high' },
      ]);
      const like = { batchKey: batchKeyOf(first as NewSms) };
      should(await waitingTexts(store(), { like })).deepEqual(['7', '1', '5']);
      should(await waitingTexts(store(), { like, closedPortSets: new Set(['1']) })).deepEqual(['7']);
      should(await waitingTexts(store(), { like: { batchKey: 'gsm-7bit|7|1' } })).deepEqual([]);
    });

    it('shows what may travel with an SMS: the same text, and a template only with templates', async () => {
      const [first] = await take(store(), 'a', [
        { text: '#param#' },
        { text: 'Hello' },
        { text: '#param#', text_param: ['1'] },
      ]);
      await take(store(), 'b', [{ text: '#param#', text_param: ['2'] }, { text: '#param#' }]);
      const like = (template: boolean) => ({
        batchKey: batchKeyOf(first as NewSms),
        text: { text: '#param#', template },
      });
      const templates = await store().waiting(query({ like: like(true) }));
      should(templates.map(({ text_param }) => text_param)).deepEqual([['1'], ['2']]);
      const plain = await store().waiting(query({ like: like(false) }));
      should(plain.map(({ input, text_param }) => [input, text_param])).deepEqual([
        ['a', undefined],
        ['b', undefined],
      ]);
    });

    it('shows what may travel with an SMS: the same input', async () => {
      const [first] = await take(store(), 'a', [{ text: '1' }, { text: '2', encoding: 'unicode' }, { text: '3' }]);
      await take(store(), 'b', [{ text: '1' }]);
      const like = { batchKey: batchKeyOf(first as NewSms), input: 'a' };
      should(await waitingTexts(store(), { like })).deepEqual(['1', '3']);
      const both = { ...like, text: { text: '3', template: false } };
      should(await waitingTexts(store(), { like: both })).deepEqual(['3']);
    });

    it('has nothing that went on, and has in its old place what came back', async () => {
      const [one, two, three] = await take(store(), 'a', [{ text: '1' }, { text: '2' }, { text: '3' }]);
      await takeIn(store(), 'b', { stage: 'done' }, { text: '4' });
      await store().begin({ gateway: 'g1', at: 1, sms: [two?.id ?? 0, one?.id ?? 0] });
      should(await waitingTexts(store())).deepEqual(['3']);
      await store().change([{ id: two?.id ?? 0, stage: 'waiting' }]);
      should(await waitingTexts(store())).deepEqual(['2', '3']);
      await store().change([{ id: three?.id ?? 0, stage: 'doubt' }]);
      should(await waitingTexts(store())).deepEqual(['2']);
    });

    it('keeps its order over many that come and go', async () => {
      const stored = await take(
        store(),
        'a',
        Array.from({ length: 2000 }, (_, index) => ({ text: `${index % 3}` })),
      );
      const gone = stored.filter((_, index) => index % 7 < 5);
      await store().change(changeAll(gone, { stage: 'gateway' }));
      const back = gone.filter((_, index) => index % 2 === 0).reverse();
      await store().change(changeAll(back, { stage: 'waiting' }));
      const staying = new Set([...idsOf(stored), ...idsOf(back)]);
      for (const { id } of gone) if (!back.some((sms) => sms.id === id)) staying.delete(id);
      const expected = stored.filter(({ id }) => staying.has(id));
      should(idsOf(await store().waiting(query({ limit: 5000 })))).deepEqual(idsOf(expected));
      const like = { batchKey: 'gsm-7bit|all|1', text: { text: '1', template: false } };
      should(idsOf(await store().waiting(query({ limit: 50, like })))).deepEqual(
        idsOf(expected.filter(({ text }) => text === '1')).slice(0, 50),
      );
    });
  });
}
