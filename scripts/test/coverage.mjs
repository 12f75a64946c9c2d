import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot, shown } from '../common/paths.mjs';

/**
 * The switches for c8: what .c8rc.json excludes, and the files that hold nothing but types.
 * Those are never loaded, so that c8 would count each of their lines as one that no test reaches.
 */
export async function exclusions() {
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
