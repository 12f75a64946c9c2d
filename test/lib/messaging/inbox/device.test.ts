import should from 'should';
import { Device } from '../../../../lib/messaging/inbox/Device';
import { MemoryStore } from '../../../../lib/store';

describe('the device at a gateway’s address', () => {
  let store: MemoryStore;
  beforeEach(async () => {
    store = new MemoryStore({ random: () => 0 });
    await store.open();
  });
  const at = (address = 'http://a/'): Device => new Device(store, address);

  it('has its address for a name until something better is known', async () => {
    should(await at().name(undefined)).equal('http://a/');
    should(await at().name(' ')).equal('http://a/');
  });

  it('has the name that is set, however it is written, and rather the one that its replies say', async () => {
    const device = at();
    should(await device.name(' DA-1 ')).equal('da-1');
    await device.says(' Da-2 ');
    should(await device.name('da-1')).equal('da-2');
  });

  it('keeps what its replies have said, also over a restart, each address for itself', async () => {
    await at().says('da-2');
    should(await at().name('da-1')).equal('da-2');
    should(await at('http://b/').name(undefined)).equal('http://b/');
  });

  it('isn’t renamed by a reply that names nobody, and written down only when it is another one', async () => {
    let writes = 0;
    const putNotes = store.putNotes.bind(store);
    store.putNotes = (notes) => {
      writes += 1;
      return putNotes(notes);
    };
    const device = at();
    for (const sn of ['da-2', 'DA-2', '', ' ']) await device.says(sn);
    should(await device.name(undefined)).equal('da-2');
    should(writes).equal(1);
  });

  it('is known as soon as the store can be read again, and isn’t another one before it is written down', async () => {
    await at().says('da-2');
    const { notes, putNotes } = store;
    store.notes = () => Promise.reject(new Error('away'));
    const device = at();
    await should(device.name(undefined)).be.rejectedWith('away');
    store.notes = notes;
    should(await device.name(undefined)).equal('da-2');
    store.putNotes = () => Promise.reject(new Error('full'));
    await should(device.says('da-3')).be.rejectedWith('full');
    should(await device.name(undefined)).equal('da-2');
    store.putNotes = putNotes;
    await device.says('da-3');
    should(await device.name(undefined)).equal('da-3');
  });
});
