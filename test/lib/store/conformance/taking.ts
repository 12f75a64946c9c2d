import should from 'should';
import type { NewSms, Store } from '../../../../lib/store';
import { newSms, query, take, taking, waitingTexts } from './given';

export function describeTaking(store: () => Store): void {
  describe('taking', () => {
    it('stores every SMS of an input as it was given, waiting and without a past', async () => {
      const full = (): NewSms => ({
        user_id: 7,
        number: '+4917012',
        text: 'Dear #param#, it is #param#',
        text_param: ['Ann', '€ "5"; \n\'漢😀'],
        own_text: true,
        encoding: 'unicode',
        ports: [0, 2, 31],
        request_status_report: false,
        priority: 'low',
        expires_at: 1_900_000_000_123,
        extra: { customer: { id: 5, tags: ['a', null] }, '': true },
      });
      const [stored] = await take(store(), 'a', [full()]);
      should(stored).deepEqual({
        ...full(),
        id: stored?.id,
        input: 'a',
        gateway: 'g1',
        node: 'n1',
        stage: 'waiting',
        status: 'QUEUED',
        due_at: 0,
        history: [],
        poll_at: 0,
        polls: 0,
      });
      should(await store().sms([stored?.id ?? 0])).deepEqual([stored]);
    });

    it('keeps every text whole, whatever a flow puts into it', async () => {
      const odd = 'before\u0000after, half a pair \ud83d, "quotes\\\u2028';
      const sms = { text: odd, text_param: [odd], extra: { [odd]: odd } };
      const [stored] = await take(store(), 'a', [sms, { text: 'before' }], { key: odd, text: odd });
      should(stored).match(sms);
      should((await store().recipients('a'))[0]).match(sms);
      should((await store().inputs(['a']))[0]).match({ key: odd, text: odd });
      const like = { batchKey: 'gsm-7bit|all|1', text: { text: odd, template: true } };
      should(await waitingTexts(store(), { like })).deepEqual([odd]);
      should(await store().take([taking('b', [{}], { key: odd })])).match([{ duplicate_of: 'a' }]);
      should((await store().take([taking('c', [{}], { key: 'before' })]))[0]).not.have.property('duplicate_of');
      await store().putNotes(new Map([[odd, odd]]));
      should((await store().notes([odd])).get(odd)).equal(odd);
    });

    it('leaves out what was not given', async () => {
      const [stored] = await take(store(), 'a', [{}]);
      should(stored).not.have.any.keys('ports', 'text_param', 'extra', 'task_id', 'port', 'error', 'reports');
    });

    it('gives ids that rise in the order of taking, across inputs and gateways', async () => {
      const first = await take(store(), 'b', [{}, {}]);
      const then = await store().take([taking('a', [{}], { gateway: 'g2' }), taking('c', [{}, {}])]);
      const ids = [...first, ...then.flatMap((one) => (one.taken ? one.sms : []))].map(({ id }) => id);
      should(ids).have.length(5);
      should(ids).deepEqual(ids.toSorted((a, b) => a - b));
      should(new Set(ids).size).equal(5);
    });

    it('takes an input of thousands of SMS whole', async () => {
      const stored = await take(
        store(),
        'a',
        Array.from({ length: 3000 }, (_, index) => ({ text: `${index}` })),
      );
      should(stored.map(({ text }) => text)).deepEqual(stored.map((_, index) => `${index}`));
      should(await store().waiting(query({ limit: 5000 }))).have.length(3000);
    });

    it('takes nothing of an input of which one user_id was used on its gateway', async () => {
      await take(store(), 'a', [{ user_id: 5 }]);
      const taken = await store().take([
        taking('b', [{ user_id: 4 }, { user_id: 5, text: 'no' }]),
        taking('c', [{ user_id: 4, text: 'yes' }]),
        taking('d', [{ user_id: 5, text: 'elsewhere' }], { gateway: 'g2' }),
      ]);
      should(taken[0]).deepEqual({ taken: false, user_id: 5 });
      should(taken[1]).match({ taken: true });
      should(taken[2]).match({ taken: true });
      should(await waitingTexts(store())).deepEqual(['Hello', 'yes']);
      should((await store().inputs(['a', 'b', 'c', 'd'])).map(({ id }) => id)).deepEqual(['a', 'c', 'd']);
    });

    it('takes nothing of an input that uses a user_id twice itself', async () => {
      should(await store().take([taking('a', [{ user_id: 8 }, { user_id: 9 }, { user_id: 8 }])])).deepEqual([
        { taken: false, user_id: 8 },
      ]);
      should(await waitingTexts(store())).deepEqual([]);
    });

    it('sees a user_id used by an input of the same call', async () => {
      const taken = await store().take([taking('a', [{ user_id: 8 }]), taking('b', [{ user_id: 8 }])]);
      should(taken.map((one) => one.taken)).deepEqual([true, false]);
    });

    it('takes a user_id again that was used before the time that counts', async () => {
      await take(store(), 'a', [{ user_id: 5 }], { taken_at: 1000 });
      const again = (id: string, since: number) =>
        store().take([taking(id, [{ user_id: 5 }], { taken_at: 2000 }, { user_id: since, key: 0 })]);
      should(await again('b', 1000)).deepEqual([{ taken: false, user_id: 5 }]);
      should((await again('c', 1001))[0]).match({ taken: true });
      should(await again('d', 1001)).deepEqual([{ taken: false, user_id: 5 }]);
    });

    it('rejects an input that was taken before and takes nothing of that call', async () => {
      await take(store(), 'a', [{}]);
      await should(store().take([taking('b', [{}]), taking('a', [{}])])).be.rejected();
      should(await store().inputs(['b'])).deepEqual([]);
      should(await waitingTexts(store())).have.length(1);
    });

    it('keeps its own copy of what it was given', async () => {
      const sms = newSms({ ports: [1], text_param: ['a'], extra: { name: 'Ann' } });
      const given = taking('a', []);
      given.sms.push(sms);
      await store().take([given]);
      sms.ports?.push(2);
      sms.text_param?.push('b');
      if (sms.extra) sms.extra.name = 'Bob';
      given.input.msg = 'changed';
      const [stored] = await store().recipients('a');
      should(stored).match({ ports: [1], text_param: ['a'], extra: { name: 'Ann' } });
      should((await store().inputs(['a']))[0]?.msg).equal('{}');
    });
  });
}
