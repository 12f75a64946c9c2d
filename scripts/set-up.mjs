// Brings the dependencies that package-lock.json names, and nothing when they are there already.
// Needs only Node and npm: nothing here may import a dependency.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Failure, isMain, main } from './common/failure.mjs';
import { inRoot, root, shown } from './common/paths.mjs';
import { run } from './common/run.mjs';

const OLDEST_NODE = [20, 19];

/** The folder of Node-RED 5 with its Node 24, the tests' second platform. */
export const secondPlatform = inRoot('test', 'support', 'node-red-5');

/** The folder of Stryker, which `npm run mutate` changes the code with. */
export const mutationTools = inRoot('test', 'mutation');

/** The folder of the validator of Node-RED's palette, which a long test asks. */
export const validator = inRoot('test', 'support', 'node-red-dev');

/** The folder of a PostgreSQL for the tests, where the machine has none of its own. */
export const postgres = inRoot('test', 'support', 'postgres');

/** Makes sure that the clone's own node_modules match its lock. */
export async function setUp() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    throw new Failure(`Node ${OLDEST_NODE.join('.')} or later is needed, this is ${process.versions.node}`);
  }
  await install(root);
}

/** Makes sure that Node-RED 5 and Node 24 are there. */
export async function setUpSecondPlatform() {
  await install(secondPlatform);
}

/** Makes sure that there is a PostgreSQL, where npm has one for this machine; without it the tests of it say so. */
export async function setUpPostgres() {
  if (existsSync('/usr/lib/postgresql')) return;
  try {
    await install(postgres);
  } catch (error) {
    console.error(`set-up: no PostgreSQL: ${error.message}`);
  }
}

/** Makes sure that Stryker is there. */
export async function setUpMutation() {
  await install(mutationTools);
}

/** Makes sure that node-red-dev is there. */
export async function setUpValidator() {
  await install(validator);
}

async function install(folder) {
  const stampFile = path.join(folder, 'node_modules', '.set-up-stamp');
  const stamp = stampOf(folder);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  if (isInstalled(folder)) {
    writeFileSync(stampFile, stamp);
    return;
  }
  console.log(`set-up: installing the dependencies of ${shown(folder) || 'this clone'} …`);
  // npm ci empties node_modules while it works: a run cut short must not leave the old stamp.
  rmSync(stampFile, { force: true });
  const { command, args } = npm();
  // Nothing here needs install scripts, and what doesn't run can't ask for a compiler.
  await run(
    `npm ci in ${shown(folder) || 'this clone'}`,
    command,
    [...args, ...['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', folder]],
    { cwd: folder, env: withoutOwnPrograms() },
  );
  writeFileSync(stampFile, stamp);
}

// Some packages hold programs for one system: a node_modules carried to another machine doesn't match.
function stampOf(folder) {
  const lock = readFileSync(path.join(folder, 'package-lock.json'));
  return `${createHash('sha256').update(lock).digest('hex')} ${process.platform} ${process.arch}\n`;
}

// After somebody's own `npm install` everything may be there already. npm notes what it brought in a lock of its own,
// written last; what the clone's lock has beyond it may only be programs for other systems.
function isInstalled(folder) {
  const noted = path.join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(noted)) return false;
  const installed = packagesOf(noted);
  const wanted = Object.entries(packagesOf(path.join(folder, 'package-lock.json')));
  return wanted.every(
    ([name, { version, integrity, optional, link }]) =>
      name === '' ||
      link ||
      (installed[name] ? installed[name].version === version && installed[name].integrity === integrity : optional),
  );
}

const packagesOf = (lock) => JSON.parse(readFileSync(lock, 'utf8')).packages;

/** How to start the npm that started us; otherwise the machine's. */
function npm() {
  const started = process.env.npm_execpath;
  if (started && /npm-cli\.js$/.test(started)) return { command: process.execPath, args: [started] };
  return { command: 'npm', args: [] };
}

// npm scripts see node_modules/.bin first, where Node-RED brings an npm of its own: `npm ci` would delete itself.
function withoutOwnPrograms() {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const kept = folders.filter((folder) => !folder.startsWith(root + path.sep));
  return { ...process.env, PATH: kept.join(path.delimiter) };
}

if (isMain(import.meta.url)) {
  await main('set-up', async () => {
    await setUp();
    if (process.argv.includes('--all')) await Promise.all([setUpSecondPlatform(), setUpPostgres()]);
    if (process.argv.includes('--validator')) await setUpValidator();
  });
}
