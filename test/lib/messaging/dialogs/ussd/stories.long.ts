import should from 'should';
import { check } from '../../../../support/ussd/check';

const RUNS = 20_000;

/** Other stories each time. */
describe('20,000 stories of USSD dialogues', function () {
  this.timeout(3_600_000);

  for (const kind of ['alike', 'different', 'crowded'] as const) {
    it(`have no reply of another one and no text told twice, with texts and ports ${kind}`, async () => {
      const { answered, uncertain } = await check(kind, RUNS);
      console.log(`      ${answered} dialogues with replies, ${uncertain} of them not certain`);
      should(answered).be.above(RUNS);
    });
  }

  it('of ordinary traffic are certain in all but a few', async () => {
    const { answered, uncertain } = await check('ordinary', RUNS / 4);
    const percent = (100 * uncertain) / answered;
    console.log(`      ${answered} dialogues with replies, ${uncertain} of them not certain (${percent.toFixed(1)} %)`);
    should(percent).be.within(0.1, 10);
  });
});
