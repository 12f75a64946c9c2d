import should from 'should';
import { FIRST_MEMORY_ID, MemoryStore, RoutedStore, type Store } from '../../../../lib/store';
import { describeStore } from '../conformance';
import { idsOf, query, take, taking } from '../conformance/given';

const routed = (inMemory: (gateway: string) => boolean, random: () => number = Math.random): Store =>
  route(new MemoryStore({ random }), new MemoryStore({ random, firstId: FIRST_MEMORY_ID }), inMemory);

const route = (durable: Store, near: Store, isNear: (gateway: string) => boolean): Store =>
  new RoutedStore({ getDurable: () => durable, near, isNear, isNearId: (id) => id >= FIRST_MEMORY_ID });

// Wherever everything lies, nobody must notice that there is another part.
describeStore('routed to its durable part', async (random) => routed(() => false, random), { runs: 20 });

describe('store: routed', () => {
  it('takes where a gateway wants it, and finishes from there what it took before', async () => {
    let inMemory = true;
    const store = routed(() => inMemory);
    await store.open();
    const [first] = idsOf(await takeOne(store, 'a'));
    inMemory = false;
    const [second] = idsOf(await takeOne(store, 'b'));
    should(first).be.aboveOrEqual(FIRST_MEMORY_ID);
    should(second).be.below(FIRST_MEMORY_ID);
    const waiting = await store.waiting(query({ limit: 9 }));
    should(idsOf(waiting)).eql([second, first]);
    await store.begin({ gateway: 'g1', at: 1, sms: [first as number, second as number] });
    await store.change([
      { id: first as number, stage: 'done', status: 'DELIVERED' },
      { id: second as number, stage: 'gateway', poll_at: 5 },
    ]);
    should((await store.sms([first as number, second as number])).map(({ stage }) => stage)).eql(['done', 'gateway']);
    should(await store.nextDue(['g1'])).match({ poll: 5 });
    should((await store.inputs(['b', 'a'])).map(({ id }) => id)).eql(['b', 'a']);
    await store.close();
  });

  it('adds up a job that has SMS in both, lists the jobs of both, and holds and counts what waits in either', async () => {
    let inMemory = true;
    const store = routed(() => inMemory);
    await store.open();
    await take(store, 'near', [{}], { job: 'campaign', taken_at: 1 });
    await take(store, 'only near', [{}, {}], { job: 'first', taken_at: 2 });
    inMemory = false;
    await take(store, 'far', [{}, {}], { job: 'campaign', taken_at: 3 });
    should(await store.jobTallies(['g1'], ['campaign'])).match([{ job: 'campaign', total: 3, waiting: 3, paused: 0 }]);
    const { jobs } = await store.listJobs('g1', 10);
    should(jobs.map(({ job }) => job)).containDeep(['campaign', 'first']);
    should(jobs.map(({ taken_at }) => taken_at)).eql(jobs.map(({ taken_at }) => taken_at).toSorted((a, b) => b - a));
    await store.commandJobs(['g1'], { job: 'campaign' }, 'pause', 5);
    should(await store.jobTallies(['g1'], ['campaign'])).match([{ total: 3, paused: 3, isPaused: true }]);
    should(await store.heldCounts('g1', 10)).eql([{ by: 'pause', count: 3, until: null, text: null }]);
    await store.close();
  });

  it('asks the file for nothing that is in memory, and once for what is not, in the order of the question', async () => {
    const asked: string[][] = [];
    const durable = new MemoryStore({ random: Math.random });
    for (const method of ['inputs', 'outcomes', 'closeInputs'] as const) {
      const ask = durable[method].bind(durable) as (ids: string[], at?: number) => Promise<never>;
      durable[method] = (ids: string[], at?: number) => {
        asked.push([method, ...ids]);
        return ask(ids, at);
      };
    }
    const memory = new MemoryStore({ random: Math.random, firstId: FIRST_MEMORY_ID });
    let inMemory = true;
    const store = route(durable, memory, () => inMemory);
    await store.open();
    await takeOne(store, 'here');
    inMemory = false;
    await takeOne(store, 'there');
    await store.inputs(['here']);
    should(await store.outcomes(['here'])).have.length(1);
    should(await store.recipients('here')).have.length(1);
    should(asked).eql([]);
    should((await store.outcomes(['there', 'here'])).map(({ input }) => input.id)).eql(['there', 'here']);
    await store.closeInputs(['here', 'there'], 1);
    should(asked).eql([
      ['outcomes', 'there'],
      ['closeInputs', 'there'],
    ]);
    should((await store.inputs(['here', 'there'])).map(({ closed_at }) => closed_at)).eql([1, 1]);
    await store.close();
  });

  it('has what is in memory while its file is still being opened, and where that can’t be opened', async () => {
    const durable = new MemoryStore({ random: Math.random });
    let fail = (_error: Error): void => undefined;
    durable.open = () =>
      new Promise((_resolve, reject) => {
        fail = reject;
      });
    const memory = new MemoryStore({ random: Math.random, firstId: FIRST_MEMORY_ID });
    const store = route(durable, memory, () => true);
    const opened = store.open();
    should(await takeOne(store, 'a')).have.length(1);
    fail(new Error('the file is damaged'));
    await should(opened).be.rejectedWith(/the file is damaged/);
    should(await takeOne(store, 'b')).have.length(1);
  });
});

async function takeOne(store: Store, input: string) {
  const [taken] = await store.take([taking(input, [{}])]);
  return taken?.taken ? taken.sms : [];
}

describe('store: routed, for what SIM cards have used', () => {
  const CHARGE = { card: 'c', counter: 'sms/day', period: 1, until: 99, amount: 1 };

  it('keeps it in the file though the SMS are in memory, and takes back there what did not leave', async () => {
    const durable = new MemoryStore({ random: Math.random });
    const memory = new MemoryStore({ random: Math.random, firstId: FIRST_MEMORY_ID });
    const store = route(durable, memory, () => true);
    await store.open();
    const amounts = async () => (await durable.usage([CHARGE], [], 0)).rows.map(({ amount }) => amount);
    const ids = idsOf([...(await takeOne(store, 'a')), ...(await takeOne(store, 'b'))]);
    const sims = Object.fromEntries(ids.map((id) => [id, { port: 4, card: 'c', charges: [CHARGE] }]));
    await store.change([{ id: ids[1] ?? 0, stage: 'done' }]);
    await store.begin({ gateway: 'g1', at: 5, sms: ids, sims });
    should(await amounts()).eql([1]);
    should(await store.chosenPortCounts(['g1'])).eql([{ port: 4, count: 1 }]);
    should(await store.usage([CHARGE], [], 0)).eql(await durable.usage([CHARGE], [], 0));
    const back = { id: ids[0] ?? 0, stage: 'waiting', giveBack: true } as const;
    await Promise.all([store.change([back], ['submitting']), store.change([back], ['submitting'])]);
    should(await amounts()).eql([]);
    await store.close();
  });
});
