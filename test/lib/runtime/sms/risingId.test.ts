import should from 'should';
import { risingId } from '../../../../lib/runtime/sms/risingId';

describe('the id of an input', () => {
  it('is a UUID of version 7, each its own, and rises within a moment, from one to the next, and where the clock is set back', () => {
    const start = Date.UTC(2200, 0, 1);
    const ids = [0, 0, 1, 5, 5, -3_600_000, 0, 7].flatMap((later) =>
      Array.from({ length: 700 }, () => risingId(start + later)),
    );
    should(ids).eql([...ids].sort());
    should(new Set(ids).size).equal(ids.length);
    for (const id of ids) should(id).match(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    should(Number.parseInt(`${ids[0]?.slice(0, 8)}${ids[0]?.slice(9, 13)}`, 16)).equal(start);
  });
});
