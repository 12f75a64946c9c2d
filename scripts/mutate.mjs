// `npm run mutate`: changes the code in a copy of the clone, one small thing at a time, and says which changes no unit
// test notices. It brings Stryker and takes hours for everything.
//   npm run mutate -- lib/push …   only these folders or files
//   npm run mutate -- --sample=5 --seed=7 …  only so many lines of each file, chosen by chance
//   npm run mutate -- --loading …  also what runs while a file is loaded: a process for each change
import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { Failure, main } from './common/failure.mjs';
import { inRoot, shown } from './common/paths.mjs';
import { piecesOf } from './mutate/pieces.mjs';
import { sumUp } from './mutate/report.mjs';
import { sampled } from './mutate/sample.mjs';
import { mutate } from './mutate/stryker.mjs';
import { setUp, setUpMutation, setUpSecondPlatform } from './set-up.mjs';

const AT_LEAST = 80;
const RESULT = inRoot('coverage', 'mutation.txt');

await main('mutate', async () => {
  const pieces = piecesOf(process.argv.slice(2).filter((argument) => !argument.startsWith('--')));
  const [sample, seed = 1] = [numberOf('sample'), numberOf('seed')];
  await setUp();
  await setUpSecondPlatform();
  await setUpMutation();
  // Nobody waits for it: whatever else the machine does goes first.
  os.setPriority(15);
  const reports = [];
  for (const piece of pieces) {
    console.log(`\n== ${piece.name}: ${piece.sources.length} file(s)`);
    const began = Date.now();
    const sources = sample === undefined ? piece.sources : sampled(piece.sources, sample, seed);
    reports.push(await mutate({ ...piece, sources, full: process.argv.includes('--loading') }));
    console.log(`${sumUp(reports.slice(-1)).text}\n${Math.round((Date.now() - began) / 1000)} s`);
    // A run that is ended early has told what it found.
    mkdirSync(inRoot('coverage'), { recursive: true });
    writeFileSync(RESULT, `${sumUp(reports).text}\n`);
  }
  const { score } = sumUp(reports);
  console.log(`\n${score.toFixed(1)} % of the changes were noticed; all of it is in ${shown(RESULT)}`);
  if (score < AT_LEAST) throw new Failure(`less than ${AT_LEAST} % of the changes were noticed`);
});

function numberOf(option) {
  const given = process.argv.find((argument) => argument.startsWith(`--${option}=`))?.split('=')[1];
  if (given !== undefined && !/^\d+$/.test(given)) throw new Failure(`--${option} is a whole number`);
  return given === undefined ? undefined : Number(given);
}
