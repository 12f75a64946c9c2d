import { chmodSync, closeSync, existsSync, lstatSync, mkdirSync, openSync, readSync, statSync } from 'node:fs';
import path from 'node:path';

/** For its owner alone: the file holds numbers and texts in the clear. */
const FOLDER = 0o700;
const FILE = 0o600;
/** How a database begins (https://www.sqlite.org/fileformat.html, 1.3). */
const SQLITE = Buffer.from('SQLite format 3\0');

/** Makes the store's folder, and closes it and what lies in it to everybody but its owner, also what was there before. */
export function keepPrivate(file: string): void {
  const folder = path.dirname(file);
  mkdirSync(folder, { recursive: true, mode: FOLDER });
  restrict(folder, FOLDER);
  for (const one of [file, `${file}-wal`, `${file}-shm`, `${file}-journal`]) if (existsSync(one)) restrict(one, FILE);
}

/** Makes an empty private file; SQLite gives those that it puts beside it the same permissions. */
export function makePrivate(file: string): void {
  closeSync(openSync(file, 'wx', FILE));
}

function restrict(place: string, mode: number): void {
  try {
    if (lstatSync(place).isSymbolicLink() && !leadsToStore(place)) return;
    chmodSync(place, mode);
  } catch {
    // Somebody else's, or a file system without permissions: it is what whoever set it up has made it.
  }
}

/** Whether a link leads to a store on another disk, say: anything else isn't ours to close, neither a folder nor another file. */
function leadsToStore(link: string): boolean {
  const target = statSync(link);
  const isOurs = process.getuid === undefined || target.uid === process.getuid();
  return target.isFile() && isOurs && (target.size === 0 || begins(link, SQLITE));
}

function begins(file: string, magic: Buffer): boolean {
  const head = Buffer.alloc(magic.length);
  const opened = openSync(file, 'r');
  try {
    readSync(opened, head, 0, head.length, 0);
  } finally {
    closeSync(opened);
  }
  return head.equals(magic);
}
