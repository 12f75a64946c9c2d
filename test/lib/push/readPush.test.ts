import should from 'should';
import type { Oddity } from '../../../lib/gateway-api';
import { PushError, readPush } from '../../../lib/push';

const sms = { incoming_sms_id: 1, port: 0, number: '6717', smc: '', timestamp: '2016-07-12 15:46:18', text: 'test' };

describe('push: a body', () => {
  it('may hold several kinds; each record is an event, in the order of the body', () => {
    const events = readPush({
      ussd: [
        { port: 1, text: 'one' },
        { port: 2, text: 'two' },
      ],
      sn: 'da00',
      sms,
      news: ['a', { b: 1 }],
    });
    should(events.map(({ topic, sn }) => `${topic} ${sn}`)).deepEqual(
      ['ussd', 'ussd', 'sms', 'news', 'news'].map((topic) => `${topic} da00`),
    );
    should(events.map(({ kind }) => kind)).deepEqual(['ussd', 'ussd', 'sms', 'other', 'other']);
    should(events.map(({ payload }) => payload).slice(-2)).deepEqual(['a', { b: 1 }]);
  });

  it('may hold an array or a single record under any key', () => {
    const call = { time: '2016-07-12 02:54:08', port: 1, number: '6717' };
    should(readPush({ missed_call: [call, call] })).have.length(2);
    should(readPush({ sms })).match([{ kind: 'sms', payload: { text: 'test', port: 0 } }]);
    should(readPush({ sms: [] })).be.empty();
    for (const nothing of [null, '', ' ']) should(readPush({ sms: nothing })).be.empty();
    should(readPush({ sms: { 0: sms, 1: sms } }).map(({ kind }) => kind)).deepEqual(['sms', 'sms']);
    should(readPush({ news: null })).deepEqual([{ kind: 'other', topic: 'news', payload: null }]);
  });

  it('has its keys in any capitals, with blanks for underscores, and loses none of two that are the same', () => {
    const body = { SN: 'da00', 'SMS Result': [{ number: '1', status: 'SENT_OK' }], Sms: sms, sms, ' News ': 1 };
    should(readPush(body).map(({ topic, sn }) => `${topic} ${sn}`)).deepEqual(
      ['sms_result', 'sms', 'sms', 'News'].map((topic) => `${topic} da00`),
    );
  });

  it('with an object of too many records is refused as an array of them is', () => {
    const many = Object.fromEntries(Array.from({ length: 1001 }, (_, place) => [`r${place}`, sms]));
    should(() => readPush({ sms: many })).throw(PushError, { message: /1001 records/ });
  });

  it('is no event when there is nothing in it but the serial number', () => {
    should(readPush('{}')).be.empty();
    should(readPush('{"sn":"da00-0030-1901-2817"}')).be.empty();
  });

  it('may be text, bytes, or parsed already by Node-RED', () => {
    const text = '{"sn":"da00","ussd":[{"port":1,"text":"Grüße 😀"}]}';
    const expected = readPush(text);
    should(expected).match([{ kind: 'ussd', sn: 'da00', payload: { text: 'Grüße 😀' } }]);
    should(readPush(Buffer.from(text))).deepEqual(expected);
    should(readPush(Buffer.from(`\ufeff${text}`))).deepEqual(expected);
    should(readPush(JSON.parse(text))).deepEqual(expected);
  });

  it('may be untidy: trailing commas, spaces in keys, numbers as text', () => {
    const events = readPush('{" sn":"da00", "ussd ":[{" port":"1","text":"hi",},],}');
    should(events).match([{ kind: 'ussd', topic: 'ussd', sn: 'da00', payload: { port: 1, text: 'hi' } }]);
    should(readPush({ ' sn ': 7, ' ussd': { port: '1', text: 'hi' } })).match([{ kind: 'ussd', sn: '7' }]);
  });

  it('may lack a serial number, or have a useless one', () => {
    for (const sn of [undefined, null, '', '  ', {}, ['x'], true]) {
      should(readPush({ sn, sms })[0]).not.have.property('sn');
    }
  });

  it('keeps fields that nobody knows, and reads <NULL> as what is absent', () => {
    const record = {
      port: 0,
      iccid: '<NULL>',
      imsi: '<NULL>',
      number: '',
      status: 'down',
      sequence: 4,
      slot: 1,
      later: 'x',
    };
    const [event] = readPush({ register: [record] });
    should(event).match({ kind: 'register', payload: { sequence: 4, slot: 1, later: 'x', port: 0 } });
    should(JSON.stringify(event)).not.containEql('NULL');
  });

  it('keeps the sisters of a record that cannot be read, and the record as it came', () => {
    const events = readPush({
      sms: [{ ...sms, text: 'first' }, { text: 'no id' }, 'text', null, [sms], { ...sms, text: 'last' }],
    });
    should(events.map(({ kind }) => kind)).deepEqual([
      'sms',
      'malformed',
      'malformed',
      'malformed',
      'malformed',
      'sms',
    ]);
    should(events.every(({ topic }) => topic === 'sms')).be.true();
    should(events[1]).match({ payload: { text: 'no id' }, malformed: /incoming_sms_id/ });
    should(events[2]).match({ payload: 'text', malformed: 'not an object' });
    should(events[4]?.payload).deepEqual([sms]);
  });

  it('says what cannot be read in it, by kind and fault, so that it is told once', () => {
    const told: Oddity[] = [];
    readPush({ sms: [{ text: 'no id' }, { text: 'none either' }, sms] }, { onOddity: (oddity) => told.push(oddity) });
    should(told).have.length(2);
    for (const { key, text } of told) {
      should(text).match(/^The gateway sent .+ \(pushed\) that can't be read .*incoming_sms_id/);
      should(key).equal(told[0]?.key).and.not.containEql('pushed');
    }
  });

  it('may be 32 levels deep, and no deeper', () => {
    const nested = (levels: number): string => `${'{"news":'.repeat(levels)}1${'}'.repeat(levels)}`;
    should(readPush(nested(32))).have.length(1);
    should(() => readPush(nested(33))).throw(PushError, { code: 'BAD_BODY', message: /deeper than 32 levels/ });
  });

  it('that cannot be mended is refused, quoting nothing of it', () => {
    const bodies = [
      '',
      'null',
      '[]',
      '"sms"',
      '<html>secret</html>',
      '{"sms":[{"text":"secret',
      undefined,
      null,
      7,
      [],
      Buffer.from('hello'),
    ];
    for (const body of bodies) {
      should(() => readPush(body)).throw(PushError, { code: 'BAD_BODY', message: /^the body is not / });
    }
    for (const broken of ['{"sms":[{"text":"secret', '<html>secret</html>']) {
      should(() => readPush(broken)).throw({ name: 'PushError', message: /^the body is not JSON((?!secret).)*$/ });
    }
  });
});
