// `npm run sbom`: the list of what the package brings along, as CycloneDX JSON on standard output.
// `npm sbom --omit dev` (npm 11.19) leaves out whatever a development package needs as well, axios among it: it is given a
// package that has none.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { BUNDLED } from './build/compile.mjs';
import { inRoot } from './common/paths.mjs';

const read = (file) => JSON.parse(readFileSync(inRoot(file), 'utf8'));
const withoutDevelopment = ({ devDependencies: _, ...rest }) => rest;
/** A package that the build puts into ours is a part of it, whatever npm calls it. */
const isBundled = (name) => BUNDLED.includes(name.replace(/^node_modules\//, ''));
const withBundled = ({ devDependencies, ...rest }) => {
  const bundled = Object.entries(devDependencies).filter(([name]) => isBundled(name));
  return { ...rest, dependencies: { ...rest.dependencies, ...Object.fromEntries(bundled) } };
};

const lock = read('package-lock.json');
const isInstalled = ({ dev, devOptional, optional }) => !dev && !devOptional && !optional;
const kept = Object.entries(lock.packages).filter(([name, entry]) => isInstalled(entry) || isBundled(name));
/** What a bundled package needs itself is bundled by its own name, or isn't there at all. */
const asPart = (name, { dependencies, ...rest }) => ({
  ...withoutDevelopment(rest),
  dev: undefined,
  ...(!isBundled(name) && { dependencies }),
});
const packages = Object.fromEntries(
  kept.map(([name, entry]) => [name, name === '' ? withBundled(entry) : asPart(name, entry)]),
);

const folder = mkdtempSync(path.join(os.tmpdir(), 'dinstar-sbom-'));
try {
  // npm calls it by its folder.
  const cwd = path.join(folder, lock.name);
  mkdirSync(cwd, { recursive: true });
  const write = (file, content) => writeFileSync(path.join(cwd, file), JSON.stringify(content));
  write('package.json', withBundled(read('package.json')));
  write('package-lock.json', { ...lock, packages });
  const switches = ['--package-lock-only', '--sbom-format', 'cyclonedx', '--sbom-type', 'library'];
  process.stdout.write(execFileSync('npm', ['sbom', ...switches], { cwd, maxBuffer: 2 ** 26 }));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
