import should from 'should';
import { MemoryStore, type SmsChange } from '../../../../lib/store';
import { describeStore } from '../conformance';
import { idsOf, query, taking } from '../conformance/given';
import { broughtToTheirEnd } from './broughtToTheirEnd';

describeStore('in memory', async (random) => new MemoryStore({ random }));

describe('store: in memory', function () {
  // A busy machine may take long; what would take minutes is told from what takes seconds all the same.
  this.timeout(150_000);
  const opened = async (): Promise<MemoryStore> => {
    const store = new MemoryStore({ random: () => 0 });
    await store.open();
    return store;
  };

  it('says that it is not durable', () => {
    should(new MemoryStore({ random: () => 0 }).durable).be.false();
  });

  it('takes very many in steps, with turns for others between them', async () => {
    const store = await opened();
    let [turns, goesOn] = [0, true];
    const turn = (): void => {
      turns += 1;
      if (goesOn) setImmediate(turn);
    };
    setImmediate(turn);
    await store.take([
      taking(
        'a',
        Array.from({ length: 3200 }, () => ({})),
      ),
    ]);
    goesOn = false;
    // Looked at, kept, and put in their places: 64 at a time.
    should(turns).be.aboveOrEqual(3 * 45);
  });

  it('remembers a bounded number of finished SMS, the newest, and every input that claims a key', async () => {
    const store = new MemoryStore({ random: () => 0, mostFinished: 10 });
    await store.open();
    const finish = async (id: string, count: number, input: { key?: string } = {}): Promise<void> => {
      await store.take([
        taking(
          id,
          Array.from({ length: count }, () => ({})),
          input,
        ),
      ]);
      await store.closeInputs([id], 1);
      await store.change(idsOf(await store.recipients(id)).map((sms): SmsChange => ({ id: sms, stage: 'done' })));
    };
    await finish('with a key', 5, { key: 'k' });
    for (const [place, id] of ['a', 'b', 'c', 'd', 'e', 'f'].entries()) {
      await finish(id, 4);
      should((await store.inputs(['a', 'b', 'c', 'd', 'e', 'f'])).length).equal(Math.min(place + 1, 2));
    }
    should((await store.inputs(['with a key', 'd', 'e', 'f'])).map(({ id }) => id)).eql(['with a key', 'e', 'f']);
    should(await store.recipients('d')).be.empty();
  });

  it('forgets nothing that isn’t over to make room', async () => {
    const store = new MemoryStore({ random: () => 0, mostFinished: 1 });
    await store.open();
    for (const id of ['a', 'b']) {
      await store.take([taking(id, [{}, {}])]);
      await store.closeInputs([id], 1);
    }
    should(await store.recipients('a')).have.length(2);
    should(await store.recipients('b')).have.length(2);
  });

  it('answers at once however many SMS wait behind a closed port set', async () => {
    const store = await opened();
    const stuck = Array.from({ length: 50_000 }, (_, index) => ({ ports: [3], number: `+49${index}` }));
    await store.take([taking('stuck', stuck), taking('free', [{ ports: [0] }])]);
    // Going through 50,000 SMS as often as this would take minutes.
    for (let asked = 0; asked < 2000; asked++) {
      const found = await store.waiting(query({ limit: 1, closedPortSets: new Set(['3']) }));
      should(found[0]?.input).equal('free');
    }
  });

  it('brings 3,000 SMS to their end, each once', async () => {
    const store = await opened();
    should(await broughtToTheirEnd(store, 3)).equal(3000);
  });
});
