import fc from 'fast-check';
import should from 'should';
import { type Hours, openingFrom, wallOfInstant } from '../../../../lib/times';

const WEEK = [1, 2, 3, 4, 5, 6, 7];
const row = (from: string, to: string, days = WEEK, zone = 'UTC'): Hours => ({ days, from, to, zone });
const opening = (hours: Hours[], at: string): string | undefined => {
  const found = openingFrom(hours, Date.parse(at), (zone) => zone);
  return found === undefined ? undefined : new Date(found).toISOString().slice(0, 16);
};

describe('hours in which SMS may leave', () => {
  it('are open from their beginning to before their end, on their days', () => {
    const office = [row('09:00', '17:00', [1, 2, 3, 4, 5])];
    should(opening(office, '2026-11-27T08:59Z')).equal('2026-11-27T09:00');
    should(opening(office, '2026-11-27T09:00Z')).equal('2026-11-27T09:00');
    should(opening(office, '2026-11-27T16:59Z')).equal('2026-11-27T16:59');
    // A Friday: the next is Monday.
    should(opening(office, '2026-11-27T17:00Z')).equal('2026-11-30T09:00');
    should(opening([], '2026-11-28T03:00Z')).equal('2026-11-28T03:00');
  });

  it('end on the next day where their end is not after their beginning', () => {
    const night = [row('22:00', '06:00', [5])];
    should(opening(night, '2026-11-27T21:59Z')).equal('2026-11-27T22:00');
    should(opening(night, '2026-11-28T05:59Z')).equal('2026-11-28T05:59');
    should(opening(night, '2026-11-28T06:00Z')).equal('2026-12-04T22:00');
    should(opening([row('08:00', '08:00', [7])], '2026-11-30T07:59Z')).equal('2026-11-30T07:59');
  });

  it('are a union', () => {
    const rows = [row('08:00', '12:00', [1]), row('11:00', '14:00', [1]), row('20:00', '21:00', [7], 'Asia/Kolkata')];
    should(opening(rows, '2026-11-30T13:59Z')).equal('2026-11-30T13:59');
    should(opening(rows, '2026-11-30T14:00Z')).equal('2026-12-06T14:30');
  });

  it('go by the clocks of their zone in both nights of the year', () => {
    const berlin = [row('02:30', '03:30', WEEK, 'Europe/Berlin')];
    // Clocks skip 02:00 to 03:00: it opens at 03:00, the first moment after the gap.
    should(opening(berlin, '2026-03-28T22:00Z')).equal('2026-03-29T01:00');
    should(opening(berlin, '2026-03-29T01:30Z')).equal('2026-03-30T00:30');
    // Clocks show 02:30 twice: it opens the first time, and is open until 03:30 after the second.
    should(opening(berlin, '2026-10-24T22:00Z')).equal('2026-10-25T00:30');
    should(opening(berlin, '2026-10-25T02:29Z')).equal('2026-10-25T02:29');
    should(opening(berlin, '2026-10-25T02:30Z')).equal('2026-10-26T01:30');
    // Half an hour, and no change at all.
    should(opening([row('02:15', '03:00', WEEK, 'Australia/Lord_Howe')], '2026-10-03T12:00Z')).equal(
      '2026-10-03T15:30',
    );
    should(opening([row('02:15', '03:00', WEEK, 'Asia/Kolkata')], '2026-10-24T12:00Z')).equal('2026-10-24T20:45');
  });

  it('that clocks skip in one week open in the next', () => {
    should(opening([row('02:10', '02:50', [7], 'Europe/Berlin')], '2026-03-28T12:00Z')).equal('2026-04-05T00:10');
  });

  const time = fc.tuple(fc.nat(23), fc.nat(59)).map((parts) => parts.map((part) => `0${part}`.slice(-2)).join(':'));
  const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'UTC');
  const anyRow = fc.record({ days: fc.subarray(WEEK, { minLength: 1 }), from: time, to: time, zone: zones });
  const moment = fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2030, 0, 1) });

  it('open at the first moment that the clocks show as one of theirs, whenever that is asked', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { minLength: 1, maxLength: 3 }), moment, (rows, at) => {
        const found = openingFrom(rows, at, (zone) => zone) ?? Number.NaN;
        should(found).be.aboveOrEqual(at);
        // It is open there, and asking again says the same.
        should(openingFrom(rows, found, (zone) => zone)).equal(found);
        // From any moment before it comes out the same, none of these is open.
        const between = Math.floor((at + found) / 2);
        should(openingFrom(rows, between, (zone) => zone)).equal(found);
        if (found === at) return;
        const shown = rows.map(({ zone }) => new Date(wallOfInstant(found, zone)).toISOString().slice(11, 16));
        const isBeginning = rows.some(({ from, zone }, place) => {
          const isAfterGap = wallOfInstant(found, zone) - wallOfInstant(found - 60_000, zone) > 60_000;
          return shown[place] === from || isAfterGap;
        });
        should(isBeginning).be.true();
      }),
      { numRuns: 300 },
    );
  });
});
