import should from 'should';
import type { Oddity } from '../../../lib/gateway-api';
import { readEach, recordsOf } from '../../../lib/gateway-api/lists';
import { readSmsResult } from '../../../lib/gateway-api/sms';

/** What is said of the records that can't be read. */
function toldOf(values: unknown[]): string[] {
  const told: Oddity[] = [];
  readEach(values, readSmsResult, { face: { timezone: '' }, odd: (oddity) => told.push(oddity) });
  return told.map(({ text }) => text);
}

describe('a record that is passed over', () => {
  it('is called by the field that tells it best from its sisters', () => {
    const rows = [
      [{ user_id: 7, port: 3, number: '123' }, 'user_id 7'],
      [{ ' User ID ': '8', port: 3 }, 'user_id 8'],
      [{ port: 0, number: '123' }, 'port 0'],
      [{ user_id: null, number: 'x'.repeat(99) }, `number ${'x'.repeat(24)}`],
    ] as const;
    for (const [value, name] of rows) {
      should(toldOf([value])).match([new RegExp(`^The gateway sent an SMS result \\(${name}\\) that can't be read`)]);
    }
  });

  it('has no name where nothing tells it from its sisters', () => {
    for (const value of [{ later: 1 }, { user_id: {} }, 'text', null]) {
      should(toldOf([value])).match([/^The gateway sent an SMS result that can't be read/]);
    }
  });
});

describe('the records of a reply', () => {
  const rows = (result: unknown): unknown[] => recordsOf({ error_code: 200, result }, 'result');

  it('are those of an object of records, or the one record that stands without its array', () => {
    should(rows({ a: { port: 1 }, b: { port: 2 } })).deepEqual([{ port: 1 }, { port: 2 }]);
    should(rows({ port: 1, more: { x: 1 } })).deepEqual([{ port: 1, more: { x: 1 } }]);
  });

  it('are none where nothing stands there, be it an empty object or blanks', () => {
    for (const nothing of [{}, '', ' \n', null, []]) should(rows(nothing)).be.empty();
  });
});
