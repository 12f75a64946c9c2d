import should from 'should';
import { CanaryMarks } from '../../../../lib/messaging/canary/mark';
import { countSegments } from '../../../../lib/sms-text';
import { MemoryStore } from '../../../../lib/store';

describe('the mark of a test SMS', () => {
  let store: MemoryStore;
  let marks: CanaryMarks;
  beforeEach(async () => {
    store = new MemoryStore({ random: Math.random });
    await store.open();
    marks = new CanaryMarks(store);
    await marks.load();
  });

  it('is known again, by another process with the same store, too', async () => {
    const id = marks.createId(Math.random);
    const text = marks.textOf(id);
    const others = new CanaryMarks(store);
    await others.load();
    should(others.idOf({ text })).equal(id);
    should(others.idOf({ text: ` ${text}\r\n` })).equal(id);
  });

  it('is one segment of GSM 7 bit', () => {
    should(countSegments(marks.textOf(marks.createId(() => 0.999)), 'gsm-7bit').segments).equal(1);
  });

  it('can be made by nobody else: neither by a word nor by another store', async () => {
    const elsewhere = new MemoryStore({ random: Math.random });
    await elsewhere.open();
    const foreign = new CanaryMarks(elsewhere);
    await foreign.load();
    const id = marks.createId(Math.random);
    const text = marks.textOf(id);
    should(marks.idOf({ text: foreign.textOf(id) })).be.undefined();
    const proof = text.slice(-1);
    should(marks.idOf({ text: `${text.slice(0, -1)}${proof === '0' ? '1' : '0'}` })).be.undefined();
    should(marks.idOf({ text: `${text} ALARM` })).be.undefined();
    should(marks.idOf({ text: 'Test SMS from SIM to SIM, please ignore:' })).be.undefined();
  });

  it('vouches for its own id alone: from one that was seen none can be made for the next', async () => {
    const seen = marks.textOf('aaaaaaaa');
    should(marks.idOf({ text: seen.replace('aaaaaaaa', 'aaaaaaab') })).be.undefined();
  });

  it('is unknown until the key is there: then an SMS is told rather than passed over', async () => {
    const text = marks.textOf('abcdefgh');
    const late = new CanaryMarks(store);
    should(late.idOf({ text })).be.undefined();
    await late.prepareFor([{ text: 'Hello' }]);
    should(late.idOf({ text })).be.undefined();
    await late.prepareFor([{ text: 'Hello' }, { text }]);
    should(late.idOf({ text })).equal('abcdefgh');
  });
});
