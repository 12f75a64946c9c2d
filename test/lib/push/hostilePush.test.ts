import fc from 'fast-check';
import should from 'should';
import { PushError, readPush } from '../../../lib/push';

const KNOWN = [
  'sms',
  'sms_result',
  'sms_deliver_status',
  'ussd',
  'register',
  'missed_call',
  'cdr',
  'device',
  'exception_info',
];

const isRecord = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isNothing = (held: unknown): boolean => held === null || (typeof held === 'string' && held.trim() === '');
const isObjectOfRecords = (held: unknown): held is object =>
  isRecord(held) && Object.keys(held).length > 0 && Object.values(held).every(isRecord);

describe('push: a hostile body', () => {
  it('with the keys of prototypes is read like every other, and changes nothing', () => {
    const body =
      '{"__proto__":{"port":1},"constructor":{"prototype":{"port":1}},"toString":"x","sms":[{"__proto__":{"port":1}}]}';
    const events = readPush(body);
    should(events.map(({ topic }) => topic)).deepEqual(['__proto__', 'constructor', 'toString', 'sms']);
    should(events.map(({ kind }) => kind)).deepEqual(['other', 'other', 'other', 'malformed']);
    should(({} as Record<string, unknown>).port).be.undefined();
  });

  it('of nothing but brackets is refused, not recursed into', () => {
    const depth = 100_000;
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      const bomb = `{"sms":${open.repeat(depth)}1${close.repeat(depth)}}`;
      should(() => readPush(bomb)).throw(PushError);
      should(() => readPush(`{"sms":${open.repeat(depth)}`)).throw(PushError);
    }
    should(readPush(`{"news":${'[{"a":'.repeat(15)}1${'}]'.repeat(15)}}`)).have.length(1);
  });

  it('of more than 1,000 records is turned away whole, whatever their kinds', () => {
    const zeros = (count: number): string => `[${'0,'.repeat(count)}]`;
    should(readPush(`{"sms":${zeros(500)},"news":${zeros(499)},"device":{}}`)).have.length(1000);
    for (const body of [`{"sms":${zeros(1001)}}`, `{"sms":${zeros(500)},"news":${zeros(501)}}`])
      should(() => readPush(body)).throw(PushError, { code: 'TOO_MANY', message: /1001 records, more than 1000/ });
    const keys = Array.from({ length: 1001 }, (_, place) => `"k${place}":0`);
    should(() => readPush(`{${keys.join()}}`)).throw(PushError, { code: 'TOO_MANY' });
  });

  it('of more than 1,000 keys is turned away whole, though each holds nothing, and so is an object of more than 5,000 fields', () => {
    const keys = (count: number, value: string): string =>
      `{${Array.from({ length: count }, (_, place) => `"k${place}":${value}`).join()}}`;
    should(readPush(keys(1000, '[]'))).be.empty();
    should(() => readPush(keys(1001, '[]'))).throw(PushError, { code: 'TOO_MANY', message: /1001 records/ });
    const [event] = readPush(`{"ussd":[{"port":1,"text":"x","more":${keys(5000, '1')}}]}`);
    should(event?.kind).equal('ussd');
    for (const body of [`{"ussd":[${keys(5001, '1')}]}`, `{"ussd":[{"port":1,"text":"x","more":${keys(5001, '1')}}]}`])
      should(() => readPush(body)).throw(PushError, { code: 'TOO_MANY', message: /5001 fields, more than 5000/ });
  });

  it('may have a longer list inside a record: that is neither a list of records nor of fields', () => {
    should(readPush(`{"ussd":[{"port":1,"text":"x","more":[${'0,'.repeat(6000)}0]}]}`)).have.length(1);
  });

  it('of any JSON at all gives an event a record, and never another error than its own', () => {
    const key = fc.oneof(
      fc.constantFrom(...KNOWN),
      fc.constantFrom(...KNOWN),
      fc.constantFrom('sn', ' sn', 'valueOf'),
      fc.string(),
    );
    const fields = fc.dictionary(
      fc.oneof(
        fc.constantFrom('port', 'number', 'text', 'time', 'timestamp', 'status', 'ref_id', 'incoming_sms_id'),
        fc.string(),
      ),
      fc.oneof(fc.constantFrom(0, '1', '2016-07-12 15:46:18', 'DELIVERED', '<NULL>'), fc.jsonValue({ maxDepth: 2 })),
    );
    const value = fc.oneof(
      fields,
      fc.array(fc.oneof(fields, fc.jsonValue({ maxDepth: 2 })), { maxLength: 4 }),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(
        fc.dictionary(key, value, { maxKeys: 6 }),
        fc.constantFrom('UTC', 'Europe/Berlin', undefined),
        (body, timezone) => {
          const expected = Object.entries(body).flatMap(([name, held]) => {
            const plain = name.trim().replace(/\s+/g, '_').toLowerCase();
            const topic = KNOWN.includes(plain) ? plain : name.trim();
            if (plain === 'sn' || (KNOWN.includes(topic) && isNothing(held))) return [];
            if (KNOWN.includes(topic) && isObjectOfRecords(held)) return Object.keys(held).map(() => topic);
            return Array.isArray(held) ? held.map(() => topic) : [topic];
          });
          should(readPush(body, { timezone }).map(({ topic }) => topic)).deepEqual(expected);
          should(readPush(JSON.stringify(body), { timezone })).have.length(expected.length);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('of any text or bytes is read or refused, never a crash', () => {
    const broken = fc
      .tuple(fc.json(), fc.nat(200), fc.nat(200))
      .map(([json, from, length]) => `{"sms":${json}}`.slice(from % 7, from % 7 ? undefined : length));
    fc.assert(
      fc.property(fc.oneof(fc.string(), broken, fc.uint8Array(), fc.anything()), (body) => {
        try {
          should(readPush(body)).be.an.Array();
        } catch (error) {
          should(error).be.instanceOf(PushError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
