import fc from 'fast-check';
import should from 'should';
import { Ranges } from '../../../../lib/messaging/inbox/Ranges';

const HIGHEST = 12;
const ids = fc.array(fc.integer({ min: 1, max: HIGHEST }), { maxLength: 30 });

/** What a set of ids says of each number. */
const heldBy = (ranges: Ranges): number[] =>
  Array.from({ length: HIGHEST + 2 }, (_, id) => id).filter((id) => ranges.has(id));

describe('a set of ids', () => {
  it('holds what was added and not dropped, in as few runs as there are, ascending', () => {
    fc.assert(
      fc.property(ids, fc.integer({ min: 0, max: HIGHEST + 1 }), ids, (first, dropped, then) => {
        const ranges = new Ranges();
        for (const id of first) ranges.add(id);
        ranges.dropUpTo(dropped);
        for (const id of then) ranges.add(id);
        const expected = [...new Set([...first.filter((id) => id > dropped), ...then])].sort(
          (one, other) => one - other,
        );
        should(heldBy(ranges)).eql(expected);
        const starts = expected.filter((id) => !expected.includes(id - 1));
        should(ranges.toJSON().map(([start]) => start)).eql(starts);
        should(ranges.count).equal(starts.length);
      }),
    );
  });

  it('is the same again when it has been stored', () => {
    fc.assert(
      fc.property(ids, (added) => {
        const ranges = new Ranges();
        for (const id of added) ranges.add(id);
        const stored = new Ranges(JSON.parse(JSON.stringify(ranges)));
        should(heldBy(stored)).eql(heldBy(ranges));
      }),
    );
  });

  it('is one run where an id comes between two, and holds nothing at first', () => {
    const ranges = new Ranges();
    should(ranges.toJSON()).eql([]);
    for (const id of [1, 2, 4, 5, 3]) ranges.add(id);
    should(ranges.toJSON()).eql([[1, 5]]);
  });
});
