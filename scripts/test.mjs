// Everything that says whether the clone is green: lint, types, tests.
import { isMain, main } from './common/failure.mjs';
import { run } from './common/run.mjs';
import { setUp } from './set-up.mjs';

const tool = (file) => ['node_modules', ...file].join('/');

if (isMain(import.meta.url)) {
  await main('test', async () => {
    await setUp();
    await run('lint', process.execPath, [tool(['@biomejs', 'biome', 'bin', 'biome']), 'ci', '.']);
    await run('type check', process.execPath, [tool(['typescript', 'bin', 'tsc']), '-p', 'tsconfig.json']);
    await run('tests', process.execPath, [
      tool(['mocha', 'bin', 'mocha.js']),
      '--require',
      'tsx/cjs',
      '--forbid-only',
      '--forbid-pending',
      'test/lib/{sms-text,push}/*.test.ts',
      'test/architecture.test.ts',
      'test/simulator/*.test.ts',
    ]);
  });
}
