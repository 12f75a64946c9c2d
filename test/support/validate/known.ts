import { textOf } from '../architecture/sources';

/** What a lock file says of a package. */
export interface KnownPackage {
  version: string;
  dependencies?: Record<string, string>;
  engines?: Record<string, string>;
}

const LOCKS = ['package-lock.json', 'test/support/node-red-5/package-lock.json'];

/** The versions of a package that our lock files hold, oldest first: with Node-RED 4 and 5 those we run on. */
export function known(name: string): Record<string, KnownPackage> {
  const all = LOCKS.flatMap((lock) => Object.entries(packagesOf(lock)))
    .filter(([place]) => place.endsWith(`node_modules/${name}`))
    .map(([, found]) => found);
  const sorted = all.sort((a, b) => a.version.localeCompare(b.version, 'en', { numeric: true }));
  return Object.fromEntries(sorted.map((one) => [one.version, one]));
}

const packagesOf = (lock: string): Record<string, KnownPackage> =>
  (JSON.parse(textOf(lock)) as { packages: Record<string, KnownPackage> }).packages;
