// A part of a long fuzz, in a process of its own: told by `process.argv` what, how many and from which seed on.
import { answerEveryType, type Fuzzed, fuzzAnswers, fuzzPushes, pushEveryType, slowest, summary } from './fuzz';
import { Life } from './Life';

/** What a part tells when it has come to its end. */
export interface Part {
  slowest: Fuzzed[];
  most: typeof Life.most;
}

/** Inputs after which it says how far it is: what was tried counts also when it is ended. */
const PIECE = 20_000;
const KINDS = { answers: [fuzzAnswers, answerEveryType], pushes: [fuzzPushes, pushEveryType] } as const;

async function run(what: keyof typeof KINDS, runs: number, from: number, withTypes: boolean): Promise<void> {
  const [fuzz, everyType] = KINDS[what];
  let all: Fuzzed[] = withTypes ? await everyType(1, from) : [];
  if (withTypes) console.log(`      every part in every JSON type: ${summary(all)}`);
  for (let done = 0, seed = from; done < runs; seed += PIECE) {
    const piece = await fuzz(Math.min(PIECE, runs - done), seed);
    done += piece.reduce((sum, { inputs }) => sum + inputs, 0);
    console.log(`      ${new Date().toISOString()} FUZZ_SEED=${seed}: ${done} ${what}; ${summary(piece)}`);
    all = slowest([...all, ...piece]);
  }
  await new Promise((sent) => process.send?.({ slowest: all, most: Life.most } satisfies Part, sent));
  process.disconnect?.();
}

const [, , what, runs, seed, withTypes] = process.argv;
run(what as keyof typeof KINDS, Number(runs), Number(seed), withTypes === 'true').catch((error: Error) => {
  console.error(error.stack ?? String(error));
  process.exit(1);
});
