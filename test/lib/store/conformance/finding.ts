import should from 'should';
import { tailOf } from '../../../../lib/numbers/agreement';
import type { SmsState, Stage, Store } from '../../../../lib/store';
import { changeAll, idsOf, take, takeIn, taking } from './given';

const ascending = (ids: number[]): number[] => ids.toSorted((a, b) => a - b);

export function describeFinding(store: () => Store): void {
  describe('finding SMS', () => {
    it('by their ids, in the order asked and without those that are missing', async () => {
      const [one, two] = await take(store(), 'a', [{}, {}]);
      should(await store().sms([two?.id ?? 0, 999_999, one?.id ?? 0])).deepEqual([two, one]);
      should(await store().sms([])).deepEqual([]);
    });

    it('by what they are collected with: those that wait, page by page, and the newest of all', async () => {
      const collect = { group: 'node 491701234567', for: 5, at: 1, until: 6 };
      const [one, two, three] = await take(store(), 'a', [{ collect }, { collect }, { collect, due_at: 6 }, {}]);
      await take(store(), 'b', [{ collect }], { gateway: 'g2' });
      await take(store(), 'c', [{ collect: { ...collect, group: 'another' } }]);
      const found = async (after: number, limit: number) =>
        idsOf(await store().find(['g1'], { collect: collect.group, waiting: true, after, limit }));
      const [first = 0, second = 0, third = 0] = idsOf([one, two, three].flatMap((sms) => sms ?? []));
      should(await found(0, 9)).deepEqual([first, second, third]);
      should(await found(first, 1)).deepEqual([second]);
      const collected = { count: 2, text: 'x', encoding: 'unicode', id: second, user_id: 1, until: 9 } as const;
      await store().change([{ id: third, stage: 'joined', collected }]);
      should(await found(0, 9)).deepEqual([first, second]);
      const last = await store().find(['g1'], { collect: collect.group, last: true });
      should(last).match([{ id: third, stage: 'joined', collect, collected }]);
      should(await store().find(['g1'], { collect: 'none', last: true })).deepEqual([]);
    });

    it('by user_id on the asked gateways, also one that was used twice', async () => {
      const old = await take(store(), 'a', [{ user_id: 5 }, { user_id: 6 }], { taken_at: 1 });
      const later = taking('b', [{ user_id: 5 }], { taken_at: 9 }, { user_id: 2, key: 0 });
      const [taken] = await store().take([later]);
      should(taken?.taken).be.true();
      await take(store(), 'c', [{ user_id: 5 }], { gateway: 'g2' });
      const found = async (gateways: string[], user_ids: number[]) =>
        ascending(idsOf(await store().find(gateways, { user_ids })));
      const again = taken?.taken ? idsOf(taken.sms) : [];
      should(await found(['g1'], [5])).deepEqual([old[0]?.id, ...again]);
      should(await found(['g1'], [7, 6, 5, 5])).deepEqual([...idsOf(old), ...again]);
      should(await found(['g1', 'g2'], [5])).have.length(3);
      should(await found(['g3'], [5])).deepEqual([]);
    });

    it('by the last digits of the number and by stages, the oldest first', async () => {
      const number = '+491701234567';
      const WRITINGS: Record<string, string> = { b: '01701234567', c: '00491701234567' };
      const inStage = async (id: string, stage: Stage, gateway = 'g1') =>
        (await takeIn(store(), id, { stage }, { number: WRITINGS[id] ?? number }, { gateway })).id;
      const sent = await inStage('a', 'sent');
      const gateway = await inStage('b', 'gateway');
      const sentLater = await inStage('c', 'sent');
      await inStage('d', 'done');
      await inStage('e', 'sent', 'g2');
      await takeIn(store(), 'f', { stage: 'sent' }, { number: '+491701234568' });
      const found = async (...stages: Stage[]) => idsOf(await store().find(['g1'], { tail: tailOf(number), stages }));
      should(await found('sent')).deepEqual([sent, sentLater]);
      should(await found('sent', 'gateway')).deepEqual([sent, gateway, sentLater]);
      should(await found('doubt')).deepEqual([]);
    });

    it('by port and reference, where a long SMS has several and they start again after 255', async () => {
      const onAir = async (id: string, state: Partial<SmsState>) =>
        (await takeIn(store(), id, { stage: 'sent', port: 2, ...state })).id;
      const one = await onAir('one', { ref_id: 10 });
      const long = await onAir('long', { ref_id: 254, count: 4, stage: 'gateway' });
      await onAir('elsewhere', { ref_id: 10, port: 3 });
      await onAir('over', { ref_id: 10, stage: 'done' });
      await onAir('unknown', {});
      const found = async (ref_id: number) => idsOf(await store().find(['g1'], { port: 2, ref_id }));
      should(await found(10)).deepEqual([one]);
      for (const ref_id of [254, 255, 0, 1]) should(await found(ref_id)).deepEqual([long]);
      for (const ref_id of [2, 9, 11, 253]) should(await found(ref_id)).deepEqual([]);
    });

    it('by a reference of firmware that counts on beyond 255, which then is the same modulo 256, and by none that is another', async () => {
      const [low] = await take(store(), 'low', [{}]);
      const [high] = await take(store(), 'high', [{}]);
      const state = { stage: 'sent', port: 2, status: 'SENT_OK' } as const;
      await store().change([
        { id: low?.id ?? 0, ...state, ref_id: 3 },
        { id: high?.id ?? 0, ...state, ref_id: 5_000_000_010 },
      ]);
      const found = async (ref_id: number) => idsOf(await store().find(['g1'], { port: 2, ref_id }));
      should(await found(5_000_000_010)).deepEqual([high?.id]);
      should(await found(5_000_000_010 % 256)).deepEqual([high?.id]);
      should(await found(3)).deepEqual([low?.id]);
      should(await found(300)).deepEqual([]);
      should(await store().sms([high?.id ?? 0])).match([{ ref_id: 5_000_000_010, port: 2 }]);
    });

    it('none by a port, of numbers that no gateway has, and what came with such a one is kept as it came', async () => {
      const { id } = await takeIn(store(), 'a', { stage: 'sent', port: 5_000_000_000, ref_id: 1, count: 2 ** 40 });
      should(await store().find(['g1'], { port: -5_000_000_000, ref_id: 1 })).eql([]);
      should(await store().sms([id])).match([{ port: 5_000_000_000, count: 2 ** 40 }]);
    });

    it('by stage, page by page', async () => {
      const stored = await take(store(), 'a', [{}, {}, {}, {}, {}]);
      const other = await take(store(), 'b', [{}], { gateway: 'g2' });
      await store().change(changeAll([...stored.slice(1), ...other], { stage: 'submitting' }));
      const page = async (after: number, limit: number, gateways = ['g1']) =>
        idsOf(await store().find(gateways, { stage: 'submitting', after, limit }));
      const ids = idsOf(stored) as [number, number, number, number, number];
      should(await page(0, 2)).deepEqual([ids[1], ids[2]]);
      should(await page(ids[2], 2)).deepEqual([ids[3], ids[4]]);
      should(await page(ids[4], 2)).deepEqual([]);
      should(await page(0, 10, ['g2', 'g1'])).deepEqual([...ids.slice(1), ...idsOf(other)]);
      should(idsOf(await store().find(['g1'], { stage: 'waiting', after: 0, limit: 10 }))).deepEqual([ids[0]]);
    });
  });

  describe('what lies in a gateway', () => {
    const counts = async (...gateways: string[]) =>
      (await store().portSetCounts(gateways))
        .map(({ gateway, portSet, count }) => `${gateway} ${portSet}: ${count}`)
        .toSorted();

    it('is counted by port set, from the intent to send until it is on air or over', async () => {
      const stored = await take(store(), 'a', [{}, {}, { ports: [0] }, { ports: [0, 1] }]);
      await takeIn(store(), 'b', { stage: 'gateway' }, {}, { gateway: 'g2' });
      should(await counts('g1')).deepEqual([]);
      await store().begin({ gateway: 'g1', at: 1, sms: idsOf(stored) });
      should(await counts('g1')).deepEqual(['g1 0,1: 1', 'g1 0: 1', 'g1 all: 2']);
      should(await counts('g1', 'g2')).deepEqual(['g1 0,1: 1', 'g1 0: 1', 'g1 all: 2', 'g2 all: 1']);
      await store().change(changeAll(stored.slice(0, 2), { stage: 'gateway' }));
      await store().change(changeAll(stored.slice(2), { stage: 'doubt' }));
      should(await counts('g1')).deepEqual(['g1 0,1: 1', 'g1 0: 1', 'g1 all: 2']);
      await store().change(changeAll(stored.slice(0, 1), { stage: 'sent' }));
      await store().change(changeAll(stored.slice(2, 3), { stage: 'unknown' }));
      await store().change(changeAll(stored.slice(3), { stage: 'waiting' }));
      should(await counts('g1')).deepEqual(['g1 all: 1']);
      await store().change(changeAll(stored, { stage: 'done' }));
      should(await counts('g1')).deepEqual([]);
    });
  });
}
