import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const IMPORT = /(?:\bfrom|\bimport|\brequire\(|\bimport\()\s*'(\.[^']+)'/g;

/** Those of the test files that load one of the changed files, whatever is in between, or are one themselves. */
export function touchedBy(changed, tests) {
  const known = new Map();
  const importsOf = (file) => {
    if (!known.has(file)) known.set(file, readImports(file));
    return known.get(file);
  };
  return tests.filter((test) => {
    const reached = new Set([test]);
    for (const file of reached) {
      if (changed.has(file)) return true;
      for (const next of importsOf(file)) reached.add(next);
    }
    return false;
  });
}

function readImports(file) {
  if (!file.endsWith('.ts') || !existsSync(file)) return [];
  const found = readFileSync(file, 'utf8').matchAll(IMPORT);
  return [...found].flatMap(([, name]) => placesOf(path.resolve(path.dirname(file), name)));
}

// A file that has just gone is still what somebody imports.
const placesOf = (place) => [place, `${place}.ts`, path.join(place, 'index.ts')];
