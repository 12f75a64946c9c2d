import { fuzzInParts } from '../support/fuzz/inParts';

/** FUZZ_RUNS: so many, and FUZZ_SEED where they begin. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 1_000_000);
const SEED = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));

describe(`what comes from outside as pushes, changed at random very often (seed ${SEED})`, function () {
  this.timeout(24 * 3_600_000);

  it('throws nothing undocumented, pollutes nothing, costs work in proportion, and what is kept is bounded', () =>
    fuzzInParts('pushes', RUNS, SEED));
});
