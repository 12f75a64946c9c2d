// `npm test`: everything that must hold, on both platforms.
//   npm test -- <file> …    only these test files, without lint, type check and coverage
//   npm run test:long       the long tests (test/**/*.long.ts)
import { checkAll } from './build/compile.mjs';
import { build } from './build.mjs';
import { main } from './common/failure.mjs';
import { inRoot } from './common/paths.mjs';
import { run } from './common/run.mjs';
import { setUp, setUpSecondPlatform } from './set-up.mjs';
import { runMocha } from './test/mocha.mjs';
import { node24, nodeRed5Library } from './test/second-platform.mjs';

const ALL = 'test/**/*.test.ts';
const LONG = 'test/**/*.long.ts';
// What touches Node-RED's own code, or Node's own SQLite, runs on both platforms; test/package starts real processes of
// both by itself.
const ON_BOTH = ['test/nodes/**/*.test.ts', 'test/lib/store/**/*.test.ts'];
const LONG_ON_BOTH = ['test/nodes/**/*.long.ts', 'test/lib/store/**/*.long.ts'];
const isOnBoth = (file) => /(^|\/)test\/(nodes|lib\/store)\//.test(file);

const results = [];

await main('test', async () => {
  const given = process.argv.slice(2).filter((argument) => argument !== '--long');
  const long = process.argv.includes('--long');
  await setUp();
  await setUpSecondPlatform();
  const everything = given.length === 0 && !long;
  if (everything) await check('lint', lint);
  await check('build', build);
  if (everything) await check('type check', checkAll);
  const files = given.length > 0 ? given : [long ? LONG : ALL];
  await test('Node-RED 4', { files, covered: everything });
  const again = given.length > 0 ? given.filter(isOnBoth) : long ? LONG_ON_BOTH : ON_BOTH;
  if (again.length > 0) {
    const env = { NODE_RED_LIB: nodeRed5Library() };
    await test('Node-RED 5', { files: again, node: node24(), env });
  }
  summarize();
});

function lint() {
  const biome = inRoot('node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const colors = process.stdout.isTTY ? [] : ['--colors=off'];
  return run('biome', process.execPath, [biome, 'ci', '--error-on-warnings', ...colors, '.']);
}

async function check(name, body) {
  console.log(`\n== ${name}`);
  try {
    await body();
    results.push({ name, passed: 0, failed: 0, skipped: 0, ok: true });
  } catch (error) {
    console.error(error.message);
    results.push({ name, passed: 0, failed: 1, skipped: 0, ok: false });
  }
}

async function test(platform, options) {
  console.log(`\n== tests, ${platform}`);
  results.push({ name: `tests, ${platform}`, ...(await runMocha(options)) });
}

// A check that fails counts as one failure, so that "0 failed" is said only when all is well.
function summarize() {
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  console.log('\n== summary');
  for (const { name, ok, passed, failed, remark } of results) {
    const counts = passed + failed > 0 ? `: ${passed} passed, ${failed} failed` : '';
    console.log(`${ok ? 'ok    ' : 'FAILED'} ${name}${counts}${remark ? ` (${remark})` : ''}`);
  }
  const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
  console.log(`${sum('passed')} passed, ${sum('failed')} failed${skipped}`);
  if (results.some(({ ok }) => !ok)) process.exitCode = 1;
}
