import should from 'should';
import { Holding } from '../../../../../lib/messaging/sms/holding/Holding';
import type { HoldingRule, Objection } from '../../../../../lib/messaging/sms/holding/rules';
import { Ledger } from '../../../../../lib/messaging/sms/ledger/Ledger';
import { type Held, MemoryStore, NOT_DUE, SteadyStore, type Store, type StoredSms } from '../../../../../lib/store';
import { FakeClock, START } from '../../../../support/FakeClock';
import { query, take } from '../../../store/conformance/given';

const MINUTE = 60_000;

describe('what holds SMS back', () => {
  let clock: FakeClock;
  let store: Store;
  let holding: Holding;
  /** What the rule says of an SMS by its text. */
  let says: Map<string, Objection>;
  let told: [text: string, status: string, by: string | undefined, isMoved: boolean][];
  let judged: number;
  /** Until when an SMS is valid whose own moment has come; undefined: it has none. */
  let validUntil: number | undefined;

  beforeEach(async () => {
    clock = new FakeClock();
    store = new SteadyStore(new MemoryStore({ random: () => 0 }), clock);
    await store.open();
    says = new Map();
    told = [];
    judged = 0;
    const onChange = async (sms: StoredSms[], moved: ReadonlySet<number>): Promise<void> => {
      for (const { id, text, status, held } of sms) told.push([text, status, held?.by, moved.has(id)]);
    };
    const rule: HoldingRule = {
      judge: ({ text }) => {
        judged += 1;
        return says.get(text);
      },
    };
    validUntil = undefined;
    const schedule = {
      prepare: async () => undefined,
      judge: () => (validUntil === undefined ? {} : { expires_at: validUntil }),
    };
    const ledger = new Ledger({ store, clock, onChange });
    holding = new Holding({ store, clock, ledger, members: new Set(['g1']), schedule, rules: [rule] });
  });
  afterEach(() => store.close());

  const hold = (text: string, by: Held['by'], until: number | null): void =>
    void says.set(text, { held: { by, until, text: `held by ${by}` } });
  const sift = async (): Promise<string[]> =>
    (await holding.sift(await store.waiting(query({ now: clock.now() })))).map(({ text }) => text);
  const leaving = async (): Promise<string[]> =>
    (await store.waiting(query({ now: clock.now() }))).map(({ text }) => text);
  /** Runs it whenever it is due, as the scheduler does. */
  const pass = async (ms: number): Promise<void> => {
    for (let left = ms; left >= 0; ) {
      const due = await holding.due();
      if (due !== undefined && due <= 0) await holding.run();
      const step = Math.min(Math.max(due ?? left, 1), left);
      if (step === 0) return;
      await clock.advance(step);
      left -= step;
    }
  };

  it('lets out what no rule objects to, and takes the rest out of what may leave', async () => {
    await take(store, 'a', [{ text: 'one' }, { text: 'two' }]);
    hold('one', 'sim-limit', START + MINUTE);
    should(await sift()).eql(['two']);
    should(await leaving()).eql(['two']);
    should(told).eql([['one', 'QUEUED', 'sim-limit', true]]);
    const [one] = await store.find(['g1'], { held: true, after: 0, limit: 5 });
    should(one).match({ due_at: START + MINUTE, history: [], held: { by: 'sim-limit', until: START + MINUTE } });
  });

  it('asks again when the moment has come: then it is free, or held as the rule says by then', async () => {
    await take(store, 'a', [{ text: 'one' }, { text: 'two' }]);
    hold('one', 'sim-limit', START + MINUTE);
    hold('two', 'sim-limit', START + MINUTE);
    await sift();
    says.delete('one');
    hold('two', 'sim-limit', START + 2 * MINUTE);
    await pass(MINUTE - 1);
    should(await leaving()).eql([]);
    await pass(1);
    should(await leaving()).eql(['one']);
    should(told.slice(2)).eql([
      ['one', 'QUEUED', undefined, true],
      ['two', 'QUEUED', 'sim-limit', false],
    ]);
    says.clear();
    await pass(MINUTE);
    should(await leaving()).eql(['one', 'two']);
  });

  it('goes by the validity that begins with the SMS’s own moment: what is held for longer is withheld', async () => {
    await take(store, 'a', [{ text: 'one' }, { text: 'two' }], { until: 'sent' });
    validUntil = START + 2 * MINUTE;
    hold('one', 'sim-limit', validUntil - 1);
    hold('two', 'sim-limit', validUntil);
    should(await sift()).eql([]);
    should(told.map(([text, status]) => [text, status])).eql([
      ['one', 'QUEUED'],
      ['two', 'WITHHELD'],
    ]);
    const [one] = await store.find(['g1'], { held: true, after: 0, limit: 5 });
    should(one).match({ text: 'one', expires_at: validUntil });
  });

  it('waits for a review where nobody knows until when', async () => {
    await take(store, 'a', [{ text: 'one' }]);
    hold('one', 'pause', null);
    await sift();
    should(await holding.due()).be.undefined();
    should((await store.find(['g1'], { held: true, after: 0, limit: 5 }))[0]).match({ due_at: NOT_DUE });
    says.clear();
    await holding.review();
    should(await leaving()).eql(['one']);
  });

  it('tells of a limit, a schedule and a guard that come and go, of a pause not', async () => {
    await take(store, 'a', [{ text: 'one' }]);
    const tells = async (by: Held['by'] | undefined): Promise<boolean | undefined> => {
      if (by) hold('one', by, null);
      else says.clear();
      told = [];
      await (by && told.length === 0 && (await leaving()).length > 0 ? sift() : holding.review());
      // The same again is nothing new.
      return told[0]?.[3] ?? false;
    };
    should(await tells('pause')).be.false();
    should(await tells('schedule')).be.true();
    should(await tells('schedule')).be.false();
    should(await tells('pause')).be.true();
    should(await tells(undefined)).be.false();
    should(await tells('loop-guard')).be.true();
    should(await tells(undefined)).be.true();
  });

  it('withholds at once what a rule forbids, and what could leave only after its validity', async () => {
    await take(store, 'a', [
      { text: 'forbidden' },
      { text: 'late', expires_at: START + MINUTE },
      { text: 'paused', expires_at: START + MINUTE },
      { text: 'in time', expires_at: START + MINUTE + 1 },
    ]);
    says.set('forbidden', { withheld: { code: 'NO_ROUTE', message: 'no rule matches' } });
    hold('late', 'schedule', START + MINUTE);
    hold('in time', 'schedule', START + MINUTE);
    hold('paused', 'pause', START + 2 * MINUTE);
    should(await sift()).eql([]);
    const ended = await store.find(['g1'], { stage: 'done', after: 0, limit: 9 });
    should(ended).match([
      {
        text: 'forbidden',
        status: 'WITHHELD',
        error: { code: 'NO_ROUTE' },
        history: [{ status: 'WITHHELD', by: 'node' }],
      },
      { text: 'late', status: 'WITHHELD', error: { code: 'SCHEDULE', message: /validity ends before/ } },
    ]);
    should(ended[1]).not.have.property('held');
    should(await store.waitingCounts(['g1'], 9)).match([{ count: 2, held: 2 }]);
  });

  for (const step of [-27 * 24 * 60, 27 * 24 * 60]) {
    it(`asks at the wall clock's moment, also when that was set meanwhile (by ${step / 24 / 60} days)`, async () => {
      await take(store, 'a', [{ text: 'one' }]);
      const moment = START + Math.max(0, step * MINUTE) + MINUTE;
      hold('one', 'schedule', moment);
      await sift();
      clock.step(step * MINUTE);
      says.clear();
      if (step > 0) {
        await pass(MINUTE - 1);
        // The clock was set: a rule could say otherwise now.
        should(await leaving()).eql(['one']);
      } else {
        hold('one', 'schedule', moment);
        await pass(MINUTE);
        should(await leaving()).eql([]);
        should(await store.find(['g1'], { held: true, after: 0, limit: 5 })).match([{ due_at: moment }]);
      }
    });
  }

  it('judges in steps, and a rule that names a moment just over not in a circle', async () => {
    await take(store, 'a', new Array(1000).fill({ text: 'one' }));
    hold('one', 'sim-limit', START - 5);
    await holding.sift(await store.waiting(query({ now: clock.now(), limit: 2000 })));
    judged = 0;
    should(await holding.due()).equal(1000);
    await clock.advance(1000);
    await holding.run();
    should(judged).equal(256);
    should(await holding.due()).equal(0);
  });
});
