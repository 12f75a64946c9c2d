import { fuzzAnswers, fuzzPushes, slowest } from '../support/fuzz/fuzz';

/** FUZZ_RUNS: so many of each. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 1_000_000);
const SEED = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));

describe(`what comes from outside, changed at random very often (seed ${SEED})`, function () {
  this.timeout(24 * 3_600_000);

  for (const [what, fuzz] of [
    ['answers', fuzzAnswers],
    ['pushes', fuzzPushes],
  ] as const) {
    it(`as ${what} throws nothing undocumented, pollutes nothing, and what is kept of it is bounded`, async () => {
      const taken = await fuzz(RUNS, SEED);
      console.log(`      ${taken.length} ${what}; the slowest:\n${slowest(taken)}`);
    });
  }
});
