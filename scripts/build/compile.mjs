// The runs of the TypeScript compiler: the runtime and the client's types to dist/, and a look at the other sources.
import { chmodSync, cpSync, existsSync, readFileSync } from 'node:fs';
import { Failure } from '../common/failure.mjs';
import { inRoot, shown } from '../common/paths.mjs';
import { run } from '../common/run.mjs';

const tsc = (project) => [inRoot('node_modules', 'typescript', 'bin', 'tsc'), '-p', inRoot(project)];

/** Compiles nodes, plugins, lib and simulator to CommonJS. */
export const compileRuntime = () => run('compiling the runtime', process.execPath, tsc('tsconfig.build.json'));

/** Writes the types of what other programs may import: the API client alone. */
export const writeTypes = () => run('writing the types of /client', process.execPath, tsc('tsconfig.types.json'));

/** Type-checks what runs in the browser; esbuild only strips the types. */
export const checkEditor = () => run('type-checking the editor', process.execPath, tsc('tsconfig.editor.json'));

const NUMBERS = 'libphonenumber-js';
const METRICS = 'prom-client';
const REQUESTS = 'axios';
/** Packages that the build puts into ours. */
export const BUNDLED = [NUMBERS, METRICS, REQUESTS];

/** Puts the part of the telephone number library that is used into one file, with its licences beside it (decision 26). */
export async function bundleNumbers() {
  await bundle(NUMBERS, ['lib', 'numbers'], ['LICENSE', 'LICENSE.Apache']);
}

/** The same for the metrics (decision 54), without what only summaries and Node's own metrics need. */
export async function bundleMetrics() {
  await bundle(METRICS, ['lib', 'runtime', 'metrics'], ['LICENSE'], {
    without: /^(tdigest|@opentelemetry\/api)$/,
  });
}

/** The same for axios (decision 69), without its ways to the wire and what only they need. */
export async function bundleRequests() {
  const ways = /^\.\/(http|xhr|fetch)\.js$|^(form-data|follow-redirects|proxy-from-env|https-proxy-agent)$/;
  // Node loads fetch, 3 MB, when somebody looks at its FormData; axios looks for it among what is global.
  const define = { FormData: 'undefined', globalThis: '{}' };
  await bundle(REQUESTS, ['lib', 'gateway-api'], ['LICENSE'], { without: ways, define });
}

/** @param more `without`: imports in whose place there is nothing; `define`: what names stand for, as esbuild takes it */
async function bundle(name, folder, licences, { without = /^$/, define = {} } = {}) {
  // Imported late: set-up, which brings esbuild, has run by now.
  const { build } = await import('esbuild');
  const nothing = inRoot('scripts', 'build', 'nothing.mjs');
  const leaveOut = {
    name: 'leave out',
    setup: ({ onResolve }) => onResolve({ filter: without }, () => ({ path: nothing })),
  };
  await build({
    entryPoints: [inRoot(...folder, 'library.ts')],
    outfile: inRoot('dist', ...folder, 'library.js'),
    plugins: [leaveOut],
    define,
    allowOverwrite: true,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    minify: true,
    legalComments: 'none',
    logLevel: 'silent',
  });
  for (const licence of licences) {
    cpSync(inRoot('node_modules', name, licence), inRoot('dist', ...folder, `${name}.${licence}`));
  }
}

/** Type-checks everything that runs on Node, tests included. */
export const checkAll = () => run('type-checking', process.execPath, tsc('tsconfig.json'));

/** Copies what the simulator serves as it lies there: its page. */
export function copySimulatorFiles() {
  const from = inRoot('simulator');
  if (!existsSync(from)) throw new Failure('simulator/ is missing');
  cpSync(from, inRoot('dist', 'simulator'), { recursive: true, filter: (file) => !/\.(ts|md)$/.test(file) });
}

/** Checks that what package.json promises is there, and makes the commands executable. */
export function checkEntryPoints(manifest) {
  const commands = Object.values(manifest.bin ?? {});
  const exported = Object.values(manifest.exports ?? {}).flatMap((entry) =>
    typeof entry === 'string' ? [entry] : Object.values(entry),
  );
  const sets = Object.values({ ...manifest['node-red'].nodes, ...manifest['node-red'].plugins });
  const missing = [...commands, ...exported, ...sets].filter((file) => !existsSync(inRoot(file)));
  if (missing.length > 0) throw new Failure(`package.json names files that weren't built: ${missing.join(', ')}`);
  for (const command of commands) {
    const file = inRoot(command);
    if (!readFileSync(file, 'utf8').startsWith('#!')) throw new Failure(`${shown(file)} doesn't begin with #!`);
    chmodSync(file, 0o755);
  }
}
