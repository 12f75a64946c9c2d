// The program of the store's thread as one file (decision 78).
import { rmSync } from 'node:fs';
import { inRoot } from '../common/paths.mjs';

const PROGRAM = 'lib/store/thread/worker.ts';
/** Asks for SQLite beside it only where there is no program of the thread: before uncompiled sources. */
const STARTER = inRoot('dist', 'lib', 'store', 'thread', 'index.js');

/**
 * Bundles what the store's thread runs, which shares nothing with the main thread but messages, and drops the compiled files that
 * nothing else loads.
 */
export async function bundleThread(manifest) {
  const { nodes, plugins } = manifest['node-red'];
  const others = [...Object.values({ ...nodes, ...plugins, ...manifest.bin }), manifest.exports['./client'].default];
  const loaded = await filesOf({ entryPoints: others, outdir: 'dist', plugins: [forSources] });
  const sources = await filesOf({ entryPoints: [PROGRAM], outfile: compiled(PROGRAM), write: true });
  for (const source of sources) {
    const file = compiled(source);
    if (source !== PROGRAM && !loaded.includes(file)) rmSync(inRoot(file));
  }
}

const compiled = (source) => `dist/${source.replace(/\.ts$/, '.js')}`;

const forSources = {
  name: 'for sources',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.\.\/sqlite$/ }, ({ path, importer }) =>
      importer === STARTER ? { path, external: true } : undefined,
    ),
};

/** Bundles, and tells which files that took, relative to the repository. */
async function filesOf(options) {
  // Imported late: set-up, which brings esbuild, has run by now.
  const { build } = await import('esbuild');
  const { metafile } = await build({
    write: false,
    allowOverwrite: true,
    bundle: true,
    metafile: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    external: ['pg', 'libsql'],
    legalComments: 'none',
    logLevel: 'silent',
    absWorkingDir: inRoot(),
    ...options,
  });
  return Object.keys(metafile.inputs);
}
