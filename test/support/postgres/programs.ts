import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Where Debian and its like keep a server's programs, which are in no PATH. */
const DEBIAN = '/usr/lib/postgresql';

/** The folder of PostgreSQL's `initdb` and `postgres`; undefined where there is none on this machine. */
export function findPrograms(): string | undefined {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = versions.map((version) => path.join(DEBIAN, version, 'bin'));
  return folders.find((folder) => existsSync(path.join(folder, 'initdb')));
}
