// `npm run test:watch`: the unit tests again after every change to lib/, simulator/ or test/.
//   npm run test:watch -- <file or folder> …    only these

import { main } from './common/failure.mjs';
import { inRoot } from './common/paths.mjs';
import { exitCodeOf } from './common/run.mjs';
import { setUp } from './set-up.mjs';
import { filesNamed, unitFiles } from './test/files.mjs';

await main('watch', async () => {
  await setUp();
  const given = process.argv.slice(2);
  const files = given.length > 0 ? filesNamed(given) : unitFiles();
  const mocha = [inRoot('node_modules', 'mocha', 'bin', 'mocha.js'), '--watch', '--watch-files', 'lib,simulator,test'];
  process.exitCode = await exitCodeOf(process.execPath, [
    ...mocha,
    '--reporter',
    given.length > 0 ? 'spec' : 'dot',
    ...files,
  ]);
});
