import should from 'should';
import { DigestNotes } from '../../../../lib/runtime/gateways/DigestNotes';
import { MemoryStore, StoreUnavailable } from '../../../../lib/store';

const [one, other] = ['http://192.168.1.1/', 'http://192.168.1.2/'];

describe('that a gateway has asked for Digest', () => {
  it('is known by its address, also to another process with the same store', async () => {
    const store = new MemoryStore({ random: Math.random });
    await store.open();
    const notes = new DigestNotes(() => store);
    should(await notes.lookUp(one)).be.false();
    notes.add(one);
    notes.add(one);
    should([notes.has(one), notes.has(other)]).eql([true, false]);
    const later = new DigestNotes(() => store);
    should(later.has(one)).be.false();
    should([await later.lookUp(one), later.has(one), await later.lookUp(other)]).eql([true, true, false]);
  });

  it('is known to this process also where nothing can be stored or read', async () => {
    const away = (): Promise<never> => Promise.reject(new StoreUnavailable('the disk is away'));
    const notes = new DigestNotes(() => ({ notes: away, putNotes: away }));
    should(await notes.lookUp(one)).be.false();
    notes.add(one);
    should(await notes.lookUp(one)).be.true();
    const none = new DigestNotes(() => undefined);
    none.add(other);
    should(await none.lookUp(other)).be.true();
  });
});
