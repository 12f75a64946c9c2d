import should from 'should';
import { Outcomes } from '../../../../../lib/messaging/sms/outcome/Outcomes';
import type { Outcome, Recipient } from '../../../../../lib/messaging/sms/outcome/outcome';
import {
  type InputRecord,
  MemoryStore,
  type NewSms,
  type SmsChange,
  type StoredInput,
  type StoredSms,
  StoreUnavailable,
} from '../../../../../lib/store';
import { FakeClock, START, settled } from '../../../../support/FakeClock';
import { take, taking } from '../../../store/conformance/given';

describe('send sms: when an outcome leaves', () => {
  let store: MemoryStore;
  let clock: FakeClock;
  let outcomes: Outcomes;
  /** Outcomes that have left, by their input. */
  let left: [id: string, outcome: Outcome][];
  let updates: [id: string, recipient: Recipient][];
  let noticed: [id: number, status: string][];
  let deliver: (input: StoredInput, outcome: Outcome) => Promise<unknown>;

  beforeEach(async () => {
    store = new MemoryStore({ random: () => 0 });
    await store.open();
    clock = new FakeClock();
    left = [];
    updates = [];
    noticed = [];
    deliver = async ({ id }, outcome) => void left.push([id, outcome]);
    outcomes = new Outcomes({
      store,
      clock,
      onOutcome: (input, outcome) => deliver(input, outcome),
      onUpdate: ({ id }, recipient) => void updates.push([id, recipient]),
      onChange: (sms) => void noticed.push(...sms.map(({ id, status }): [number, string] => [id, status])),
    });
  });

  const given = (id: string, sms: Partial<NewSms>[] = [{}], input: Partial<InputRecord> = {}) =>
    take(store, id, sms, { taken_at: START, ...input });
  const tell = (sms: StoredSms[]): Promise<void> => outcomes.changed(sms, new Set(sms.map(({ id }) => id)));
  const change = async (...changes: SmsChange[]): Promise<void> => tell(await store.change(changes));
  const idsOfLeft = (): string[] => left.map(([id]) => id);

  const SENT = { status: 'SENT_OK', stage: 'sent' } as const;
  const REFUSED = { status: 'REFUSED', stage: 'done' } as const;

  it('is as soon as every recipient has reached what was asked for, or no longer can', async () => {
    const [one, other] = await given('a', [{}, {}]);
    await change({ id: one?.id ?? 0, ...SENT });
    should(left).be.empty();
    should(noticed).eql([[one?.id, 'SENT_OK']]);
    await change({ id: other?.id ?? 0, ...REFUSED });
    should(left).match([['a', { ok: false, timed_out: false, total: 2, reached: 1, failed: 1 }]]);
    should((await store.inputs(['a']))[0]?.closed_at).equal(START);
  });

  it('is once: what changes later goes out as updates only', async () => {
    const [sms] = await given('a');
    await change({ id: sms?.id ?? 0, ...SENT });
    await change({ id: sms?.id ?? 0, status: 'DELIVERED', stage: 'done' });
    should(idsOfLeft()).deepEqual(['a']);
    should(updates.map(([id, { status }]) => [id, status])).deepEqual([
      ['a', 'SENT_OK'],
      ['a', 'DELIVERED'],
    ]);
  });

  it('is once also when a push, a poll and the end of the wait come at one time', async () => {
    const [one, other] = await given('a', [{}, {}], { wait_until: START });
    const changed = await store.change([one, other].map((sms) => ({ id: sms?.id ?? 0, ...SENT })));
    let handOver = (): void => {};
    const handedOver = new Promise<void>((resolve) => {
      handOver = resolve;
    });
    deliver = async ({ id }, outcome) => {
      await handedOver;
      left.push([id, outcome]);
    };
    const told = [tell(changed.slice(0, 1)), tell(changed), outcomes.waitsEnded(['g1'], 10)];
    await settled();
    handOver();
    await Promise.all(told);
    await tell(changed);
    should(idsOfLeft()).deepEqual(['a']);
  });

  it('is once where the store is away when it is to be noted: that is made up for, whoever looks meanwhile', async () => {
    const [sms] = await given('a', [{}], { wait_until: START });
    const { closeInputs } = store;
    store.closeInputs = () => Promise.reject(new StoreUnavailable('away'));
    await should(change({ id: sms?.id ?? 0, ...SENT })).be.rejectedWith(/away/);
    await clock.advance(5000);
    await outcomes.review(await store.inputs(['a'])).catch(() => undefined);
    await outcomes.waitsEnded(['g1'], 10).catch(() => undefined);
    should((await store.inputs(['a']))[0]?.closed_at).equal(0);
    store.closeInputs = closeInputs;
    await clock.advance(2000);
    should((await store.inputs(['a']))[0]?.closed_at).be.above(0);
    should(idsOfLeft()).deepEqual(['a']);
  });

  it('is once for whoever learns of it just after it has left', async () => {
    const [sms] = await given('a');
    const changed = await store.change([{ id: sms?.id ?? 0, ...SENT }]);
    const stale = await store.inputs(['a']);
    await tell(changed);
    await outcomes.review(stale);
    should(idsOfLeft()).deepEqual(['a']);
  });

  it('is told of the inputs of several nodes by one change', async () => {
    const [one] = await given('a');
    const [other] = await given('b');
    await change({ id: one?.id ?? 0, ...SENT }, { id: other?.id ?? 0, ...SENT }, { id: 999, ...SENT });
    should(idsOfLeft()).deepEqual(['a', 'b']);
  });

  it('waits for none of the others when one could not be handed over, which leaves again', async () => {
    const [one] = await given('a');
    const [other] = await given('b');
    const works = deliver;
    deliver = async (input, outcome) => (input.id === 'a' ? Promise.reject(new Error('gone')) : works(input, outcome));
    await should(change({ id: one?.id ?? 0, ...SENT }, { id: other?.id ?? 0, ...SENT })).be.rejectedWith('gone');
    should(idsOfLeft()).deepEqual(['b']);
    deliver = works;
    await outcomes.review(await store.openInputs(['g1'], '', 10));
    should(idsOfLeft()).deepEqual(['b', 'a']);
  });

  it('is after a restart for those that were complete and had not left', async () => {
    const [complete] = await given('complete');
    await given('waiting');
    await store.change([{ id: complete?.id ?? 0, ...REFUSED }]);
    await outcomes.review(await store.openInputs(['g1'], '', 10));
    should(idsOfLeft()).deepEqual(['complete']);
    should(updates).be.empty();
  });

  it('is later when nobody was there to take it, and as it is by then', async () => {
    const [sms] = await given('a');
    const works = deliver;
    deliver = async () => false;
    await change({ id: sms?.id ?? 0, ...SENT });
    should((await store.inputs(['a']))[0]?.closed_at).equal(0);
    deliver = works;
    await store.change([{ id: sms?.id ?? 0, status: 'DELIVERED', stage: 'done' }]);
    await outcomes.review(await store.openInputs(['g1'], '', 10));
    should(left).match([['a', { ok: true, delivered: 1 }]]);
    should(await store.openInputs(['g1'], '', 10)).be.empty();
  });

  it('waits again for an SMS that fell back to waiting', async () => {
    const [one, other] = await given('a', [{}, {}], { until: 'accepted' });
    await change({ id: one?.id ?? 0, status: 'UNKNOWN', stage: 'unknown' });
    await change({ id: one?.id ?? 0, status: 'QUEUED', stage: 'waiting' });
    await change({ id: other?.id ?? 0, ...SENT });
    should(left).be.empty();
    await change({ id: one?.id ?? 0, ...SENT });
    should(left).match([['a', { ok: true, reached: 2 }]]);
  });

  it('tells updates only of what has moved', async () => {
    const [one, other] = await given('a', [{}, {}]);
    const changed = await store.change([one, other].map((sms) => ({ id: sms?.id ?? 0, status: 'ACCEPTED' as const })));
    await outcomes.changed(changed, new Set([other?.id ?? 0]));
    should(updates.map(([, { user_id }]) => user_id)).eql([other?.user_id]);
  });

  describe('at the end of the wait', () => {
    it('is with what is known by then', async () => {
      const [one] = await given('a', [{}, {}], { wait_until: START + 5000 });
      await change({ id: one?.id ?? 0, ...SENT });
      await clock.advance(4999);
      should(await outcomes.waitsEnded(['g1'], 10)).equal(0);
      await clock.advance(1);
      should(await outcomes.waitsEnded(['g1'], 10)).equal(1);
      should(left).match([['a', { ok: false, timed_out: true, reached: 1, failed: 0, pending: 1 }]]);
      should(await outcomes.waitsEnded(['g1'], 10)).equal(0);
    });

    it('is no time-out when all was known already', async () => {
      const [sms] = await given('a', [{}], { wait_until: START });
      await store.change([{ id: sms?.id ?? 0, ...SENT }]);
      await outcomes.waitsEnded(['g1'], 10);
      should(left).match([['a', { ok: true, timed_out: false }]]);
    });

    it('leaves the SMS as they are, unless they are to be withdrawn', async () => {
      const [sms] = await given('a', [{}], { wait_until: START });
      await outcomes.waitsEnded(['g1'], 10);
      should((await store.sms([sms?.id ?? 0]))[0]).match({ stage: 'waiting', status: 'QUEUED' });
    });

    it('withdraws what has not been handed over, and says so', async () => {
      const [waiting, handedOver] = await given('a', [{}, {}], { wait_until: START, on_timeout: 'withdraw' });
      await store.change([{ id: handedOver?.id ?? 0, status: 'ACCEPTED', stage: 'gateway' }]);
      await outcomes.waitsEnded(['g1'], 10);
      should(left).match([['a', { timed_out: true, failed: 1, pending: 1 }]]);
      should(left[0]?.[1].recipients.map(({ status }) => status)).deepEqual(['STOPPED', 'ACCEPTED']);
      should(updates).match([['a', { user_id: waiting?.user_id, status: 'STOPPED' }]]);
      should(noticed).eql([[waiting?.id, 'STOPPED']]);
      should((await store.sms([waiting?.id ?? 0]))[0]).match({ stage: 'done', history: [{ by: 'node' }] });
    });

    it('comes to all that are due, also after one that could not be handed over', async () => {
      for (const id of ['a', 'b', 'c']) await given(id, [{}], { wait_until: START });
      const works = deliver;
      deliver = async (input, outcome) =>
        input.id === 'a' ? Promise.reject(new Error('gone')) : works(input, outcome);
      await should(outcomes.waitsEnded(['g1'], 10)).be.rejectedWith('gone');
      should(idsOfLeft()).deepEqual(['b', 'c']);
    });

    it('comes to no more than asked for, the longest due first, of these gateways only', async () => {
      await given('late', [{}], { wait_until: START });
      await given('later', [{}], { wait_until: START - 1 });
      await given('other', [{}], { wait_until: START, gateway: 'g2' });
      should(await outcomes.waitsEnded(['g1'], 1)).equal(1);
      should(idsOfLeft()).deepEqual(['later']);
    });
  });

  describe('of an input whose key was taken before', () => {
    const duplicate = async (id: string, input: Partial<InputRecord> = {}): Promise<void> => {
      await store.take([taking(id, [{}], { taken_at: START, key: 'k', until: 'delivered', ...input })]);
      await outcomes.review(await store.inputs([id]));
    };

    it("is when the first one's leaves, with the same payload and marked", async () => {
      const [sms] = await given('first', [{}], { key: 'k', until: 'sent' });
      await duplicate('second');
      await duplicate('third');
      should(left).be.empty();
      await change({ id: sms?.id ?? 0, ...SENT });
      should(idsOfLeft()).deepEqual(['first', 'second', 'third']);
      const [first, second, third] = left.map(([, outcome]) => outcome);
      should(first).match({ ok: true, until: 'sent', total: 1, reached: 1 }).and.not.have.property('duplicate');
      should(second).deepEqual({ ...first, duplicate: true });
      should(third).deepEqual(second);
      should(await store.openInputs(['g1'], '', 10)).be.empty();
    });

    it("is at once when the first one's has left already", async () => {
      const [sms] = await given('first', [{}], { key: 'k' });
      await change({ id: sms?.id ?? 0, ...SENT });
      await duplicate('second');
      should(left[1]).match(['second', { ok: true, duplicate: true, total: 1, timed_out: false }]);
    });

    it('is at the end of its own wait when the first one takes longer', async () => {
      const [sms] = await given('first', [{}], { key: 'k', wait_until: 0 });
      await duplicate('second', { wait_until: START + 1000, on_timeout: 'withdraw' });
      await clock.advance(1000);
      await outcomes.waitsEnded(['g1'], 10);
      should(left).match([['second', { ok: false, duplicate: true, timed_out: true, total: 1, pending: 1 }]]);
      should((await store.sms([sms?.id ?? 0]))[0]?.stage).equal('waiting', "it doesn't withdraw another input's SMS");
      await change({ id: sms?.id ?? 0, ...SENT });
      should(idsOfLeft()).deepEqual(['second', 'first']);
    });

    it('is no success when the first one was forgotten before it could leave', async () => {
      const [sms] = await given('first', [{}], { key: 'k' });
      const works = deliver;
      deliver = async (input, outcome) => (input.duplicate_of === undefined ? works(input, outcome) : false);
      await duplicate('second');
      await change({ id: sms?.id ?? 0, status: 'DELIVERED', stage: 'done' });
      should(await store.prune(START + 1, 10)).equal(1);
      deliver = works;
      await outcomes.review(await store.openInputs(['g1'], '', 10));
      should(left[1]).match(['second', { ok: false, total: 0, reached: 0 }]);
    });

    it('waits for the first one, though that has SMS of which one is over', async () => {
      const [one, other] = await given('first', [{}, {}], { key: 'k' });
      await duplicate('second');
      await change({ id: one?.id ?? 0, ...SENT });
      await outcomes.review(await store.openInputs(['g1'], '', 10));
      should(left).be.empty();
      await change({ id: other?.id ?? 0, ...SENT });
      should(idsOfLeft()).eql(['first', 'second']);
    });

    it("is with the first one's when that one's wait ends", async () => {
      await given('first', [{}], { key: 'k', wait_until: START });
      await duplicate('second');
      await outcomes.waitsEnded(['g1'], 10);
      should(left).match([
        ['first', { timed_out: true, pending: 1 }],
        ['second', { timed_out: true, pending: 1, duplicate: true }],
      ]);
    });
  });
});
