import should from 'should';
import { platform } from '../support/node-red';
import { tearAtRandom } from '../support/violence/tearing';
import { Tally } from '../support/violence/verdict';

describe('a store whose file was torn anywhere after the last finished sync', function () {
  this.timeout(180_000);

  it('has every SMS that was acknowledged, and sends none twice', async () => {
    const tally = new Tally();
    const seed = Date.now() % 1_000_000;
    const torn = await tearAtRandom(tally, { cuts: 8, ms: 8000, seed }, { node: platform(5).node });
    should(torn).be.above(3);
    tally.report(`power cuts, ${torn} of them with a torn file, seed ${seed}`);
  });
});
