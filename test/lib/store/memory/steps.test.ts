import should from 'should';
import { MemoryStore, type SmsChange, type StoredSms } from '../../../../lib/store';
import { CountedWork } from '../../../support/fuzz/CountedWork';
import { idsOf, taking } from '../conformance/given';

/** The work of each turn of the event loop while `work` goes on, the most of it. */
async function mostInATurn(counted: CountedWork, work: () => Promise<unknown>): Promise<number> {
  let [most, goesOn] = [0, true];
  const turn = (): void => {
    most = Math.max(most, counted.take().steps);
    if (goesOn) setImmediate(turn);
  };
  counted.take();
  setImmediate(turn);
  await work();
  goesOn = false;
  return Math.max(most, counted.take().steps);
}

describe('store: in memory, an input of very many SMS', () => {
  let counted: CountedWork;
  beforeEach(() => {
    counted = new CountedWork();
  });
  afterEach(() => counted.end());

  const taken = async (count: number): Promise<{ store: MemoryStore; sms: StoredSms[] }> => {
    const store = new MemoryStore({ random: () => 0, mostFinished: 10 });
    await store.open();
    const many = Array.from({ length: count }, () => ({ due_at: 9_000_000 }));
    await store.take([taking('a', many, { job: 'j' })]);
    return { store, sms: await store.recipients('a') };
  };
  const moved = (sms: StoredSms[], change: Omit<SmsChange, 'id'>): SmsChange[] =>
    idsOf(sms).map((id) => ({ id, ...change }));

  /** The most work in a turn, for a thousand SMS and for four thousand. */
  const grown = async (work: (given: Awaited<ReturnType<typeof taken>>) => Promise<unknown>): Promise<number[]> => {
    const most: number[] = [];
    for (const count of [200, 1000, 4000]) {
      const given = await taken(count);
      most.push(await mostInATurn(counted, () => work(given)));
    }
    return most.slice(1);
  };

  it('is forgotten in steps that are no longer for more of them, and whole', async () => {
    const [few = 0, many = 0] = await grown(async ({ store, sms }) => {
      for (let from = 0; from < sms.length; from += 100) {
        await store.change(moved(sms.slice(from, from + 100), { stage: 'done' }));
        await new Promise((resolve) => setImmediate(resolve));
      }
      await store.closeInputs(['a'], 1);
      should(await store.inputs(['a'])).be.empty();
      should(await store.sms(idsOf(sms.slice(0, 200)))).be.empty();
    });
    should(many).be.below(1.5 * few);
  });

  it('doesn’t make a change wait that comes while it is forgotten', async () => {
    const { store, sms } = await taken(4000);
    await store.take([taking('b', [{}])]);
    await store.change(moved(sms, { stage: 'done' }));
    let isForgotten = false;
    const forgetting = store.closeInputs(['a'], 1).then(() => {
      isForgotten = true;
    });
    const other = await store.recipients('b');
    should(await store.change(moved(other, { stage: 'gateway' }))).have.length(1);
    should(isForgotten).be.false();
    await forgetting;
    should((await store.recipients('b'))[0]).match({ stage: 'gateway' });
  });

  it('says which few of them have left without a look at each', async () => {
    const [few = 0, many = 0] = await grown(async ({ store, sms }) => {
      await store.change(moved(sms.slice(-3), { stage: 'gateway' }));
      await new Promise((resolve) => setImmediate(resolve));
      const by = { job: 'j', stages: ['submitting', 'gateway'], after: 0, limit: 128 } as const;
      should(await store.find(['g1'], by)).have.length(3);
    });
    should(many).be.below(1.5 * few);
  });

  it('says how many of them are held without a look at each', async () => {
    const [few = 0, many = 0] = await grown(async ({ store, sms }) => {
      should(await store.jobTallies(['g1'], ['j'])).match([{ total: sms.length, held: sms.length }]);
    });
    should(many).be.below(1.5 * few);
  });
});
