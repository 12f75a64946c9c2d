import should from 'should';
import type { InputRecord, Store } from '../../../../lib/store';
import { idsOf, take, taking } from './given';

export function describeInputs(store: () => Store): void {
  const names = (inputs: { id: string }[]): string[] => inputs.map(({ id }) => id);

  describe('inputs', () => {
    it('are kept as they were taken, open', async () => {
      const input: InputRecord = {
        id: 'a',
        gateway: 'g1',
        node: 'n7',
        taken_at: 1_700_000_000_123,
        until: 'delivered',
        wait_until: 1_700_000_300_123,
        on_timeout: 'withdraw',
        duplicates: 3,
        summary: true,
        key: 'order 5',
        msg: '{"topic":"漢😀"}',
      };
      await store().take([{ ...taking('a', [{}]), input: { ...input } }]);
      should(await store().inputs(['a'])).deepEqual([{ ...input, closed_at: 0 }]);
    });

    it('are found by their ids, in the order asked and without those that are missing', async () => {
      await store().take([taking('a', [{}]), taking('b', [{}])]);
      should(names(await store().inputs(['b', 'x', 'a']))).deepEqual(['b', 'a']);
      should((await store().inputs(['a']))[0]).not.have.any.keys('key', 'duplicate_of');
    });

    it('stay as they were given out, whatever becomes of them', async () => {
      await store().take([taking('a', [{}], { wait_until: 5 })]);
      const given = await store().inputs(['a']);
      const before = structuredClone(given);
      await store().prolong(['a'], 9);
      await store().closeInputs(['a'], 7);
      should(given).deepEqual(before);
      should((await store().inputs(['a']))[0]).match({ closed_at: 7, wait_until: 9 });
    });

    it('have their SMS in the order of their recipients, whatever became of them', async () => {
      const stored = await take(store(), 'a', [{ priority: 'low' }, { priority: 'high' }, { ports: [1] }]);
      await take(store(), 'b', [{}]);
      await store().change([{ id: stored[1]?.id ?? 0, stage: 'done' }]);
      should(idsOf(await store().recipients('a'))).deepEqual(idsOf(stored));
      should((await store().recipients('a')).map(({ stage }) => stage)).deepEqual(['waiting', 'done', 'waiting']);
      should(idsOf(await store().recipients('a', 2))).deepEqual(idsOf(stored.slice(0, 2)));
      should(await store().recipients('x')).deepEqual([]);
    });

    it('may be without any SMS', async () => {
      should(await store().take([taking('a', [])])).deepEqual([{ taken: true, sms: [] }]);
      should(names(await store().inputs(['a']))).deepEqual(['a']);
    });

    it('are due when their wait has ended, the soonest first, while they are open', async () => {
      await store().take([
        taking('a', [{}], { wait_until: 300 }),
        taking('b', [{}], { wait_until: 0 }),
        taking('c', [{}], { wait_until: 100 }),
        taking('d', [{}], { wait_until: 200, gateway: 'g2' }),
        taking('e', [{}], { wait_until: 300 }),
      ]);
      const due = async (now: number, limit = 10, gateways = ['g1']) =>
        names(await store().inputsDue(gateways, now, limit));
      should(await due(99)).deepEqual([]);
      should(await due(100)).deepEqual(['c']);
      should(await due(1000)).deepEqual(['c', 'a', 'e']);
      should(await due(1000, 2)).deepEqual(['c', 'a']);
      should(await due(1000, 10, ['g1', 'g2'])).deepEqual(['c', 'd', 'a', 'e']);
      await store().closeInputs(['c', 'e'], 1000);
      should(await due(1000)).deepEqual(['a']);
    });

    it('are open until their outcome has left', async () => {
      const given = ['b', 'B', 'a', 'a1', '_'].map((id) => taking(id, [{}]));
      await store().take([...given, taking('c', [{}], { gateway: 'g2' })]);
      const open = async (after = '', limit = 10, gateways = ['g1']) =>
        names(await store().openInputs(gateways, after, limit));
      should(await open()).deepEqual(['B', '_', 'a', 'a1', 'b']);
      should(await open('_', 2)).deepEqual(['a', 'a1']);
      should(await open('b')).deepEqual([]);
      should(await open('a', 10, ['g2', 'g1'])).deepEqual(['a1', 'b', 'c']);
      await store().closeInputs(['a', 'B', 'x'], 77);
      should(await open()).deepEqual(['_', 'a1', 'b']);
      should((await store().inputs(['a', 'b'])).map(({ closed_at }) => closed_at)).deepEqual([77, 0]);
    });

    it('have what their outcomes tell in one answer, those of a key what the first one has', async () => {
      const [, second] = await take(store(), 'a', [{ text: 'one' }, { text: 'two' }]);
      await store().take([
        taking('key', [{}], { key: 'k' }),
        taking('same key', [{}], { key: 'k' }),
        taking('none', []),
      ]);
      await take(store(), 'closed', [{}]);
      await store().closeInputs(['closed', 'key'], 77);
      await store().change([{ id: second?.id ?? 0, stage: 'done' }]);
      const parts = await store().outcomes(['same key', 'closed', 'a', 'x', 'none', 'key']);
      should(parts.map(({ input, first }) => [input.id, first.id])).deepEqual([
        ['same key', 'key'],
        ['a', 'a'],
        ['none', 'none'],
      ]);
      const [sameKey, a, none] = parts;
      should(sameKey).match({ first: { closed_at: 77 }, recipients: [{ input: 'key' }] });
      should(a?.recipients).deepEqual(await store().recipients('a'));
      should(a?.recipients).match([{ text: 'one', stage: 'waiting' }, { stage: 'done' }]);
      should(none?.recipients).deepEqual([]);
      should(await store().outcomes([])).deepEqual([]);
    });

    it('keep the moment of their first outcome', async () => {
      await store().take([taking('a', [{}])]);
      await store().closeInputs(['a'], 77);
      await store().closeInputs(['a'], 88);
      should((await store().inputs(['a']))[0]?.closed_at).equal(77);
    });
  });
}
