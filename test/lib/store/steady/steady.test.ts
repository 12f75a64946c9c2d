import should from 'should';
import { MemoryStore, SteadyStore, type Store } from '../../../../lib/store';
import { FakeClock, START } from '../../../support/FakeClock';
import { describeStore } from '../conformance';
import { taking } from '../conformance/given';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A store whose clock has stepped since it was opened: what it stores differs from what it is told. */
describeStore('whose clock has stepped', async (random) => {
  const clock = new FakeClock();
  const store = new SteadyStore(new MemoryStore({ random }), clock);
  clock.step(HOUR);
  return store;
});

describe('a store, while the wall clock steps', () => {
  let clock: FakeClock;
  let inner: MemoryStore;
  let store: Store;
  const opened = async (): Promise<Store> => {
    const one = new SteadyStore(inner, clock);
    await one.open();
    return one;
  };
  beforeEach(async () => {
    clock = new FakeClock();
    inner = new MemoryStore({ random: () => 0 });
    store = await opened();
  });
  afterEach(() => store.close());
  const take = async (validity: number): Promise<void> => {
    const [taken] = await store.take([taking('i', [{ expires_at: clock.now() + validity }])]);
    should(taken?.taken).be.true();
  };
  const expired = async (): Promise<number> => (await store.expired(['g1'], clock.now(), 10)).length;

  for (const step of [-DAY, -2 * HOUR, -120_000, 120_000, 2 * HOUR, DAY, 27 * DAY]) {
    it(`lets an SMS wait as long as was asked for, and gives moments that fit the clock (${step / 1000} s)`, async () => {
      await take(60_000);
      await clock.advance(20_000);
      clock.step(step);
      should(await store.nextDue(['g1'])).match({ expiry: clock.now() + 40_000 });
      await clock.advance(39_000);
      should(await expired()).equal(0);
      await clock.advance(1000);
      should(await expired()).equal(1);
    });
  }

  it('lets a sliding window pass by itself, and a period of the calendar by the wall clock', async () => {
    const base = { card: 'c', amount: 1, until: clock.now() + HOUR };
    const charges = [
      { ...base, counter: 'hour', period: 1, sliding: true as const },
      { ...base, counter: 'day', period: 0 },
    ];
    const [taken] = await store.take([taking('i', [{}])]);
    const id = taken?.taken ? (taken.sms[0]?.id ?? 0) : 0;
    await store.begin({ gateway: 'g1', at: clock.now(), sms: [id], sims: { [id]: { port: 1, card: 'c', charges } } });
    const ends = async () => {
      const { rows } = await store.usage(
        [
          { card: 'c', counter: 'hour' },
          { card: 'c', counter: 'day', period: 0 },
        ],
        [],
        clock.now(),
      );
      return rows.map(({ until }) => until - clock.now());
    };
    clock.step(DAY);
    should(await ends()).eql([HOUR, HOUR - DAY]);
    await clock.advance(HOUR);
    should(await ends()).eql([-DAY]);
    should((await store.sms([id]))[0]?.sim?.charges).match([{ until: clock.now() }, { until: base.until }]);
    await store.change([{ id, stage: 'waiting', giveBack: true }]);
    should(await ends()).eql([]);
  });

  it('knows after a restart what its clock had stepped before', async () => {
    await take(60_000);
    clock.step(27 * DAY);
    await clock.advance(10_000);
    await store.close();
    store = await opened();
    should(await store.nextDue(['g1'])).match({ expiry: clock.now() + 50_000 });
  });

  it('takes what a former process stored in the future for stored now', async () => {
    await take(60_000);
    await store.close();
    clock.step(-27 * DAY);
    store = await opened();
    should(await store.nextDue(['g1'])).match({ expiry: clock.now() + 60_000 });
    clock.step(27 * DAY);
    await clock.advance(50_000);
    should(await expired()).equal(0);
    await clock.advance(10_000);
    should(await expired()).equal(1);
  });

  it('lets time pass that passed while no process ran', async () => {
    await take(60_000);
    await store.close();
    await clock.advance(100_000);
    store = await opened();
    should(await expired()).equal(1);
  });

  it('lets time pass in which the machine was asleep', async () => {
    await take(60_000);
    clock.sleep(HOUR);
    should(await expired()).equal(1);
    should(await store.nextDue(['g1'])).match({ expiry: START + 60_000 });
  });

  it('notes again what could not be noted', async () => {
    const keeps = inner.putNotes.bind(inner);
    inner.putNotes = () => Promise.reject(new Error('the disk is full'));
    await take(60_000);
    clock.step(DAY);
    await expired();
    inner.putNotes = keeps;
    await store.closeInputs([], clock.now());
    await store.close();
    store = await opened();
    should(await store.nextDue(['g1'])).match({ expiry: clock.now() + 60_000 });
  });
});
