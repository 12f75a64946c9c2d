// `npm test`: everything that must hold, on both platforms.
//   npm test -- <file> …    only these test files or folders, without lint and type check
//   npm run test:coverage   the same tests while their processes count the lines they reach, a quarter slower
//   npm run test:unit       in half a minute: what needs no build, no Node-RED, no program of its own and no second of a core
//   npm run test:long       the long tests (test/**/*.long.ts), one after the other, and on both versions what runs on one in turn
//   npm run test:long -- <file> …  only these of them, or those below a folder
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from './build.mjs';
import { main } from './common/failure.mjs';
import { shown } from './common/paths.mjs';
import { setUp, setUpPostgres, setUpSecondPlatform } from './set-up.mjs';
import { lint, typeCheck } from './test/checks.mjs';
import { covered } from './test/coverage.mjs';
import { filesEndingWith, filesInTurn, filesNamed, sources, unitFiles } from './test/files.mjs';
import { node24, secondEnvironment } from './test/second-platform.mjs';
import { runSideBySide } from './test/sideBySide.mjs';
import { summarize } from './test/summary.mjs';
import { compileAll } from './typescript/compiled.cjs';

const CORES = os.availableParallelism();
// Tests that start programs wait two thirds of the time, the others hardly.
const JOBS = Math.min(8, CORES * 3);
const HEAVY_JOBS = JOBS - 1;
const MINUTE = 60_000;
const OPTIONS = {
  ...{ jobs: JOBS, heavyJobs: HEAVY_JOBS, patienceMs: 10 * MINUTE, isTold: false },
  seed: Number(process.env.TEST_SEED ?? Math.floor(Math.random() * 2 ** 31)),
};

// What touches Node-RED's own code, or the SQLite of Node, which only the later one has, runs on both platforms: all else
// can't differ. test/package starts real processes of both by itself.
const isOnBoth = (file) => /^test\/(nodes|lib\/command|lib\/store\/(sqlite|thread|moving))\//.test(shown(file));
// Of those the ones that take as long as ten others, and in which hardly anything is Node-RED's: on one of both by chance.
const IN_TURN = ['test/nodes/watchCanary.test.ts'];

await main('test', async () => {
  const given = process.argv.slice(2);
  const names = given.filter((one) => !one.startsWith('--'));
  // Its processes inherit the variable.
  const shared = mkdtempSync(path.join(os.tmpdir(), 'dinstar-run-'));
  process.env.TEST_RUN_FOLDER = shared;
  process.on('exit', () => rmSync(shared, { recursive: true, force: true }));
  const results = given.includes('--long')
    ? await long(names)
    : given.includes('--unit')
      ? await unit()
      : given.includes('--coverage')
        ? await coverage()
        : await some(given);
  if (!summarize(results)) process.exitCode = 1;
});

async function some(given) {
  // npm keeps one core busy at most, so that both come at once.
  await Promise.all([setUp(), setUpOthers()]);
  if (given.length === 0) return everything();
  const built = await check('build', build);
  await compileAll(sources());
  return [built, ...(await runSideBySide(onBoth(filesNamed(given)), { ...OPTIONS, isTold: true }))];
}

async function everything() {
  const files = filesEndingWith('.test.ts');
  const checks = await allChecks();
  await compileAll(sources());
  return [...checks, ...(await runSideBySide(inTurn(onBoth(files)), OPTIONS))];
}

async function coverage() {
  await Promise.all([setUp(), setUpOthers()]);
  const built = await check('build', build);
  await compileAll(sources());
  const files = onBoth(filesEndingWith('.test.ts'));
  return [built, ...(await covered((env) => runSideBySide(measured(files, env), OPTIONS)))];
}

function measured(platforms, env) {
  return platforms.map((platform) => ({ ...platform, env: { ...platform.env, ...env } }));
}

async function allChecks() {
  return [await check('build', build), await check('lint', lint), await check('type check', typeCheck)];
}

function setUpOthers() {
  return Promise.all([setUpSecondPlatform(), setUpPostgres()]);
}

async function unit() {
  await setUp();
  await compileAll(sources());
  return runSideBySide([{ name: 'unit', files: unitFiles(), node: process.execPath, env: {} }], {
    ...OPTIONS,
    // One more than there are cores: some wait for connections.
    jobs: CORES + 1,
  });
}

// Big counts keep a core busy for themselves, and take as long as they take.
async function long(names) {
  // A wrong name is told before anything is brought.
  const named = filesNamed(names, '.long.ts');
  await setUp();
  await setUpOthers();
  const built = await check('build', build);
  await compileAll(sources());
  const options = { ...OPTIONS, jobs: 1, heavyJobs: 1, patienceMs: 24 * 60 * MINUTE, isTold: true };
  if (named.length > 0) return [built, ...(await runSideBySide(onBoth(named), options))];
  const files = [...filesEndingWith('.long.ts'), ...filesNamed(IN_TURN)];
  const inEachVersion = { name: 'both', files: filesInTurn(), node: process.execPath, env: { TEST_VERSIONS: 'both' } };
  return [built, ...(await runSideBySide([...onBoth(files), inEachVersion], options))];
}

function onBoth(files) {
  const first = { name: 'Node-RED 4', files, node: process.execPath, env: {} };
  const again = files.filter(isOnBoth);
  if (again.length === 0) return [first];
  return [first, { name: 'Node-RED 5', files: again, node: node24(), env: secondEnvironment() }];
}

/** Each of `IN_TURN` on one of the two platforms. */
function inTurn([first, second]) {
  const onFirst = new Set(IN_TURN.filter(() => Math.random() < 0.5));
  const isKept = (file, isHere) => !IN_TURN.includes(shown(file)) || isHere(shown(file));
  return [
    { ...first, files: first.files.filter((file) => isKept(file, (name) => onFirst.has(name))) },
    { ...second, files: second.files.filter((file) => isKept(file, (name) => !onFirst.has(name))) },
  ];
}

async function check(name, body) {
  const result = { name, passed: 0, failed: 0, skipped: 0, ok: true, reasons: [] };
  try {
    await body();
    console.log(`ok     ${name}`);
    return result;
  } catch (error) {
    console.error(`FAILED ${name}: ${error.message}`);
    return { ...result, failed: 1, ok: false };
  }
}
