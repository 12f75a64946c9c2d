import { checkAll } from '../build/compile.mjs';
import { inRoot } from '../common/paths.mjs';
import { run } from '../common/run.mjs';

/** Rejects when a file isn't formatted or breaks a rule. */
export function lint() {
  const biome = inRoot('node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const colors = process.stdout.isTTY ? [] : ['--colors=off'];
  return run('biome', process.execPath, [biome, 'ci', '--error-on-warnings', ...colors, '.']);
}

/** Rejects when the types of anything that runs on Node don't fit, tests included. */
export const typeCheck = checkAll;
