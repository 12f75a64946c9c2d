import should from 'should';
import type { Stage, Store } from '../../../../lib/store';
import { changeAll, idsOf, take, takeIn } from './given';

export function describeDueAndExpiry(store: () => Store): void {
  const due = async (now: number, limit = 10, gateways = ['g1']) => idsOf(await store().due(gateways, now, limit));
  const expired = async (now: number, limit = 10, gateways = ['g1']) =>
    idsOf(await store().expired(gateways, now, limit));

  describe('what is due to be asked for', () => {
    it('is in the gateway, on air or unknown, the most overdue first', async () => {
      const ids: Partial<Record<Stage, number>> = {};
      const stages: Stage[] = ['waiting', 'submitting', 'doubt', 'gateway', 'sent', 'unknown', 'done'];
      for (const [index, stage] of stages.entries()) {
        ids[stage] = (await takeIn(store(), stage, { stage, poll_at: 100 - index })).id;
      }
      should(await due(1000)).deepEqual([ids.unknown, ids.sent, ids.gateway]);
      should(await due(1000, 2)).deepEqual([ids.unknown, ids.sent]);
      should(await due(95)).deepEqual([ids.unknown]);
      should(await due(94)).deepEqual([]);
    });

    it('comes in the order of taking where it is equally overdue, on all asked gateways', async () => {
      const one = await takeIn(store(), 'a', { stage: 'sent', poll_at: 5 }, {}, { gateway: 'g2' });
      const two = await takeIn(store(), 'b', { stage: 'gateway', poll_at: 5 });
      const three = await takeIn(store(), 'c', { stage: 'sent', poll_at: 4 }, {}, { gateway: 'g3' });
      should(await due(5, 10, ['g1', 'g2', 'g3'])).deepEqual(idsOf([three, one, two]));
      should(await due(5, 10, ['g1'])).deepEqual([two.id]);
    });

    it('is due at its new time after it was asked', async () => {
      const { id } = await takeIn(store(), 'a', { stage: 'gateway', poll_at: 5 });
      await store().change([{ id, poll_at: 50 }]);
      should(await due(49)).deepEqual([]);
      should(await due(50)).deepEqual([id]);
      await store().change([{ id, stage: 'sent' }]);
      should(await due(50)).deepEqual([id]);
      await store().change([{ id, stage: 'done' }]);
      should(await due(50)).deepEqual([]);
    });
  });

  describe('what has expired', () => {
    it('is what still waits at the end of its validity, the soonest first', async () => {
      const [late, never, soon, tie] = await take(store(), 'a', [
        { expires_at: 300 },
        { expires_at: 0 },
        { expires_at: 100 },
        { expires_at: 300 },
      ]);
      should(await expired(99)).deepEqual([]);
      should(await expired(100)).deepEqual([soon?.id]);
      should(await expired(1e15)).deepEqual([soon?.id, late?.id, tie?.id]);
      should(await expired(1e15, 1)).deepEqual([soon?.id]);
      should(await expired(1e15, 10, ['g2'])).deepEqual([]);
      should((await store().sms([never?.id ?? 0]))[0]?.stage).equal('waiting');
    });

    it('is nothing that went on its way in time, until it is back', async () => {
      const [one] = await take(store(), 'a', [{ expires_at: 100 }]);
      const id = one?.id ?? 0;
      await store().begin({ gateway: 'g1', at: 50, sms: [id] });
      should(await expired(200)).deepEqual([]);
      await store().change([{ id, stage: 'waiting' }]);
      should(await expired(200)).deepEqual([id]);
      await store().change([{ id, stage: 'done', status: 'EXPIRED' }], ['waiting']);
      should(await expired(200)).deepEqual([]);
    });
  });

  describe('what comes next', () => {
    it('is nothing where nothing has a time', async () => {
      await take(store(), 'a', [{}]);
      should(await store().nextDue(['g1'])).deepEqual({});
    });

    it('is the first poll, the first expiry and the first end of a wait of the asked gateways', async () => {
      const stored = await take(store(), 'a', [{ expires_at: 900 }, { expires_at: 800 }], { wait_until: 700 });
      await takeIn(store(), 'b', { stage: 'gateway', poll_at: 600 }, { expires_at: 1 }, { wait_until: 650 });
      await takeIn(store(), 'c', { stage: 'sent', poll_at: 500 });
      await takeIn(store(), 'd', { stage: 'sent', poll_at: 2 }, {}, { gateway: 'g2', wait_until: 3 });
      should(await store().nextDue(['g1'])).deepEqual({ poll: 500, expiry: 800, wait: 650 });
      should(await store().nextDue(['g2'])).deepEqual({ poll: 2, wait: 3 });
      should(await store().nextDue(['g2', 'g1'])).deepEqual({ poll: 2, expiry: 800, wait: 3 });
      should(await store().nextDue(['g2', 'g1'], ['expiry'])).deepEqual({ expiry: 800 });
      should(await store().nextDue(['g2'], ['expiry', 'wait'])).deepEqual({ wait: 3 });
      should(await store().nextDue(['g1'], ['standby', 'held'])).deepEqual({});
      await store().change(changeAll(stored, { stage: 'submitting' }));
      await store().closeInputs(['b'], 10);
      should(await store().nextDue(['g1'])).deepEqual({ poll: 500, wait: 700 });
    });
  });
}
