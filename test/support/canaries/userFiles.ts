import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Where Node-RED keeps credentials; here in the clear. */
const CREDENTIALS = /_cred\.json/;

/** All files of a user directory by their names, the store's and backups included, but for credentials and packages. */
export function userFiles(userDir: string): Record<string, string> {
  const names = readdirSync(userDir, { withFileTypes: true })
    .filter((entry) => entry.name !== 'node_modules' && !CREDENTIALS.test(entry.name))
    .flatMap((entry) => (entry.isDirectory() ? filesIn(userDir, entry.name) : [entry.name]));
  return Object.fromEntries(names.map((name) => [name, readFileSync(path.join(userDir, name), 'utf8')]));
}

const filesIn = (userDir: string, folder: string): string[] =>
  readdirSync(path.join(userDir, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(userDir, path.join(entry.parentPath, entry.name)));
