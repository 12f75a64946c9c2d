import fc from 'fast-check';
import should from 'should';
import { chosenByFilter, inQueries, readSmsFilter } from '../../../../lib/messaging/reading/smsFilter';
import { readPorts } from '../../../../lib/runtime/readPorts';
import { vendorTime } from '../../../../lib/times';

describe('a filter of SMS', () => {
  const read = (given: unknown) => readSmsFilter(given, { plus: 'keep', timezone: 'Europe/Vienna' }, readPorts);

  it('is empty where nothing is given', () => {
    for (const nothing of [undefined, null, '', {}]) should(read(nothing)).eql({});
  });

  it('takes one number or several, cleaned', () => {
    should(read({ number: '12-3; +43 (664) 1' })).eql({ number: ['123', '+436641'] });
    should(read({ number: '491701234567,0' })).eql({ number: ['491701234567'] });
    should(read({ number: 123 })).eql({ number: ['123'] });
    should(read({ number: ['1', 2] })).eql({ number: ['1', '2'] });
  });

  it('takes ports as everywhere, and user_ids as numbers or digits', () => {
    should(read({ port: '0,2-3', user_id: [1, '2'] })).eql({ port: [0, 2, 3], user_id: [1, 2] });
    should(read({ port: 'all', user_id: 0 })).eql({ user_id: [0] });
  });

  it('takes user_ids as a list in a text, and no other than the gateway has', () => {
    should(read({ user_id: ' 1, 2;3 ' })).eql({ user_id: [1, 2, 3] });
    should(read({ user_id: 2 ** 31 - 1 })).eql({ user_id: [2 ** 31 - 1] });
    for (const user_id of [-1, 1.5, 2 ** 31, 'x', true, {}, [1, ' ']]) {
      const place = Array.isArray(user_id) ? 1 : 0;
      should(() => read({ user_id })).throw({ code: 'INVALID_INPUT', cause: { field: `filter.user_id[${place}]` } });
    }
    for (const nothing of [null, '', undefined]) should(read({ user_id: nothing, number: nothing })).eql({});
  });

  it('names the field of what it refuses', () => {
    should(() => read({ number: ['1', 'x'] })).throw({ cause: { field: 'filter.number[1]' } });
    should(() => read({ port: 99 })).throw({ cause: { field: 'filter.port' } });
    for (const given of ['text', 5, [], true]) should(() => read(given)).throw({ cause: { field: 'filter' } });
  });

  it('refuses a field that it doesn’t know by its name, instead of choosing everything', () => {
    const known = 'number, port, user_id, time_after, time_before';
    for (const [given, name] of [
      [{ nmber: '+999123' }, 'nmber'],
      [{ number: '1', Port: 2 }, 'Port'],
      [{ text: 'a received SMS', number: '1' }, 'text'],
    ] as const)
      should(() => read(given)).throw({
        message: `filter: has "${name}", which is none of ${known}`,
        cause: { field: 'filter' },
      });
    should(() => read({ ['x'.repeat(5000)]: 1 })).throw(/^.{1,160}$/);
    for (const odd of [new Date(), new Map(), Buffer.from('x'), new Uint8Array(2)])
      should(() => read(odd)).throw(/filter: must be an object/);
  });

  it('refuses times between which nothing can lie', () => {
    const given = { time_after: '2026-11-28 12:00:01', time_before: '2026-11-28 12:00:00' };
    should(() => read(given)).throw({ code: 'INVALID_INPUT', cause: { field: 'filter.time_before' } });
    const same = { ...given, time_after: given.time_before };
    should(read(same)).eql(same);
  });

  it('takes a time in any of the four ways, and writes it as the gateway does', () => {
    const moment = '2026-07-02T01:04:05Z';
    const ways = ['2026-07-02 03:04:05', moment, Date.parse(moment), new Date(moment)];
    for (const time_after of ways) should(read({ time_after })).eql({ time_after: '2026-07-02 03:04:05' });
  });

  it('refuses digits that are no time, which Date.parse reads as a month or a year', () => {
    const seconds = [1_795_867_200, 0, -1, 99_999_999_999];
    const unclear = [
      '2026-10-25 03:00:00 CST',
      '10/11/2026 10:00 AM',
      'yesterday 5',
      'Oct 25 2026 03:00',
      '2026-02-30',
    ];
    for (const time_after of ['12', '2026', '1795867200', '28.11.2026', '11/12/2026', ...unclear, ...seconds])
      should(() => read({ time_after })).throw({ code: 'INVALID_INPUT' });
    const javascript = 'Sat Nov 28 2026 01:00:00 GMT+0100 (Central European Standard Time)';
    for (const time_after of ['2026-11-28', 'Sat, 28 Nov 2026 00:00:00 GMT', javascript, 1_795_824_000_000])
      should(read({ time_after })).eql({ time_after: '2026-11-28 01:00:00' });
  });

  it('asks for the whole hour that clocks show twice, and leaves out what was not meant', () => {
    const given = { time_after: '2026-10-25T00:45:00Z', time_before: '2026-10-25T03:00:00Z' };
    should(read(given)).eql({ time_after: '2026-10-25 01:59:59', time_before: '2026-10-25 04:00:00' });
    const isChosen = chosenByFilter(given, 'Europe/Vienna');
    // It may be the second one, which came since.
    should(isChosen('2026-10-25 02:10:00')).be.true();
    should(isChosen('2026-10-25 01:59:59')).be.false();
    should(isChosen(undefined)).be.true();
    const since = chosenByFilter({ time_after: Date.parse('2026-10-25T01:30:00Z') }, 'Europe/Vienna');
    should(since('2026-10-25 02:29:59')).be.false();
    should(since('2026-10-25 02:30:00')).be.true();
  });

  it('leaves the rows of the gateway alone where its time is clear', () => {
    const isChosen = chosenByFilter({ time_after: '2026-07-02T01:04:05Z' }, 'Europe/Vienna');
    should(isChosen('2020-01-01 00:00:00')).be.true();
    for (const nothing of [undefined, null, '', {}])
      should(chosenByFilter(nothing, 'UTC')('2020-01-01 00:00:00')).be.true();
  });

  it('never misses what came since, whatever the zone and the moment', () => {
    const changes = fc.constantFrom(1792890000, 1793512800, 1775314800, 1775358000, 1771120800);
    const zones = fc.constantFrom('Europe/Vienna', 'America/New_York', 'Australia/Lord_Howe', 'America/Santiago');
    const off = fc.integer({ min: -7200, max: 7200 });
    const later = fc.integer({ min: 0, max: 7200 });
    fc.assert(
      fc.property(changes, zones, off, later, (change, timezone, off, later) => {
        const given = { time_after: (change + off) * 1000 };
        const { time_after = '' } = readSmsFilter(given, { plus: 'keep', timezone }, readPorts);
        const record = vendorTime(new Date((change + off + later) * 1000), timezone);
        should(record >= time_after && chosenByFilter(given, timezone)(record)).be.true(`${record} ${timezone}`);
      }),
    );
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
