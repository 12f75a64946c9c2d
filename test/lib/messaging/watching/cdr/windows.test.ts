import fc from 'fast-check';
import should from 'should';
import type { Cdr } from '../../../../../lib/gateway-api';
import { timeOf } from '../../../../../lib/messaging/watching/cdr/deviceTime';
import { parts, queryOf, restOf, windowOf } from '../../../../../lib/messaging/watching/cdr/windows';

/** Records that began at these seconds of the gateway's clock. */
const begun = (...seconds: number[]): Cdr[] => seconds.map((second) => ({ start_date: timeOf(second) }) as Cdr);
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, place) => from + place);
const falling = (from: number, to: number): number[] => range(from, to).reverse();

describe('an answer of call records that was cut', () => {
  it('is asked for again in two parts: what it showed most of, and the rest, which overlap by a second', () => {
    should(parts({}, begun(...range(10, 19)))).eql([{ before: 19 }, { after: 17 }]);
    should(parts({}, begun(...falling(10, 29)))).eql([{ before: 14 }, { after: 12 }]);
    should(parts({ after: 1, before: 99 }, begun(...range(10, 19)))).eql([
      { after: 1, before: 19 },
      { after: 17, before: 99 },
    ]);
  });

  it('is parted by time, in whatever order late records stand', () => {
    should(parts({}, begun(10, 19, 11, 18, 12, 13, 14, 15, 16, 17))).eql([{ before: 19 }, { after: 17 }]);
  });

  it('is parted before its last second where that holds very many, and behind its first where it begins with the newest', () => {
    should(parts({}, begun(1, 2, 3, 9, 9, 9, 9, 9))).eql([{ before: 4 }, { after: 2 }]);
    should(parts({}, begun(9, 1, 1, 1, 1, 1))).eql([{ before: 10 }, { after: 8 }]);
    should(parts({}, begun(1, 1, 1, 1, 1, 9))).eql([{ before: 2 }, { after: 0 }]);
    should(parts({}, begun(5, 5, 5))).eql([{ before: 6 }, { after: 4 }]);
  });

  it('has fewer parts where they can’t get narrower, and none where no record says when it was', () => {
    should(parts({ after: 16, before: 19 }, begun(17, 18, 18, 18))).eql([
      { after: 16, before: 18 },
      { after: 17, before: 19 },
    ]);
    should(parts({ after: 17, before: 18 }, begun(18, 18))).eql([{ after: 18, before: 18 }]);
    should(parts({ after: 18, before: 19 }, begun(18, 18))).eql([{ after: 18, before: 18 }]);
    should(parts({ after: 18, before: 18 }, begun(18, 18))).eql([]);
    should(parts({}, [{ port: 1 } as Cdr, { start_date: 'odd' } as Cdr])).eql([]);
  });

  it('loses nothing by being parted, and its parts lie inside it', () => {
    const seconds = fc.array(fc.integer({ min: 100, max: 130 }), { minLength: 1, maxLength: 30 });
    const bound = fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined });
    fc.assert(
      fc.property(seconds, bound, bound, (all, left, right) => {
        const [least, most] = [Math.min(...all), Math.max(...all)];
        const window = {
          ...(left !== undefined && { after: least - 1 - left }),
          ...(right !== undefined && { before: most + 1 + right }),
        };
        // One second that lies between its ends can't be parted.
        const { after: begin = -1, before: end = 999 } = window;
        fc.pre(end - begin > 2);
        const narrower = parts(window, begun(...all));
        for (const { after = -1, before = 999 } of narrower) {
          should(after).be.aboveOrEqual(window.after ?? -1);
          should(before).be.belowOrEqual(window.before ?? 999);
        }
        // Also where the ends of a window don't belong to it.
        for (const second of all)
          should(narrower.some(({ after = -1, before = 999 }) => after < second && second < before)).be.true();
      }),
    );
  });
});

describe('where an answer would go on', () => {
  it('is behind its last record, or before it where it begins with the newest, the second at the seam included', () => {
    should(restOf({}, begun(10, 11, 12))).eql({ after: 11 });
    should(restOf({}, begun(12, 11, 10))).eql({ before: 11 });
    should(restOf({}, begun(12))).eql({ after: 11 });
    should(restOf({}, begun(10, 10, 12, 11))).eql({ after: 10 });
    should(restOf({}, begun(12, 12, 10, 11, 9))).eql({ before: 10 });
  });

  it('is never outside of what was asked for', () => {
    should(restOf({ after: 12, before: 20 }, begun(10, 11, 12))).eql({ after: 12, before: 20 });
    should(restOf({ after: 2, before: 10 }, begun(12, 11, 10))).eql({ after: 2, before: 10 });
  });

  it('isn’t known where no record says when it was', () => {
    should(restOf({}, [{ port: 1 } as Cdr])).be.undefined();
    should(restOf({}, [{ port: 1 } as Cdr, ...begun(10)])).eql({ after: 9 });
  });
});

describe('a span of the gateway’s time', () => {
  it('is asked for as it is written, and what isn’t given is open', () => {
    const query = { time_after: '2024-01-15 12:00:00', time_before: '2024-01-15 13:00:00' };
    should(windowOf(query)).eql({ after: 1705320000, before: 1705323600 });
    should(queryOf(windowOf(query))).eql(query);
    should(queryOf(windowOf({}))).eql({});
    should(queryOf(windowOf({ time_after: query.time_after }))).eql({ time_after: query.time_after });
  });
});
