import fc from 'fast-check';
import should from 'should';
import { instantOfWall, readSendTime, vendorTime, wallOfInstant } from '../../../lib/times';

describe('a time at which SMS are to leave', () => {
  it('is an instant with an offset, a number, its digits or a Date; else a time by the clocks of some zone', () => {
    const instant = Date.UTC(2026, 11, 24, 17);
    for (const written of ['2026-12-24T18:00+01:00', '2026-12-24T17:00:00.000Z', '2026-12-24 17:00Z', `${instant}`]) {
      should(readSendTime(written)).eql({ instant }, written);
    }
    should(readSendTime(instant)).eql({ instant });
    should(readSendTime(new Date(instant))).eql({ instant });
    for (const written of ['2026-12-24T17:00', '2026-12-24 17:00:00', ' 2026-12-24T17:00:00.500 ']) {
      should(readSendTime(written)).eql({ wall: instant }, written);
    }
  });

  const nonsense = [
    ...[
      '',
      'tomorrow',
      '18:00',
      '2026-12-24',
      '24.12.2026 18:00',
      '12/24/2026 18:00',
      '2026-02-30T10:00',
      '2026-12-24T24:00',
    ],
    ...[
      '2026-12-24T17:60',
      '2026-12-24T17',
      '2026-12-24T17:00+1',
      '2026-12-24T17:00 CET',
      'P1D',
      '+3600',
      '1798131600',
      'now',
    ],
    ...[
      1_798_131_600,
      0,
      -1,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      1e17,
      new Date('x'),
      true,
      {},
      [],
      ['2026-12-24T17:00'],
    ],
  ];
  for (const one of nonsense) {
    it(`is not ${JSON.stringify(one)} (${typeof one})`, () => should(readSendTime(one)).be.undefined());
  }

  const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC');
  const minute = fc.integer({ min: Date.UTC(2025, 0, 1) / 60_000, max: Date.UTC(2032, 0, 1) / 60_000 });

  it('by the clocks of a zone is the first instant at which they show it, or the first after the gap that skips it', () => {
    fc.assert(
      fc.property(minute, zones, (at, zone) => {
        const written = readSendTime(new Date(at * 60_000).toISOString().slice(0, 16));
        const wall = written && 'wall' in written ? written.wall : Number.NaN;
        should(wall).equal(at * 60_000);
        const instant = instantOfWall(wall, zone);
        const shown = wallOfInstant(instant, zone);
        should(shown).be.aboveOrEqual(wall);
        // Right before it, the clocks show less; and two hours before they don't show it, either.
        should(wallOfInstant(instant - 1000, zone)).be.below(wall);
        if (shown > wall) should(wallOfInstant(instant - 1000, zone)).be.below(wall);
        else
          should(vendorTime(new Date(instant), zone).slice(0, 16).replace(' ', 'T')).equal(
            new Date(wall).toISOString().slice(0, 16),
          );
      }),
      { numRuns: 500 },
    );
  });

  it('that an instant shows leads back to it, or to the first of two that show the same', () => {
    fc.assert(
      fc.property(minute, zones, (at, zone) => {
        const back = instantOfWall(wallOfInstant(at * 60_000, zone), zone);
        should(back).be.belowOrEqual(at * 60_000);
        should(wallOfInstant(back, zone)).equal(wallOfInstant(at * 60_000, zone));
      }),
      { numRuns: 500 },
    );
  });
});
