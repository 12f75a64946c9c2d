import fc from 'fast-check';
import should from 'should';
import { type Limit, periodAt } from '../../../lib/plans';

const shown = (per: Limit['per'], now: string, rest: Partial<Limit> = {}): string[] => {
  const { start, end } = periodAt({ per, at: '00:00', day: 1, zone: 'UTC', ...rest }, Date.parse(now));
  return [start, end].map((moment) => new Date(moment).toISOString().slice(0, 16));
};

describe('a calendar period', () => {
  it('is a minute, an hour, a day, a week or a month by the clocks of its zone', () => {
    const now = '2026-11-29T09:30:20Z';
    should(shown('minute', now)).eql(['2026-11-29T09:30', '2026-11-29T09:31']);
    should(shown('hour', now)).eql(['2026-11-29T09:00', '2026-11-29T10:00']);
    should(shown('hour', now, { zone: 'Asia/Kathmandu' })).eql(['2026-11-29T09:15', '2026-11-29T10:15']);
    should(shown('day', now, { zone: 'Europe/Vienna' })).eql(['2026-11-28T23:00', '2026-11-29T23:00']);
    should(shown('day', now, { at: '09:31' })).eql(['2026-11-28T09:31', '2026-11-29T09:31']);
    should(shown('week', now)).eql(['2026-11-23T00:00', '2026-11-30T00:00']);
    should(shown('week', now, { day: 7, at: '09:30' })).eql(['2026-11-29T09:30', '2026-12-06T09:30']);
    should(shown('month', now)).eql(['2026-11-01T00:00', '2026-12-01T00:00']);
    should(shown('month', now, { day: 31 })).eql(['2026-10-31T00:00', '2026-11-30T00:00']);
    should(shown('month', '2028-02-29T12:00Z', { day: 30 })).eql(['2028-02-29T00:00', '2028-03-30T00:00']);
  });

  it('is the whole life of a card', () => {
    should(periodAt({ per: 'card', at: '00:00', day: 1, zone: '' }, 5).start).equal(0);
  });

  it('begins after the gap where clocks skip its beginning', () => {
    const rest = { zone: 'Europe/Vienna', at: '02:30' };
    should(shown('day', '2026-03-29T00:59Z', rest)).eql(['2026-03-28T01:30', '2026-03-29T01:00']);
    should(shown('day', '2026-03-29T01:00Z', rest)).eql(['2026-03-29T01:00', '2026-03-30T00:30']);
  });

  it('begins the first time where clocks show its beginning twice, and not again', () => {
    const rest = { zone: 'Europe/Vienna', at: '02:30' };
    should(shown('day', '2026-10-25T00:29Z', rest)).eql(['2026-10-24T00:30', '2026-10-25T00:30']);
    for (const now of ['2026-10-25T00:30Z', '2026-10-25T01:15Z', '2026-10-25T01:45Z']) {
      should(shown('day', now, rest)).eql(['2026-10-25T00:30', '2026-10-26T01:30']);
    }
  });

  it('is an hour and a half where clocks are put by half an hour', () => {
    const rest = { zone: 'Australia/Lord_Howe' };
    for (const now of ['2026-04-04T14:10Z', '2026-04-04T15:08Z', '2026-04-04T15:29Z']) {
      should(shown('hour', now, rest)).eql(['2026-04-04T14:00', '2026-04-04T15:30']);
    }
    for (const now of ['2026-10-03T14:40Z', '2026-10-03T15:30Z', '2026-10-03T15:59Z']) {
      should(shown('hour', now, rest)).eql(['2026-10-03T14:30', '2026-10-03T16:00']);
    }
  });

  it('holds its moment, and the next begins where it ends, whatever the zone and the moment', () => {
    const zones = ['UTC', 'Europe/Vienna', 'America/Santiago', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Africa/Cairo'];
    fc.assert(
      fc.property(
        fc.constantFrom('minute', 'hour', 'day', 'week', 'month') as fc.Arbitrary<Limit['per']>,
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 24 * 60 - 1 }),
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2030, 0) }),
        (per, zone, minute, day, now) => {
          const at = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
          const limit = { per, at, day, zone };
          const { start, end } = periodAt(limit, now);
          should(start <= now && now < end).be.true();
          should(periodAt(limit, start)).eql({ start, end });
          should(periodAt(limit, end - 1)).eql({ start, end });
          should(periodAt(limit, end).start).equal(end);
        },
      ),
    );
  });
});
