import { answerEveryType, fuzzAnswers, fuzzPushes, pushEveryType } from '../support/fuzz/fuzz';

/** A failure names the seed that begins its life: FUZZ_SEED brings it again. */
const SEED = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));

describe(`what comes from outside, changed at random (seed ${SEED})`, function () {
  this.timeout(120_000);

  it('as answers throws nothing but a GatewayError, pollutes nothing, costs work in proportion, and what is kept is bounded', async () => {
    await fuzzAnswers(60, SEED);
    await answerEveryType(150, SEED);
  });

  it('as pushes throws nothing but a PushError, pollutes nothing, costs work in proportion, and what is kept is bounded', async () => {
    await fuzzPushes(60, SEED);
    await pushEveryType(150, SEED);
  });
});
