import should from 'should';
import { recover } from '../../../lib/messaging/recovery';
import type { Member } from '../../../lib/messaging/SharedGateways';
import type { Outcomes } from '../../../lib/messaging/sms/outcome/Outcomes';
import { MemoryStore, noteKeys, type StoredInput, StoreUnavailable } from '../../../lib/store';
import { FakeClock, settled } from '../../support/FakeClock';
import { SETTINGS } from '../../support/gatewaySettings';
import { take } from '../store/conformance/given';

/** The one that `take` gives SMS to. */
const NODE = 'g1';

describe('a config node whose gateway comes up', () => {
  let clock: FakeClock;
  let store: MemoryStore;
  let end: AbortController;
  /** What the gateway was told, and what failed. */
  let told: string[];
  let reviewed: StoredInput[][];
  let members: Set<string>;
  let untilReady: () => Promise<void>;
  let reviewMany: (inputs: readonly StoredInput[]) => Promise<void>;

  beforeEach(async () => {
    clock = new FakeClock();
    store = new MemoryStore({ random: () => 0 });
    await store.open();
    end = new AbortController();
    [told, reviewed, members] = [[], [], new Set()];
    untilReady = async () => undefined;
    reviewMany = async (inputs) => void reviewed.push([...inputs]);
  });

  const start = (address = 'http://a/'): Promise<void> => {
    const member: Member = {
      ...{ id: NODE, address, rank: 0, wiring: '', settings: SETTINGS },
      createClient: () => undefined as never,
    };
    const gateway = {
      members,
      isOurs: true,
      admit: async (id: string) => {
        told.push(`admit ${id}`);
        members.add(id);
      },
      sms: { abandon: async (id: string) => void told.push(`abandon ${id}`) },
    };
    return recover(member, gateway as never, {
      store,
      clock,
      outcomes: { reviewMany: (inputs: readonly StoredInput[]) => reviewMany(inputs) } as unknown as Outcomes,
      collecting: { inherit: async () => undefined },
      flows: { untilReady: () => untilReady() },
      signal: end.signal,
      onError: ({ message }, ids) => void told.push(`${message} (${ids})`),
    });
  };
  const noted = async (): Promise<string | undefined> =>
    (await store.notes([noteKeys.gatewayAddress(NODE)])).get(noteKeys.gatewayAddress(NODE));

  it('gives it its SMS when the flows run, and not before', async () => {
    let run: () => void = () => undefined;
    untilReady = () =>
      new Promise((resolve) => {
        run = resolve;
      });
    const done = start();
    await settled();
    should(told).be.empty();
    run();
    await done;
    should(told).eql(['admit g1']);
    should(await noted()).equal('http://a/');
  });

  it('leaves to the former address what the gateway there has, and only where that was another', async () => {
    await start();
    await start();
    should(told).eql(['admit g1', 'admit g1']);
    await start('http://b/');
    should(told.slice(2)).eql(['abandon g1', 'admit g1']);
    should(await noted()).equal('http://b/');
  });

  it('writes its address down once', async () => {
    let writes = 0;
    const putNotes = store.putNotes.bind(store);
    store.putNotes = (notes) => {
      writes += 1;
      return putNotes(notes);
    };
    await start();
    await start();
    should(writes).equal(1);
  });

  it('waits for a store that is away, says so once, and gives nothing up', async () => {
    const notes = store.notes.bind(store);
    store.notes = () => Promise.reject(new StoreUnavailable('away'));
    const done = start();
    await clock.advance(4999);
    should(told).eql(['away (g1)']);
    await clock.advance(60_000);
    should(told).eql(['away (g1)']);
    store.notes = notes;
    await clock.advance(5000);
    await done;
    should(told).eql(['away (g1)', 'admit g1']);
  });

  it('tries nothing again after a mistake of our own', async () => {
    store.notes = () => Promise.reject(new TypeError('a mistake'));
    await should(start()).be.rejectedWith('a mistake');
    should(told).be.empty();
  });

  it('waits for nothing when it is gone: neither for flows nor for a store, and its SMS go nowhere', async () => {
    untilReady = () => new Promise(() => undefined);
    const early = start();
    end.abort();
    await early;
    end = new AbortController();
    untilReady = async () => undefined;
    store.notes = () => Promise.reject(new StoreUnavailable('away'));
    const later = start();
    await clock.advance(1000);
    end.abort();
    await later.catch(() => undefined);
    should(told).eql(['away (g1)']);
    should(clock.running).equal(0);
  });

  it('that is gone while its address is written down gets no SMS', async () => {
    const putNotes = store.putNotes.bind(store);
    store.putNotes = async (all) => {
      await putNotes(all);
      end.abort();
    };
    await start();
    should(told).be.empty();
  });

  describe('looks at the inputs that a restart has left', () => {
    const leave = async (count: number): Promise<string[]> => {
      const ids = Array.from({ length: count }, (_, place) => `i${String(place).padStart(4, '0')}`);
      for (const id of ids) await take(store, id, [{}]);
      return ids;
    };

    it('all of them, once, 128 in one go with a pause for others', async () => {
      const ids = await leave(300);
      await start();
      await settled();
      should(reviewed.map(({ length }) => length)).eql([128]);
      await clock.advance(4);
      should(reviewed).have.length(1);
      await clock.advance(6);
      should(reviewed.map(({ length }) => length)).eql([128, 128, 44]);
      should(reviewed.flat().map(({ id }) => id)).eql(ids);
      should(clock.running).equal(0);
    });

    it('not again when a deploy comes, and no longer when the node is gone', async () => {
      await leave(300);
      await start();
      await settled();
      members.delete(NODE);
      await clock.advance(1000);
      should(reviewed).have.length(1);
      members.add(NODE);
      await start();
      await clock.advance(1000);
      should(reviewed).have.length(1);
    });

    it('and nobody waits for that: what it fails with is said', async () => {
      await leave(1);
      reviewMany = () => Promise.reject(new Error('no outcome'));
      await start();
      await settled();
      should(told).eql(['admit g1', 'no outcome (g1)']);
    });
  });
});
