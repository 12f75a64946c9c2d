// Some lines of each file, where trying all of it would take hours.
import { readFileSync } from 'node:fs';
import { inRoot } from '../common/paths.mjs';

/** Lines with nothing in them that could be changed. */
const EMPTY = /^\s*(?:$|\/\/|\/?\*|import\b|export (?:type|interface)\b|[\])}]+[;,]?$)/;

/** `count` lines of each file as Stryker takes them (`file:line-line`), the same ones for the same seed. */
export function sampled(files, count, seed) {
  const random = randomOf(seed);
  return files.flatMap((file) => {
    const lines = readFileSync(inRoot(file), 'utf8').split('\n');
    const all = lines.flatMap((line, place) => (EMPTY.test(line) ? [] : [place + 1]));
    const chosen = all.map((line) => ({ line, rank: random() })).sort((one, other) => one.rank - other.rank);
    return chosen.slice(0, count).map(({ line }) => `${file}:${line}-${line}`);
  });
}

/** Numbers from 0 to 1 (xorshift32). */
function randomOf(seed) {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
