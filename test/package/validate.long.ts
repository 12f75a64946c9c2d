import should from 'should';
import { nodeTypes } from '../support/browser';
import { manifest } from '../support/repository';
import { failedRules, KNOWN, type Validated, validate } from '../support/validate';

describe('node-red-dev validate, asking nobody outside', function () {
  this.timeout(600_000);
  let validated: Validated;

  before(async () => {
    validated = await validate({ online: false });
  });

  it('finds nothing wrong in the package but what is known', () => {
    should(failedRules(validated.scorecard)).eql(KNOWN);
  });

  it('reads every node, and finds an example for each that can be drawn', () => {
    should(validated.said).not.match(/Unable to parse|Unable to read/);
    const drawn = nodeTypes.filter(({ isConfig }) => !isConfig).map(({ type }) => type);
    should(validated.scorecard.N02?.nodes).be.an.Array().and.containDeep(drawn).and.have.length(drawn.length);
  });

  it('takes the package for one that runs on Node-RED 4.1 and 5, and on their oldest Node', () => {
    const { P06, P07 } = validated.scorecard;
    should(P06?.versions).match([/^4\.1\./, /^5\./]);
    should(P07).eql({ test: true, version: '>=20' });
  });

  it('has looked through all that the package brings along', () => {
    should(validated.scorecard.D01).eql({ test: true, total: Object.keys(manifest().dependencies).length });
    should(validated.scorecard.D02).eql({ test: true });
    should(validated.said).not.match(/could not load/);
  });
});

/** The rules that ask somebody outside, and whom. */
const ASKED: Record<string, string[]> = {
  'catalogue.nodered.org': ['P08', 'N01'],
  'registry.npmjs.org': ['P06', 'P07', 'D02', 'D03'],
};

describe('node-red-dev validate, asking the network', function () {
  this.timeout(600_000);
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
