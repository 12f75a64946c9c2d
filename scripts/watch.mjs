// `npm run test:watch`: the unit tests, then after every change those that load what was changed.
//   npm run test:watch -- <file or folder> …    only these, on Node-RED 4 where they need one
import { existsSync, watch } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { main } from './common/failure.mjs';
import { inRoot, shown } from './common/paths.mjs';
import { setUp } from './set-up.mjs';
import { filesNamed, unitFiles } from './test/files.mjs';
import { runSideBySide } from './test/sideBySide.mjs';
import { summarize } from './test/summary.mjs';
import { touchedBy } from './test/touched.mjs';

const FOLDERS = ['lib', 'nodes', 'plugins', 'simulator', 'test'];
// An editor writes a file in several steps, and a checkout writes many.
const PATIENCE_MS = 200;

await main('watch', async () => {
  await setUp();
  const given = process.argv.slice(2);
  const files = () => (given.length > 0 ? filesNamed(given) : unitFiles());
  const changes = changesIn(FOLDERS);
  await run(files(), given.length > 0);
  for await (const changed of changes) {
    const touched = touchedBy(changed, files().filter(existsSync));
    console.log(`\n${[...changed].map(shown).join(', ')}: ${touched.length} test files`);
    if (touched.length > 0) await run(touched, touched.length < 4);
  }
});

async function run(files, isTold) {
  const options = {
    jobs: os.availableParallelism(),
    heavyJobs: 1,
    patienceMs: 600_000,
    isTold,
    seed: Date.now() % 2 ** 31,
  };
  summarize(await runSideBySide([{ name: 'watched', files, node: process.execPath, env: {} }], options));
}

/** The files that changed, as sets of those that did together. */
async function* changesIn(folders) {
  const changed = new Set();
  let tell = () => undefined;
  for (const folder of folders) {
    watch(inRoot(folder), { recursive: true }, (_event, name) => {
      if (!name?.endsWith('.ts')) return;
      changed.add(path.join(inRoot(folder), name));
      tell();
    });
  }
  for (;;) {
    if (changed.size === 0) {
      await new Promise((resolve) => {
        tell = resolve;
      });
    }
    await pause(PATIENCE_MS);
    const together = new Set(changed);
    changed.clear();
    yield together;
  }
}
