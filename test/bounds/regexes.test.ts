import { analyse } from 'scslre';
import should from 'should';
import { regexesIn } from '../support/bounds/regexes';

describe('a regular expression', () => {
  it('never takes longer than in proportion to the text, whoever wrote that', async () => {
    const found = await regexesIn(['lib', 'nodes', 'plugins', 'simulator']);
    should(found.length).be.above(150);
    should(found.filter(({ reports }) => reports.length > 0).map(({ at }) => at)).eql([]);
  });

  it('is known to, when blanks may be shared out in many ways, and when it may begin anywhere in a row of them', () => {
    const isSlow = (source: string): boolean => analyse({ source, flags: '' }).reports.length > 0;
    should(['^\\s*a?\\s*b', '\\s+$', '^(?:\\s+)+b'].map(isSlow)).eql([true, true, true]);
    should(['^\\s*a\\s*b', '\\s+', '^ ?a? ?b', '(?<!\\s)\\s+$'].map(isSlow)).eql([false, false, false, false]);
  });
});
