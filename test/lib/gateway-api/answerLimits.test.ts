import should from 'should';
import { capLists, flatten } from '../../../lib/gateway-api/answerLimits';
import { clockAhead } from '../../../lib/gateway-api/httpDate';

const nested = (levels: number): Record<string, unknown> => (levels === 1 ? {} : { in: nested(levels - 1) });
const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
const fields = (count: number): Record<string, number> =>
  Object.fromEntries(Array.from({ length: count }, (_, place) => [`f${place}`, place]));

describe('an answer’s lists', () => {
  it('have 5,000 records at most, the first ones; also where a gateway writes a list as an object', () => {
    const list = Array.from({ length: 5001 }, (_, place) => place);
    const body: Record<string, unknown> = { sms: [...list], other: [1], object: fields(5001), read: 7 };
    should(capLists(body)).be.true();
    should(body).eql({ sms: list.slice(0, 5000), other: [1], object: list.slice(0, 5000), read: 7 });
  });

  it('stay as they are when they are no longer', () => {
    const body = { sms: Array.from({ length: 5000 }, (_, place) => place), object: { a: 1 }, error_code: 200 };
    const before = structuredClone(body);
    should(capLists(body)).be.false();
    should(body).eql(before);
  });
});

describe('an answer’s levels', () => {
  it('are 32 at most: what lies deeper is emptied', () => {
    const [right, deep] = [nested(32), nested(33)];
    should(flatten(right)).be.false();
    should(right).eql(nested(32));
    should(flatten(deep)).be.true();
    should(depthOf(deep)).equal(32);
    should(depthOf(nested(33))).equal(33);
    const mixed = { a: [{ b: null, c: 'x' }, nested(40)] };
    should(flatten(mixed)).be.true();
    should(mixed.a[0]).eql({ b: null, c: 'x' });
    should(depthOf(mixed)).equal(32);
  });

  it('have 5,000 fields an object at most, the first ones, and lists of any length', () => {
    const body = { record: fields(5001), fits: fields(5000), list: Array.from({ length: 6000 }, () => 1) };
    should(flatten(body)).be.true();
    should(body).eql({ record: fields(5000), fits: fields(5000), list: Array.from({ length: 6000 }, () => 1) });
    should(flatten({ fits: fields(5000) })).be.false();
  });
});

describe('a Date header', () => {
  const at = Date.UTC(2024, 0, 15, 12);

  it('tells how far the gateway’s clock is ahead, from the middle of the exchange', () => {
    should(clockAhead('Mon, 15 Jan 2024 12:00:10 GMT', { from: at, to: at + 1000 })).equal(10_000);
    should(clockAhead('Mon, 15 Jan 2024 11:00:00 GMT', { from: at + 400, to: at + 600 })).equal(-3_600_000);
  });

  it('tells nothing when it is missing, isn’t GMT, or no date', () => {
    for (const header of [
      undefined,
      '',
      'Mon, 15 Jan 2024 12:00:00',
      'Mon, 15 Jan 2024 12:00:00 CET',
      'x',
      ' Mon, 15 Jan 2024 12:00:00 GMT',
      'Mon, 15 Jan 2024 12:00:00 GMT+2',
      'Mon, 15 Foo 2024 12:00:00 GMT',
    ])
      should(clockAhead(header, { from: at, to: at })).be.undefined();
  });
});
