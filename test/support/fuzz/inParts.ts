import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { slowest, summary } from './fuzz';
import type { Part } from './part';

const ROOT = join(__dirname, '../../..');
/** How far apart the seeds of two parts begin: each input takes one at most. */
const APART = 2 ** 28;

/** Fuzzes so many answers or pushes, a part on each core, every part from a seed of its own on; prints the slowest. */
export async function fuzzInParts(what: 'answers' | 'pushes', runs: number, seed: number): Promise<void> {
  const cores = Math.min(availableParallelism(), 4);
  const each = Math.ceil(runs / cores);
  const parts = await Promise.all(
    Array.from({ length: cores }, (_, part) => inProcess(what, each, (seed + part * APART) % 2 ** 31, part === 0)),
  );
  const most = (one: keyof Part['most']): number => Math.max(...parts.map((part) => part.most[one]));
  const held = { members: most('members'), characters: most('characters'), noted: most('noted') };
  console.log(`      held at most: ${JSON.stringify(held)}; the slowest:`);
  for (const one of slowest(parts.flatMap((part) => part.slowest))) console.log(`      ${summary([one])}`);
}

function inProcess(what: string, runs: number, seed: number, withTypes: boolean): Promise<Part> {
  const child = fork(join(__dirname, 'part.ts'), [what, `${runs}`, `${seed}`, `${withTypes}`], {
    execArgv: ['--require', join(ROOT, 'scripts/typescript/register.cjs')],
    serialization: 'advanced',
  });
  return new Promise((resolve, reject) => {
    let part: Part | undefined;
    child.once('message', (told: Part) => {
      part = told;
    });
    child.once('error', reject);
    child.once('exit', (code) =>
      part === undefined
        ? reject(new Error(`a part of the ${what} from seed ${seed} on ended with ${code}: see above`))
        : resolve(part),
    );
  });
}
