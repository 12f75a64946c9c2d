import fc from 'fast-check';
import should from 'should';
import { judge, type Standing } from '../../../../lib/messaging/inbox/judge';
import { Ranges } from '../../../../lib/messaging/inbox/Ranges';

/** Which of these records are new, with `?` where that is doubtful; what stands before the colon is where ids restarted. */
function verdict(cursor: number, standings: Record<number, Standing>): string {
  const found = Object.keys(standings).map((id) => ({ id: Number(id) }));
  const { fresh, restartedAbove } = judge(found, cursor, ({ id }) => standings[id] ?? 'unsure');
  return `${restartedAbove ?? '-'}: ${fresh.map(({ found: { id }, doubtful }) => id + (doubtful ? '?' : '')).join(' ')}`;
}

describe('a gateway’s whole list', () => {
  it('shows what is new above what is known', () => {
    should(verdict(5, { 4: 'same', 5: 'same', 6: 'never', 7: 'never' })).equal('-: 6 7');
  });

  it('shows nothing new where old ones are gone', () => {
    should(verdict(900, { 10: 'unsure', 20: 'same', 30: 'unsure' })).equal('-: ');
  });

  it('shows that ids have started again, when nothing of it is known', () => {
    should(verdict(900, { 1: 'never', 2: 'never' })).equal('0: 1 2');
    should(verdict(900, { 1: 'different', 50: 'unsure' })).equal('0: 1 50');
  });

  it('leaves a doubt where neither neighbours nor other fingerprints tell', () => {
    should(verdict(900, { 50: 'unsure', 51: 'unsure' })).equal('0: 50? 51?');
    should(verdict(900, { 20: 'same', 30: 'unsure', 40: 'different' })).equal('20: 30? 40');
  });

  it('shows from where on ids were given a second time', () => {
    should(verdict(9, { 7: 'same', 8: 'different', 9: 'different', 10: 'never' })).equal('7: 8 9 10');
  });

  it('knows a pushed SMS that came before the ids were seen to have started again', () => {
    should(verdict(5, { 1: 'different', 5: 'different', 6: 'same' })).equal('0: 1 5');
  });

  it('has what was late', () => {
    should(verdict(9, { 7: 'same', 8: 'never', 9: 'same' })).equal('-: 8');
  });
});

describe('a set of ids', () => {
  it('holds what was added and not dropped, in as few runs as there are', () => {
    const ids = fc.array(fc.integer({ min: 1, max: 40 }));
    fc.assert(
      fc.property(ids, fc.integer({ min: 0, max: 41 }), (added, dropped) => {
        const ranges = new Ranges();
        for (const id of added) ranges.add(id);
        ranges.dropUpTo(dropped);
        const expected = [...new Set(added)].filter((id) => id > dropped).sort((one, other) => one - other);
        should(Array.from({ length: 42 }, (_, id) => id).filter((id) => ranges.has(id))).eql(expected);
        const runs = expected.filter((id) => !expected.includes(id - 1)).length;
        should(ranges.toJSON()).have.length(runs);
      }),
    );
  });
});
