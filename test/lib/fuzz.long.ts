import {
  answerEveryType,
  type Fuzzed,
  fuzzAnswers,
  fuzzPushes,
  pushEveryType,
  slowest,
  summary,
} from '../support/fuzz/fuzz';
import { Life } from '../support/fuzz/Life';

/** FUZZ_RUNS: so many of each, and FUZZ_SEED where they begin. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 1_000_000);
const SEED = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
/** Inputs after which it says how far it is: what was tried counts also when it is ended. */
const PIECE = 20_000;

describe(`what comes from outside, changed at random very often (seed ${SEED})`, function () {
  this.timeout(24 * 3_600_000);

  for (const [what, fuzz, everyType] of [
    ['answers', fuzzAnswers, answerEveryType],
    ['pushes', fuzzPushes, pushEveryType],
  ] as const) {
    it(`as ${what} throws nothing undocumented, pollutes nothing, costs work in proportion, and what is kept is bounded`, async () => {
      let all: Fuzzed[] = await everyType(1, SEED);
      console.log(`      every part in every JSON type: ${summary(all)}`);
      for (let done = 0, seed = SEED; done < RUNS; seed += PIECE) {
        const piece = await fuzz(Math.min(PIECE, RUNS - done), seed);
        done += piece.reduce((sum, { inputs }) => sum + inputs, 0);
        console.log(`      ${new Date().toISOString()} FUZZ_SEED=${seed}: ${done} ${what}; ${summary(piece)}`);
        all = slowest([...all, ...piece]);
      }
      console.log(`      held at most: ${JSON.stringify(Life.most)}; the slowest:`);
      for (const one of all) console.log(`      ${summary([one])}`);
    });
  }
});
