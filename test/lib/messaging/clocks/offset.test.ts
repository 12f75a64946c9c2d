import fc from 'fast-check';
import should from 'should';
import { Offset } from '../../../../lib/messaging/clocks/Offset';

const SECOND = 1000;
const HOUR = 3_600_000;
const NOW = Date.parse('2026-11-28T12:00:00Z');

describe("a gateway's clock", () => {
  /** Something happened a little before `at`, and is told by a clock that is ahead by `ahead`. */
  const seen = (at: number, ahead: number, journey = 6 * SECOND) => ({
    told: Math.floor((at - journey / 2 + ahead) / SECOND) * SECOND,
    from: at - journey,
    to: at,
  });

  it('is not known before it has told a time that can be placed', () => {
    const offset = new Offset();
    should(offset.aheadOf(0)).be.undefined();
    should(offset.wasBefore(NOW, NOW)).be.undefined();
    offset.learn({ told: Number.NaN, from: NOW, to: NOW });
    offset.learn({ told: NOW, from: Number.NEGATIVE_INFINITY, to: NOW });
    should(offset.aheadOf(0)).be.undefined();
  });

  it('is known after one time, in hours where its zone is another', () => {
    for (const hours of [0, 8, -14, 5.75, -3.5]) {
      const offset = new Offset();
      offset.learn(seen(NOW, hours * HOUR));
      should(offset.aheadOf(0)).equal(hours * HOUR);
    }
  });

  it('is as far off as it must be at least where that is no quarter of an hour, and right where it may be', () => {
    const known = (least: number, most: number): number | undefined => {
      const offset = new Offset();
      // Bounds with 2 s of wandering on either side, and a second of grain.
      offset.learn({ told: NOW, from: NOW - most * SECOND + 3000, to: NOW - least * SECOND - 2000 });
      return offset.aheadOf(0);
    };
    should([known(100, 200), known(-200, -100), known(-5, 5), known(890, 930), known(-930, -890)]).eql(
      [100, -100, 0, 900, -900].map((seconds) => seconds * SECOND),
    );
    should([known(890, 899), known(901, 930)]).eql([890 * SECOND, 901 * SECOND]);
    should([known(890, 900), known(900, 930)]).eql([900 * SECOND, 900 * SECOND]);
    should([known(0, 1200), known(0, 1201)]).eql([0, undefined]);
  });

  it('tells what was certainly before a moment, and leaves what may have been after it', () => {
    const offset = new Offset();
    offset.learn(seen(NOW, -8 * HOUR));
    should(offset.wasBefore(NOW - 8 * HOUR, NOW - 60 * SECOND)).be.false();
    should(offset.wasBefore(NOW - 9 * HOUR, NOW - 60 * SECOND)).be.true();
  });

  it('is not believed at once when it contradicts itself: one stray time changes nothing', () => {
    const offset = new Offset();
    offset.learn(seen(NOW, 0));
    offset.learn(seen(NOW + HOUR, -72 * HOUR));
    should(offset.aheadOf(0)).be.undefined();
    offset.learn(seen(NOW + 2 * HOUR, 0));
    should(offset.aheadOf(0)).equal(0);
  });

  it('is learned anew after it was set, with the second time that says so', () => {
    const offset = new Offset();
    offset.learn(seen(NOW, -6 * HOUR));
    offset.learn(seen(NOW + HOUR, 0));
    offset.learn(seen(NOW + 2 * HOUR, 0));
    should(offset.aheadOf(0)).equal(0);
  });

  it('never passes what came after a moment for older, whatever the clock and the journeys', () => {
    const ahead = fc.integer({ min: -400 * 24 * 3600, max: 400 * 24 * 3600 }).map((seconds) => seconds * SECOND);
    const journeys = fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(ahead, journeys, fc.integer({ min: 0, max: 86_400 }), (ahead, journeys, later) => {
        const offset = new Offset();
        journeys.forEach((journey, place) => {
          offset.learn(seen(NOW + place * HOUR, ahead, journey * SECOND));
        });
        should(offset.wasBefore(NOW + later * SECOND + ahead, NOW)).be.false();
      }),
    );
  });
});
