import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { inRoot, shown } from '../common/paths.mjs';
import { exitCodeOf } from '../common/run.mjs';

const C8 = inRoot('node_modules', 'c8', 'bin', 'c8.js');

/**
 * Runs `body` with the environment in which processes of Node measure what they reach; adds to its results the line
 * coverage by .c8rc.json, where too little is a failure.
 */
export async function covered(body) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'dinstar-coverage-'));
  try {
    const results = await body({ NODE_V8_COVERAGE: folder });
    const code = await exitCodeOf(process.execPath, [
      C8,
      'report',
      `--temp-directory=${folder}`,
      ...(await exclusions()),
    ]);
    const ok = code === 0;
    const reasons = ok ? [] : [`c8 ended with ${code}: too little is reached, or it could not be measured`];
    return [...results, { name: 'coverage', passed: 0, failed: ok ? 0 : 1, skipped: 0, ok, reasons }];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The switches for c8: what .c8rc.json excludes, and the files that hold nothing but types.
 * Those are never loaded, so that c8 would count each of their lines as one that no test reaches.
 */
async function exclusions() {
  const { exclude, src } = JSON.parse(readFileSync(inRoot('.c8rc.json'), 'utf8'));
  const typesOnly = [];
  for (const file of src.flatMap((folder) => sourcesIn(inRoot(folder)))) {
    if (await isEmptyAtRunTime(file)) typesOnly.push(shown(file));
  }
  return [...exclude, ...typesOnly].map((pattern) => `--exclude=${pattern}`);
}

function sourcesIn(folder) {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

async function isEmptyAtRunTime(file) {
  // Imported late: set-up, which brings esbuild, has run by now.
  const { transform } = await import('esbuild');
  const options = { loader: 'ts', legalComments: 'none', logLevel: 'silent' };
  // What doesn't compile counts, with no line reached; the build says what is wrong with it.
  const { code } = await transform(readFileSync(file, 'utf8'), options).catch(() => ({ code: 'broken' }));
  return code.trim() === '';
}
