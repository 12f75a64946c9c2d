import should from 'should';
import { atOnce } from '../../../../lib/concurrency';
import { Windows } from '../../../../lib/messaging/sms/collecting/Windows';
import { type SendRequest, SmsIntake } from '../../../../lib/messaging/taking/SmsIntake';
import { validateRequest } from '../../../../lib/messaging/taking/validateRequest';
import { MemoryStore, type NewSms, type StoredInput, type StoredSms } from '../../../../lib/store';
import { FakeClock, START } from '../../../support/FakeClock';

const DAY = 24 * 3600_000;
const OPTIONS = {
  ...{ to: '123456', text: 'Hello', encoding: 'auto', statusReport: true, priority: 'normal' },
  ...{ validity: 60, until: 'sent', wait: 300 },
} as const;

describe('taking an input', () => {
  let store: MemoryStore;
  let clock: FakeClock;
  let intake: SmsIntake;

  beforeEach(async () => {
    store = new MemoryStore({ random: () => 0 });
    await store.open();
    clock = new FakeClock();
    intake = new SmsIntake(store, clock, options());
  });

  const options = () => ({
    schedule: { atTaking: (sms: NewSms) => sms },
    windows: new Windows(store, clock),
    getCountry: () => undefined,
  });
  const request = (id: string, options: object = {}, more: Partial<SendRequest> = {}): SendRequest => ({
    ...{ id, gateway: 'g1', node: 'n1', onTimeout: 'keep', msg: '{"topic":"t"}' },
    validated: atOnce(validateRequest({ ...OPTIONS, ...options }, 'keep', clock.now())),
    ...more,
  });
  const taken = async (id: string): Promise<{ input: StoredInput; sms: StoredSms[] }> => {
    const [input] = await store.inputs([id]);
    if (input === undefined) throw new Error(`${id} was not taken`);
    return { input, sms: await store.recipients(id) };
  };

  it('keeps what its outcome needs to find its way back', async () => {
    await intake.take(request('a', {}, { key: 'k', onTimeout: 'withdraw' }), 7);
    const { input, sms } = await taken('a');
    should(input).match({
      ...{ id: 'a', gateway: 'g1', node: 'n1', key: 'k', msg: '{"topic":"t"}', until: 'sent', on_timeout: 'withdraw' },
      ...{ taken_at: START, wait_until: START + 300_000 },
    });
    should(input).not.have.property('text');
    should(sms).have.length(1);
    should(sms[0]).match({ number: '123456', text: 'Hello', expires_at: START + 60_000, stage: 'waiting' });
  });

  it('comes after those that were given before, also where these wait for ids of their own', async () => {
    const answers: (() => void)[] = [];
    const reserve = store.reserveUserIds.bind(store);
    store.reserveUserIds = async (count) => {
      await new Promise<void>((resolve) => answers.push(resolve));
      return reserve(count);
    };
    const turns = async (): Promise<void> => {
      await new Promise((resolve) => setImmediate(resolve));
      await new Promise((resolve) => setImmediate(resolve));
    };
    const takings = [intake.take(request('a'), 7), intake.take(request('b', { to: ['222222', '333333'] }), 7)];
    await turns();
    answers.shift()?.();
    await turns();
    takings.push(intake.take(request('c'), 7));
    while (answers.length > 0) {
      answers.shift()?.();
      await turns();
    }
    await Promise.all(takings);
    const first = await Promise.all(['a', 'b', 'c'].map(async (id) => (await taken(id)).sms[0]?.id ?? 0));
    should(first).eql([...first].sort((one, other) => one - other));
  });

  it('is kept before what came before it in a burst when it is urgent', async () => {
    const burst = Array.from({ length: 1000 }, (_, place) => intake.take(request(`bulk ${place}`), 7));
    await intake.take(request('alarm', { priority: 'high' }), 7);
    const before = await store.inputs(Array.from({ length: 1000 }, (_, place) => `bulk ${place}`));
    should(before.length).be.belowOrEqual(128);
    await Promise.all(burst);
    should((await taken('alarm')).sms[0]?.stage).equal('waiting');
  });

  it('keeps the input’s text where that is not the first SMS’s', async () => {
    const own = request('a');
    await intake.take({ ...own, validated: { ...own.validated, text: 'for all others' } }, 7);
    should((await taken('a')).input.text).equal('for all others');
  });

  it('counts wait and validity from when it is safe, also where the clock has stepped since it was checked', async () => {
    const late = request('a', { wait: 0.0004 });
    clock.step(3600_000);
    await intake.take(late, 7);
    const { input, sms } = await taken('a');
    should([input.taken_at, input.wait_until]).eql([START + 3600_000, START + 3600_001]);
    should(sms[0]?.expires_at).equal(START + 3660_000);
  });

  it('never ends the wait, nor the validity, where that is wanted', async () => {
    const endless = request('a', { wait: 0, validity: 0 });
    clock.step(3600_000);
    await intake.take(endless, 7);
    const { input, sms } = await taken('a');
    should([input.wait_until, sms[0]?.expires_at]).eql([0, 0]);
  });

  it('gives user_ids of its own only where none was asked for, each but once', async () => {
    const to = [{ number: '71', user_id: 5 }, '72', { number: '73', user_id: 6 }, '74'];
    await intake.take(request('a', { to }), 7);
    await intake.take(request('b', { to: ['75', '76'] }), 7);
    const ids = [...(await taken('a')).sms, ...(await taken('b')).sms].map(({ user_id }) => user_id);
    should([ids[0], ids[2]]).eql([5, 6]);
    should(new Set(ids).size).equal(6);
    for (const place of [1, 3, 4, 5]) should(ids[place]).be.aboveOrEqual(2 ** 30);
  });

  it('refuses a user_id that was used within the days that are kept, and takes nothing of the input', async () => {
    await intake.take(request('a', { userId: 5 }), 7);
    clock.step(7 * DAY - 1);
    const again = intake.take(request('b', { userId: 5 }), 7);
    await should(again).be.rejectedWith({ code: 'INVALID_INPUT', message: /5 is in use/, cause: { field: 'userId' } });
    should(await store.inputs(['b'])).be.empty();
    clock.step(2);
    await intake.take(request('c', { userId: 5 }), 7);
    should((await taken('c')).sms).have.length(1);
  });

  it('knows a key for a day', async () => {
    await intake.take(request('a', {}, { key: 'k' }), 7);
    clock.step(DAY - 1);
    await intake.take(request('b', {}, { key: 'k' }), 7);
    should((await taken('b')).input.duplicate_of).equal('a');
    clock.step(2);
    await intake.take(request('c', {}, { key: 'k' }), 7);
    should((await taken('c')).input.duplicate_of).be.undefined();
  });

  it('brings what comes in one turn to the store together, what has very many SMS by itself', async () => {
    const calls: string[][] = [];
    const take = store.take.bind(store);
    store.take = (takings) => {
      calls.push(takings.map(({ input }) => input.id));
      return take(takings);
    };
    const many = Array.from({ length: 100 }, (_, place) => `49171${100_000 + place}`);
    const asked = [
      request('a'),
      request('b'),
      request('c', { to: many }),
      request('d', {}, { gateway: 'g2' }),
      request('e'),
    ];
    await Promise.all(asked.map((one) => intake.take(one, 7)));
    should(calls).eql([['a'], ['b', 'e'], ['d'], ['c']]);
    should((await taken('c')).sms).have.length(100);
  });

  it('refuses what the store can’t write down, and nothing that comes with it', async () => {
    const take = store.take.bind(store);
    store.take = async (takings) => {
      if (takings.some(({ input }) => input.id === 'odd')) throw new TypeError('a BigInt is no JSON');
      return take(takings);
    };
    const [first, before, odd, after] = ['first', 'before', 'odd', 'after'].map((id) => intake.take(request(id), 7));
    await should(odd).be.rejectedWith({ code: 'STORE_UNAVAILABLE', message: /a BigInt is no JSON/ });
    await Promise.all([first, before, after]);
    for (const id of ['first', 'before', 'after']) should((await taken(id)).sms).have.length(1);
  });

  it('says that nothing could be kept when the store fails, and that nothing was taken', async () => {
    store.take = async () => {
      throw new Error('disk full');
    };
    await should(intake.take(request('a'), 7)).be.rejectedWith({
      ...{ code: 'STORE_UNAVAILABLE', taken: 'no', message: 'The message could not be kept: disk full' },
    });
    store.reserveUserIds = async () => {
      throw new Error('no room');
    };
    await should(new SmsIntake(store, clock, options()).take(request('a'), 7)).be.rejectedWith({
      message: /no room/,
    });
  });
});
