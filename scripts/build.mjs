// From the sources to dist/: everything a published package holds beside its manifest and texts.
import { rmSync } from 'node:fs';
import {
  bundleMetrics,
  bundleNumbers,
  bundleRequests,
  checkEditor,
  checkEntryPoints,
  compileRuntime,
  copySimulatorFiles,
  writeTypes,
} from './build/compile.mjs';
import { buildEditor } from './build/editor.mjs';
import { copyIcon, writeLanguages } from './build/languages.mjs';
import { writeManifest } from './build/manifest.mjs';
import { readPalette } from './build/palette.mjs';
import { reprint } from './build/reprint.mjs';
import { bundleThread } from './build/thread.mjs';
import { isMain, main } from './common/failure.mjs';
import { inRoot } from './common/paths.mjs';
import { setUp } from './set-up.mjs';

/** Builds dist/ anew. Rejects with a message that names the step and the file. */
export async function build() {
  const start = Date.now();
  const sets = readPalette();
  rmSync(inRoot('dist'), { recursive: true, force: true });
  await Promise.all([compileRuntime(), writeTypes(), checkEditor(), ...sets.map(buildEditor)]);
  await bundleNumbers();
  await bundleMetrics();
  await bundleRequests();
  for (const set of sets) {
    writeLanguages(set);
    copyIcon(set);
  }
  copySimulatorFiles();
  const manifest = writeManifest(sets);
  await bundleThread(manifest);
  await reprint();
  checkEntryPoints(manifest);
  console.log(`build: ${sets.length} node sets in ${((Date.now() - start) / 1000).toFixed(1)} s`);
}

if (isMain(import.meta.url)) {
  await main('build', async () => {
    await setUp();
    await build();
  });
}
