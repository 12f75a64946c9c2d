import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';

/** For its owner alone: the file holds numbers and texts in the clear. */
const FOLDER = 0o700;
const FILE = 0o600;

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
    chmodSync(place, mode);
  } catch {
    // Somebody else's, or a file system without permissions: it is what whoever set it up has made it.
  }
}
