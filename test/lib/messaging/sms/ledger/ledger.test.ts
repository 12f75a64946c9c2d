import should from 'should';
import { Ledger } from '../../../../../lib/messaging/sms/ledger/Ledger';
import { MemoryStore, type StoredInput, type StoredSms } from '../../../../../lib/store';
import { FakeClock, START } from '../../../../support/FakeClock';
import { take } from '../../../store/conformance/given';

describe('the ledger of SMS', () => {
  let store: MemoryStore;
  let ledger: Ledger;
  let told: { sms: [number, string][]; moved: number[] }[];
  let kept: StoredSms[];

  beforeEach(async () => {
    store = new MemoryStore({ random: () => 0 });
    await store.open();
    told = [];
    ledger = new Ledger({
      store,
      clock: new FakeClock(),
      onChange: async (sms, moved) => {
        kept = await store.sms(sms.map(({ id }) => id));
        told.push({ sms: sms.map(({ id, status }): [number, string] => [id, status]), moved: [...moved] });
      },
    });
  });
  const submitted = async (): Promise<StoredSms[]> => {
    const sms = await take(store, 'a', [{}, {}]);
    return store.begin({ gateway: 'g1', at: START, sms: sms.map(({ id }) => id) });
  };

  it('asks for the inputs of what changes together with the change, and tells it with them', async () => {
    const asked: unknown[] = [];
    let given: Promise<StoredInput[]> | undefined;
    const noting = {
      sms: (ids: number[]) => store.sms(ids),
      change: (...change: Parameters<MemoryStore['change']>) => {
        asked.push('change');
        return new Promise<StoredSms[]>((resolve) => setImmediate(() => resolve(store.change(...change))));
      },
    };
    const together = new Ledger({
      store: noting,
      clock: new FakeClock(),
      getInputs: async (ids) => {
        asked.push(ids);
        return store.inputs(ids);
      },
      onChange: async (_sms, _moved, _goesOn, inputs) => {
        asked.push('told');
        given = inputs;
      },
    });
    const sms = await submitted();
    await together.apply(sms, { kind: 'accepted', task_id: 7 });
    should(asked).eql(['change', ['a'], 'told']);
    should((await given)?.map(({ id }) => id)).eql(['a']);
    await together.apply(await store.sms(sms.map(({ id }) => id)), { kind: 'due' });
    should(asked.slice(3)).eql(['change']);
  });

  it('tells a change when the store has it, all that happened together at once', async () => {
    const sms = await submitted();
    const ids = sms.map(({ id }) => id);
    await ledger.apply(sms, { kind: 'accepted', task_id: 7 });
    should(told).eql([{ sms: ids.map((id) => [id, 'ACCEPTED']), moved: ids }]);
    should(kept.map(({ poll_at }) => poll_at)).eql(ids.map(() => START + 3000));
    should(kept.map(({ stage, task_id }) => [stage, task_id])).eql([
      ['gateway', 7],
      ['gateway', 7],
    ]);
  });

  it('tells of a stage that changes without a word to the flow, and that no status has', async () => {
    const sms = await submitted();
    await ledger.apply(sms, { kind: 'returned' });
    should(told.map(({ sms: those, moved }) => [those.length, moved])).eql([[2, []]]);
  });

  it('passes over what has moved on by then, and tells nobody', async () => {
    const [one, other] = await submitted();
    if (!one || !other) throw new Error('nothing taken');
    await ledger.apply([one], { kind: 'accepted' });
    // Whoever read them before still holds them as they were.
    should(await ledger.apply([one, other], { kind: 'returned' })).have.length(1);
    should((await store.sms([one.id, other.id])).map(({ stage }) => stage)).eql(['gateway', 'waiting']);
    should(told.at(-1)?.sms).eql([[other.id, 'QUEUED']]);
  });

  it('lets what was read before a result not take it back, nor tell it', async () => {
    const [sms] = await ledger.apply(await submitted(), { kind: 'accepted' });
    if (!sms) throw new Error('nothing taken');
    const result = (status: string, by: 'push' | 'poll') =>
      ledger.apply([sms], { kind: 'result', by, result: { number: sms.number, status } });
    // Both have read it when it was `ACCEPTED`.
    await Promise.all([result('SENT_OK', 'push'), result('SENDING', 'poll')]);
    await result('SENDING', 'poll');
    should((await store.sms([sms.id])).map(({ status, stage }) => [status, stage])).eql([['SENT_OK', 'sent']]);
    should(told.flatMap(({ sms: those }) => those.map(([, status]) => status))).eql([
      ...['ACCEPTED', 'ACCEPTED', 'SENT_OK'],
    ]);
  });

  it('gives up no SMS of which a push has told since it was read', async () => {
    const [sms] = await ledger.apply(await submitted(), { kind: 'accepted' });
    if (!sms) throw new Error('nothing taken');
    const ask = (those: StoredSms[], isMute: boolean) =>
      ledger.apply(those, { kind: 'asked', isMute, planned: new Map() });
    for (let polls = 0; polls < 8; polls++) await ask(await store.sms([sms.id]), false);
    const read = await store.sms([sms.id]);
    await ledger.apply([sms], { kind: 'result', by: 'push', result: { number: sms.number, status: 'SENT_OK' } });
    await ask(read, true);
    should((await store.sms([sms.id])).map(({ status, stage }) => [status, stage])).eql([['SENT_OK', 'sent']]);
  });

  it('sends nothing again that was to be stopped since it was read', async () => {
    const [sms] = await ledger.apply(await submitted(), { kind: 'accepted' });
    if (!sms) throw new Error('nothing taken');
    await ledger.apply([sms], { kind: 'stopping' });
    await ledger.apply([sms], { kind: 'lost', policy: 'resend' });
    should((await store.sms([sms.id])).map(({ status }) => status)).eql(['STOPPED']);
  });

  it('counts each of several reports that come at once', async () => {
    const [sms] = await ledger.apply(await submitted(), { kind: 'accepted' });
    if (!sms) throw new Error('nothing taken');
    const { number } = sms;
    const sent = { number, status: 'SENT_OK', port: 1, ref_id: 5, count: 3, succ_count: 3 };
    await ledger.apply([sms], { kind: 'result', by: 'push', result: sent });
    const [current] = await store.sms([sms.id]);
    if (!current) throw new Error('it has gone');
    const segments = [5, 6, 7].map((ref_id) => ({ number, port: 1, ref_id, status_code: 0 }));
    await Promise.all(segments.map((report) => ledger.apply([current], { kind: 'report', by: 'push', report })));
    should((await store.sms([sms.id])).map(({ status, stage }) => [status, stage])).eql([['DELIVERED', 'done']]);
  });

  it('asks by the plan for pushes only while they arrive', async () => {
    const [one, other] = await submitted();
    if (!one || !other) throw new Error('nothing taken');
    const pushes = { arrive: true };
    const inPushes = new Ledger({ store, clock: new FakeClock(), onChange: async () => undefined, pushes });
    const [pushed] = await inPushes.apply([one], { kind: 'accepted' });
    pushes.arrive = false;
    const [polled] = await inPushes.apply([other], { kind: 'accepted' });
    should([pushed?.poll_at, polled?.poll_at]).eql([START + 12_000, START + 3000]);
  });

  it('leaves the store alone when nothing is news', async () => {
    const sms = await submitted();
    let asked = 0;
    const change: MemoryStore['change'] = async (...given) => {
      asked += 1;
      return store.change(...given);
    };
    const counted = new Ledger({
      store: { change, sms: (ids) => store.sms(ids) },
      clock: new FakeClock(),
      onChange: async () => undefined,
    });
    should(await counted.apply(sms, { kind: 'expired' })).eql([]);
    should(asked).equal(0);
    should(await counted.apply(sms, { kind: 'accepted' })).have.length(2);
    should(asked).equal(1);
  });

  it('keeps notes without telling anybody', async () => {
    const sms = await submitted();
    await ledger.apply(sms, { kind: 'tasked', task_id: 3 });
    await ledger.apply(sms, { kind: 'stopping' });
    await ledger.apply(sms, { kind: 'due' });
    should(told).be.empty();
    const now = await store.sms(sms.map(({ id }) => id));
    should(now.map(({ task_id, stopping_at, poll_at }) => [task_id, stopping_at, poll_at])).eql(
      sms.map(() => [3, START, START]),
    );
  });
});
