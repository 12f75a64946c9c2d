import should from 'should';
import { type CanaryOnAir, CanaryState } from '../../../../lib/messaging/canary/CanaryState';
import { CanaryMarks } from '../../../../lib/messaging/canary/mark';
import { MemoryStore, noteKeys } from '../../../../lib/store';
import { FakeClock } from '../../../support/FakeClock';

const ADDRESS = 'http://gateway/';
const onAir: CanaryOnAir = { id: 'abcdefgh', input: 'i1', gateway: 'g1', from: 0, to: 2 };

/** A store that can't be read, or written, for a while. */
class FailingStore extends MemoryStore {
  reads = 0;
  isReadable = true;
  isWritable = true;

  override notes(...given: Parameters<MemoryStore['notes']>) {
    this.reads += 1;
    return this.isReadable ? super.notes(...given) : Promise.reject(new Error('the disk is gone'));
  }

  override putNotes(...given: Parameters<MemoryStore['putNotes']>) {
    return this.isWritable ? super.putNotes(...given) : Promise.reject(new Error('the disk is full'));
  }
}

describe('what is kept of test SMS', () => {
  let store: FailingStore;
  let clock: FakeClock;
  let state: CanaryState;
  beforeEach(async () => {
    store = new FailingStore({ random: Math.random });
    await store.open();
    clock = new FakeClock();
    state = new CanaryState(store, clock, ADDRESS);
  });
  /** Another process with the same store. */
  const restarted = async (): Promise<CanaryState> => {
    const next = new CanaryState(store, clock, ADDRESS);
    await next.load();
    return next;
  };

  it('is unknown before it is loaded, and nothing where there was none', async () => {
    should(state.known).be.undefined();
    should(state.age).be.undefined();
    await state.load();
    should(state.known).eql({ failures: 0 });
    should(state.age).be.undefined();
  });

  it('is read once, however often it is wanted, and anew after another machine has gone on with it', async () => {
    await Promise.all([state.load(), state.load()]);
    await state.load();
    should(store.reads).equal(1);
    state.forget();
    should(state.known).be.undefined();
    await state.load();
    should(store.reads).equal(2);
    should(state.known).eql({ failures: 0 });
  });

  it('is read again the next time where the store couldn’t be read', async () => {
    store.isReadable = false;
    await should(state.load()).be.rejectedWith(/the disk is gone/);
    should(state.known).be.undefined();
    await should(state.load()).be.rejectedWith(/the disk is gone/);
    store.isReadable = true;
    await state.load();
    should(state.known).eql({ failures: 0 });
  });

  it('is there for the next process: which one is under way, and how long ago it began', async () => {
    await state.load();
    await state.begin(onAir);
    await clock.advance(5000);
    should(state.age).equal(5000);
    const next = await restarted();
    should(next.known).eql({
      ...{ failures: 0, began: clock.now() - 5000 },
      ...{ last: { from: 0, to: 2, id: 'abcdefgh' }, onAir },
    });
    should(next.age).equal(5000);
    await clock.advance(1000);
    should(next.age).equal(6000);
  });

  it('lets no time pass where the clock was set back, and counts by no wall clock while the process lives', async () => {
    await state.load();
    await state.begin(onAir);
    clock.step(-3_600_000);
    await clock.advance(1000);
    should(state.age).equal(1000);
    should((await restarted()).age).equal(0);
  });

  it('has no test SMS under way where that couldn’t be kept', async () => {
    await state.load();
    store.isWritable = false;
    await should(state.begin(onAir)).be.rejectedWith(/the disk is full/);
    should(state.known).eql({ failures: 0 });
    should(state.age).be.undefined();
  });

  it('counts at once when a part of it changes, also where that can’t be kept', async () => {
    await state.load();
    await state.begin(onAir);
    await state.change({ onAir: undefined, isUnsent: true });
    const next = await restarted();
    should(next.known).match({ failures: 0, isUnsent: true });
    should(next.known?.onAir).be.undefined();
    store.isWritable = false;
    const changed = state.change({ failures: 2 });
    should(state.known?.failures).equal(2);
    await should(changed).be.rejectedWith(/the disk is full/);
    should(state.known?.failures).equal(2);
  });

  it('forgets with the next one that the last never left', async () => {
    await state.load();
    await state.begin(onAir);
    await state.change({ onAir: undefined, isUnsent: true });
    await state.begin({ ...onAir, id: 'zzzzzzzz' });
    should(state.known).not.have.property('isUnsent');
    should((await restarted()).known).match({ last: { id: 'zzzzzzzz' } });
  });

  it('is another gateway’s at another address', async () => {
    await state.load();
    await state.begin(onAir);
    const other = new CanaryState(store, clock, 'http://other/');
    await other.load();
    should(other.known).eql({ failures: 0 });
    should((await store.notes([noteKeys.canary(ADDRESS)])).size).equal(1);
  });

  describe('of the key by which they are known', () => {
    it('is read again the next time where the store couldn’t be read', async () => {
      const marks = new CanaryMarks(store);
      store.isReadable = false;
      await should(marks.load()).be.rejectedWith(/the disk is gone/);
      should(() => marks.textOf('abcdefgh')).throw(/not loaded/);
      // An SMS that comes in meanwhile is told as others are.
      await marks.prepareFor([{ text: 'Test SMS from SIM to SIM, please ignore: abcdefgh-0123456789ab' }]);
      store.isReadable = true;
      await marks.load();
      should(marks.idOf({ text: marks.textOf('abcdefgh') })).equal('abcdefgh');
    });
  });
});
