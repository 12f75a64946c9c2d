import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Random } from '../../clock';
import { randomUserId } from '../userIds';
import type { DriverKind } from './drivers';
import { migrate } from './migrate';
import { makePrivate } from './privacy';

/**
 * Makes an empty store under another name and gives it its own when it is whole: a file under the store's name was
 * always one, and is damaged when it no longer is. Where somebody else was quicker, theirs stays.
 */
export function createFile(kind: DriverKind, file: string, random: Random): void {
  const made = `${file}.new-${process.pid}-${Math.floor(random() * 2 ** 32)}`;
  rmSync(made, { force: true });
  try {
    makePrivate(made);
    const driver = kind.open(made);
    try {
      // The latter has to be said before there is any table: what is forgotten can be given back then.
      driver.exec('PRAGMA synchronous = FULL; PRAGMA auto_vacuum = INCREMENTAL');
      migrate(driver, 0);
      driver.exec(`INSERT INTO counters VALUES (0, 0, ${randomUserId(random)})`);
    } finally {
      driver.close();
    }
    give(made, file);
    syncFolder(path.dirname(file));
  } finally {
    rmSync(made, { force: true });
  }
}

function give(made: string, file: string): void {
  try {
    linkSync(made, file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return;
    // Some file systems know no links.
    if (!existsSync(file)) renameSync(made, file);
  }
}

/** So that the new name survives a power cut, too. Not every system lets a folder be opened. */
function syncFolder(folder: string): void {
  try {
    const opened = openSync(folder, 'r');
    try {
      fsyncSync(opened);
    } finally {
      closeSync(opened);
    }
  } catch {
    // The file's own syncs have been done.
  }
}
