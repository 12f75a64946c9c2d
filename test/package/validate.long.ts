import should from 'should';
import { failedRules, KNOWN, type Validated, validate } from '../support/validate';

/** The rules that ask somebody outside, and whom. */
const ASKED: Record<string, string[]> = {
  'catalogue.nodered.org': ['P08', 'N01'],
  'registry.npmjs.org': ['P06', 'P07', 'D02', 'D03'],
};

describe('node-red-dev validate, asking the network', function () {
  this.timeout(180_000);
  let validated: Validated;

  before(async () => {
    validated = await validate({ online: true });
  });

  it('finds nothing wrong but what is known', () => {
    should(failedRules(validated.scorecard)).eql(KNOWN);
  });

  for (const [host, rules] of Object.entries(ASKED)) {
    it(`has an answer to ${rules.join(', ')}, from ${host} or said to be from here`, () => {
      for (const rule of rules) should(validated.scorecard[rule]).have.property('test', true);
      if (validated.unreached.has(host)) console.log(`      ${host} can't be reached: its answers are made here`);
      else should(validated.said).not.match(/could not load/);
    });
  }

  it('asked nobody else', () => {
    should(Object.keys(ASKED)).containDeep([...validated.unreached]);
  });
});
