import should from 'should';
import { inQueries, readSmsFilter } from '../../../lib/messaging/reading/smsFilter';
import { readPorts } from '../../../lib/runtime/ports';

describe('a filter of SMS', () => {
  const read = (given: unknown) => readSmsFilter(given, { plus: 'keep', timezone: 'Europe/Vienna' }, readPorts);

  it('is empty where nothing is given', () => {
    for (const nothing of [undefined, null, '', {}]) should(read(nothing)).eql({});
  });

  it('takes one number or several, cleaned', () => {
    should(read({ number: '12-3; +43 (664) 1'.replaceAll(' ', '') })).eql({ number: ['123', '+436641'] });
    should(read({ number: 123 })).eql({ number: ['123'] });
    should(read({ number: ['1', 2] })).eql({ number: ['1', '2'] });
  });

  it('takes ports as everywhere, and user_ids as numbers or digits', () => {
    should(read({ port: '0,2-3', user_id: [1, '2'] })).eql({ port: [0, 2, 3], user_id: [1, 2] });
    should(read({ port: 'all', user_id: 0 })).eql({ user_id: [0] });
  });

  it('takes a time in any of the four ways, and writes it as the gateway does', () => {
    const moment = '2026-07-02T01:04:05Z';
    const ways = ['2026-07-02 03:04:05', moment, Date.parse(moment), new Date(moment)];
    for (const time_after of ways) should(read({ time_after })).eql({ time_after: '2026-07-02 03:04:05' });
  });

  it('becomes several queries of at most 32 numbers and 32 ids', () => {
    const number = Array.from({ length: 33 }, (_, place) => String(place));
    const user_id = Array.from({ length: 65 }, (_, place) => place);
    const queries = inQueries({ number, user_id, port: [1] });
    should(queries.map((query) => [query.number?.length, query.user_id?.length])).eql([
      [32, 32],
      [32, 32],
      [32, 1],
      [1, 32],
      [1, 32],
      [1, 1],
    ]);
    should(queries.every(({ port }) => port?.[0] === 1)).be.true();
    should(inQueries({})).eql([{}]);
  });
});
