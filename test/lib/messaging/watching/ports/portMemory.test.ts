import should from 'should';
import { type Notes, PortMemory } from '../../../../../lib/messaging/watching/ports/PortMemory';
import { MemoryStore } from '../../../../../lib/store';

const KEY = 'watch';

describe('what a watch has told of each port', () => {
  let store: MemoryStore;
  let writes: number;
  beforeEach(async () => {
    store = new MemoryStore({ random: () => 0 });
    await store.open();
    writes = 0;
    const putNotes = store.putNotes.bind(store);
    store.putNotes = (notes) => {
      writes += 1;
      return putNotes(notes);
    };
  });

  const memoryOf = (
    question = { info: ['reg', 'signal'] } as { info: string[]; ports?: number[] },
    notes: Notes = store,
  ) => new PortMemory(notes, KEY, question);
  const keep = async (...ports: number[]): Promise<void> => {
    const memory = memoryOf();
    for (const port of ports) memory.set({ port, reg: 'REGISTER_OK' });
    await memory.keep();
  };
  const recalled = async (memory: PortMemory) => {
    await memory.recall();
    return memory.ports && [...memory.ports.values()];
  };

  it('is nothing at first, and what was kept at the next start', async () => {
    should(await recalled(memoryOf())).be.undefined();
    await keep(1, 2);
    should(await recalled(memoryOf())).eql([
      { port: 1, reg: 'REGISTER_OK' },
      { port: 2, reg: 'REGISTER_OK' },
    ]);
    should(await recalled(memoryOf({ info: ['signal', 'reg'] }))).have.length(2);
  });

  it('is nothing when another question was asked then', async () => {
    await keep(1);
    should(await recalled(memoryOf({ info: ['reg'] }))).be.undefined();
    should(await recalled(memoryOf({ info: ['reg', 'signal'], ports: [1] }))).be.undefined();
  });

  it('is written down only when it has changed', async () => {
    const memory = memoryOf();
    await memory.keep();
    should(writes).equal(0);
    memory.set({ port: 1 });
    await memory.keep();
    await memory.keep();
    should(writes).equal(1);
    memory.set({ port: 1, reg: 'UNREGISTER' });
    await memory.keep();
    should(writes).equal(2);
  });

  it('is tried again where it couldn’t be written, and nothing where it can’t be read', async () => {
    const memory = memoryOf();
    memory.set({ port: 1 });
    const { putNotes } = store;
    store.putNotes = () => Promise.reject(new Error('full'));
    await memory.keep();
    store.putNotes = putNotes;
    await memory.keep();
    should(writes).equal(1);
    should(await recalled(memoryOf())).eql([{ port: 1 }]);
    const away = { ...store, notes: () => Promise.reject(new Error('away')) } as unknown as Notes;
    should(await recalled(memoryOf(undefined, away))).be.undefined();
  });

  it('is read once', async () => {
    await keep(1);
    let reads = 0;
    const notes = (keys: string[]) => {
      reads += 1;
      return store.notes(keys);
    };
    const counted = { notes, putNotes: store.putNotes };
    const memory = memoryOf(undefined, counted as unknown as Notes);
    await Promise.all([memory.recall(), memory.recall()]);
    should(reads).equal(1);
  });
});
