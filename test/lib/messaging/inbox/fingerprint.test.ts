import should from 'should';
import type { IncomingSms } from '../../../../lib/gateway-api';
import { type Fingerprint, fingerprintOf, lengthOf, likeness } from '../../../../lib/messaging/inbox/fingerprint';

const SMS: IncomingSms = {
  ...{ incoming_sms_id: 1, port: 2, number: '+43664', smsc: '', text: 'Hello', timestamp: '2024-01-15 12:00:00' },
};
const print = (more: Partial<IncomingSms> = {}, pushed = false): Fingerprint =>
  fingerprintOf({ id: 1, sms: { ...SMS, ...more } }, pushed);
const unreadable = (): Fingerprint => fingerprintOf({ id: 1 });
/** What `now`, by the list, is to what is known. */
const listed = (known: Fingerprint, now: Partial<IncomingSms> = {}) => likeness(known, print(now));
const pushed = (known: Fingerprint, now: Partial<IncomingSms> = {}) => likeness(known, print(now, true));

describe('what tells a record from another one that has its id', () => {
  it('is number, text, port and time', () => {
    should(listed(print())).equal('same');
    for (const other of [{ number: '+43665' }, { text: 'hello' }, { port: 3 }, { timestamp: '2024-01-15 12:00:01' }])
      should(listed(print(), other)).equal('different');
  });

  it('is not how a number is written', () => {
    for (const number of ['0043664', '43664', '+43 664', '0043-664']) should(listed(print(), { number })).equal('same');
    should(listed(print({ number: '430043' }), { number: '4343' })).equal('different');
  });

  it('is a sender’s name as it is, but for blanks around it', () => {
    should(listed(print({ number: 'INFO' }), { number: ' INFO ' })).equal('same');
    should(listed(print({ number: 'INFO' }), { number: 'info' })).equal('different');
  });

  it('is not what a text’s way through a gateway adds', () => {
    for (const [one, other] of [
      ['a\nb', 'a\rb'],
      ['a\nb', 'a\r\nb'],
      ['a b', 'a\0b'],
      ['a', 'a \0'],
      ['<&>', '&lt;&AMP;&gt;'],
      ['it’s "it\'s"', 'it’s &quot;it&#39;s&quot;'],
      ['\u20ac', '\\u20aC'],
      ['\u00fc', 'u\u0308'],
    ] as const)
      should(listed(print({ text: one }), { text: other })).equal('same');
    should(listed(print({ text: 'a b' }), { text: 'ab' })).equal('different');
    should(listed(print({ text: 'a' }), { text: ' a' })).equal('different');
  });

  it('is a time that can’t be read as it stands', () => {
    const odd = { timestamp: 'yesterday' };
    should(print(odd).time).equal(0);
    should(listed(print(odd), odd)).equal('same');
    should(listed(print(odd), { timestamp: 'today' })).equal('different');
    should(listed(print({ timestamp: undefined }), { timestamp: undefined })).equal('same');
    should(print().time).equal(Date.UTC(2024, 0, 15, 12) / 1000);
  });

  it('is nothing of one that can’t be read: that is the same as long as it can’t', () => {
    should(likeness(unreadable(), unreadable())).equal('same');
    should(listed(unreadable())).equal('different');
    should(likeness(print(), unreadable())).equal('different');
    should(unreadable()).eql({ content: '', time: 0, pushed: false });
  });

  it('is kept in few characters', () => {
    const { content, parts } = print({ text: 'x'.repeat(1000) });
    should([content, ...(parts ?? [])].map(({ length }) => length)).eql([10, 6, 6]);
  });
});

describe('a push and the list, which tell of one SMS', () => {
  const late = (seconds: number) => ({ timestamp: `2024-01-15 12:00:${String(seconds).padStart(2, '0')}` });

  it('may name times 15 seconds apart, whichever came first; two pushes may not, nor two lists', () => {
    should([listed(print({}, true), late(15)), pushed(print(), late(15))]).eql(['same', 'same']);
    should([listed(print({}, true), late(16)), pushed(print(), late(16))]).eql(['different', 'different']);
    should([pushed(print({}, true), late(1)), listed(print(), late(1))]).eql(['different', 'different']);
  });

  it('may tell it in other words: what the list says counts', () => {
    for (const other of [{ text: 'x' }, { number: '1' }, { port: 5 }]) {
      should(listed(print({}, true), other)).equal('retold');
      should(pushed(print(), other)).equal('same');
      should(pushed(print({}, true), other)).equal('different');
      should(listed(print(), other)).equal('different');
    }
  });

  it('tell of two where nothing but the second is the same, or not even that', () => {
    should(listed(print({}, true), { text: 'x', number: '1' })).equal('different');
    should(listed(print({}, true), { text: 'x', ...late(1) })).equal('different');
    const timeless = { timestamp: 'yesterday' };
    should(listed(print(timeless, true), { ...timeless, text: 'x' })).equal('different');
  });

  it('are believed by the second alone where an earlier version has noted no more', () => {
    const { parts: _, ...former } = print({}, true);
    should(listed(former, { text: 'x', number: '1' })).equal('retold');
    const { parts: __, ...now } = print({ text: 'x', number: '1' });
    should(likeness(print({}, true), now)).equal('retold');
  });
});

describe('what an SMS takes where it is kept', () => {
  it('counts whatever fields it has', () => {
    should(lengthOf(SMS)).equal(JSON.stringify(SMS).length);
    should(lengthOf({ ...SMS, invented: 'x'.repeat(100) } as IncomingSms)).be.above(lengthOf(SMS) + 100);
  });
});
