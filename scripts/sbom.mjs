// `npm run sbom`: the list of what the package brings along, as CycloneDX JSON on standard output.
// `npm sbom --omit dev` (npm 11.19) leaves out whatever a development package needs as well, axios among it: it is given a
// package that has none.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { inRoot } from './common/paths.mjs';

const read = (file) => JSON.parse(readFileSync(inRoot(file), 'utf8'));
const withoutDevelopment = ({ devDependencies: _, ...rest }) => rest;

const lock = read('package-lock.json');
const kept = Object.entries(lock.packages).filter(([, entry]) => !entry.dev && !entry.devOptional && !entry.optional);
const packages = Object.fromEntries(kept.map(([name, entry]) => [name, withoutDevelopment(entry)]));

const folder = mkdtempSync(path.join(os.tmpdir(), 'dinstar-sbom-'));
try {
  // npm calls it by its folder.
  const cwd = path.join(folder, lock.name);
  mkdirSync(cwd, { recursive: true });
  const write = (file, content) => writeFileSync(path.join(cwd, file), JSON.stringify(content));
  write('package.json', withoutDevelopment(read('package.json')));
  write('package-lock.json', { ...lock, packages });
  const switches = ['--package-lock-only', '--sbom-format', 'cyclonedx', '--sbom-type', 'library'];
  process.stdout.write(execFileSync('npm', ['sbom', ...switches], { cwd, maxBuffer: 2 ** 26 }));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
