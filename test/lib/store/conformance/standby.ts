import should from 'should';
import type { Store, Turn } from '../../../../lib/store';
import { idsOf, take, waitingTexts } from './given';

const turn = (place: number): Turn => ({ place, of: 3, after: 100, wait: 300 });

export function describeStandby(store: () => Store): void {
  const standbyDue = async (now: number, limit = 10) => idsOf(await store().standbyDue(['g1'], now, limit));

  describe('the other numbers of a recipient', () => {
    it('stand by until their turn has come, and neither wait nor expire', async () => {
      const [first, second, third] = await take(store(), 'a', [
        { text: 'Hello', turn: turn(0) },
        { text: 'Hello', turn: turn(1), poll_at: 100, expires_at: 50 },
        { text: 'Hello', turn: turn(2), poll_at: 200, expires_at: 50 },
      ]);
      should([first?.stage, second?.stage, third?.stage]).deepEqual(['waiting', 'standby', 'standby']);
      should(second).match({ turn: turn(1), poll_at: 100 });
      should(await waitingTexts(store())).deepEqual(['Hello']);
      should(await store().waitingCounts(['g1'], 9)).deepEqual([{ gateway: 'g1', count: 1, held: 0 }]);
      should(await store().expired(['g1'], 60, 9)).deepEqual([]);
      should(await store().due(['g1'], 300, 9)).deepEqual([]);
      should(await store().nextDue(['g1'])).deepEqual({ standby: 100 });
      should(await standbyDue(99)).deepEqual([]);
      should(await standbyDue(200)).deepEqual([second?.id, third?.id]);
      should(await standbyDue(200, 1)).deepEqual([second?.id]);
      should(await store().standbyDue(['g2'], 200, 9)).deepEqual([]);
    });

    it('wait like all other SMS once it is their turn, in the order of taking', async () => {
      const [, second] = await take(store(), 'a', [
        { text: 'first', turn: turn(0) },
        { text: 'second', turn: turn(1), poll_at: 100 },
      ]);
      await take(store(), 'b', [{ text: 'later' }]);
      await store().change([{ id: second?.id ?? 0, stage: 'waiting', poll_at: 0 }], ['standby']);
      should(await waitingTexts(store())).deepEqual(['first', 'second', 'later']);
      should(await standbyDue(1000)).deepEqual([]);
    });

    it('keep their input from being forgotten until they are done', async () => {
      const [first, second] = await take(store(), 'a', [{ turn: turn(0) }, { turn: turn(1), poll_at: 100 }]);
      await store().change([{ id: first?.id ?? 0, stage: 'done', status: 'DELIVERED' }]);
      await store().closeInputs(['a'], 5);
      should(await store().prune(10, 10)).equal(0);
      await store().change([{ id: second?.id ?? 0, stage: 'done' }], ['standby']);
      should(await store().prune(10, 10)).equal(1);
    });
  });

  describe('a recipient with several numbers', () => {
    const tally = async () => (await store().jobTallies(['g1'], ['a']))[0];
    const given = async (): Promise<number[]> =>
      idsOf(
        await take(
          store(),
          'a',
          [0, 1, 2].map((place) => ({ turn: turn(place) })),
          { until: 'sent' },
        ),
      );

    it('counts once, by all his numbers, with each write that changes one of them', async () => {
      const [first = 0, second = 0, third = 0] = await given();
      should(await tally()).match({ total: 1, waiting: 1, undone: 3 });
      await store().change([{ id: first, stage: 'done', status: 'FAILED' }]);
      // Another number stands by.
      should(await tally()).match({ total: 1, accepted: 1, failed: 0, undone: 2 });
      await store().change([{ id: second, stage: 'doubt' }]);
      await store().change([{ id: third, stage: 'done', status: 'STOPPED' }]);
      should(await tally()).match({ accepted: 1, failed: 0, stopped: 0, undone: 1 });
      await store().change([{ id: second, stage: 'done', status: 'UNKNOWN' }]);
      should(await tally()).match({ accepted: 1, failed: 1, stopped: 1, undone: 0 });
      await store().change([{ id: first, stage: 'done', status: 'DELIVERED' }]);
      should(await tally()).match({ reached: 1, sent: 1, delivered: 1, failed: 0, stopped: 0 });
    });

    it('counts once, too, where several of them change at a time, together or each by itself', async () => {
      const ids = await given();
      await store().change(ids.map((id) => ({ id, stage: 'sent', status: 'SENT_OK' })));
      should(await tally()).match({ accepted: 1, sent: 1, delivered: 0 });
      await Promise.all(ids.map((id) => store().change([{ id, stage: 'done', status: 'DELIVERED' }])));
      should(await tally()).match({ accepted: 1, sent: 1, delivered: 1, undone: 0 });
    });
  });

  describe('the wait of an input', () => {
    const waits = async () => (await store().inputs(['a', 'b', 'c'])).map(({ wait_until }) => wait_until);

    it('can be made longer while it is open, and never shorter', async () => {
      await take(store(), 'a', [{}], { wait_until: 100 });
      await take(store(), 'b', [{}], { wait_until: 500 });
      await take(store(), 'c', [{}], { wait_until: 0 });
      await store().prolong(['a', 'b', 'c', 'x'], 300);
      should(await waits()).deepEqual([300, 500, 0]);
      should(await store().nextDue(['g1'])).deepEqual({ wait: 300 });
      should((await store().inputsDue(['g1'], 300, 9)).map(({ id }) => id)).deepEqual(['a']);
      await store().closeInputs(['a'], 5);
      await store().prolong(['a'], 900);
      should(await waits()).deepEqual([300, 500, 0]);
      should(await store().nextDue(['g1'])).deepEqual({ wait: 500 });
    });
  });
}
