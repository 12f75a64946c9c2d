import fc from 'fast-check';
import { live, stories } from '../../support/clock/stories';

/** CLOCK_RUNS: so many stories. */
const RUNS = Number(process.env.CLOCK_RUNS ?? 2000);

describe('whatever the wall clock does, in many stories', function () {
  this.timeout(3_600_000);

  it('no SMS is lost, doubled or held up, nothing is deaf, and seconds are seconds', async () => {
    let told = 0;
    const counted = fc.asyncProperty(stories, async (story) => {
      await live(story);
      told += 1;
    });
    await fc.assert(counted, { numRuns: RUNS });
    console.log(`      ${told} stories of a stepping clock`);
  });
});
