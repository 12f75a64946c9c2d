import { existsSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Random } from '../../clock';
import { createFile } from './createFile';
import type { Driver, DriverKind } from './drivers';
import { damaged, StoreRefused } from './failures';
import { inspect } from './inspect';
import { migrate } from './schema';

// The exclusive lock belongs to the operating system and to the open file: it ends with the process, however that ends,
// and no process id is compared with anything. It is taken with the first read, and needs no shared memory for the WAL.
const OWN = `
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA synchronous = FULL;
  PRAGMA fullfsync = ON;
  PRAGMA checkpoint_fullfsync = ON;
  PRAGMA temp_store = MEMORY;
  PRAGMA cache_size = -16000;
  PRAGMA wal_autocheckpoint = 4000;
  PRAGMA journal_size_limit = 67108864;
  PRAGMA journal_mode = WAL;
  BEGIN IMMEDIATE;
  COMMIT;
`;

/**
 * Opens the store's file for this process alone; a missing one is made.
 * @throws StoreRefused for a file that isn't to be touched; anything else may be tried again
 */
export function openFile(kind: DriverKind, file: string, random: Random): Driver {
  mkdirSync(path.dirname(file), { recursive: true });
  refuseRemains(file);
  if (!existsSync(file)) createFile(kind, file, random);
  const looked = look(kind, file);
  const driver = kind.open(file);
  try {
    // A file of another make or a later version is left before anything is written to it.
    const version = looked ?? inspect(driver, file);
    driver.exec(OWN);
    migrate(driver, version);
    return driver;
  } catch (error) {
    closeQuietly(driver);
    throw error;
  }
}

/** SQLite would take an empty file for a new one, and begin by deleting or applying the journal of the lost one. */
function refuseRemains(file: string): void {
  const sizeOf = (name: string): number => statSync(name, { throwIfNoEntry: false })?.size ?? -1;
  if (sizeOf(file) === 0) throw damaged(file, 'it is empty');
  const isMissing = sizeOf(file) < 0;
  if (isMissing && sizeOf(`${file}-wal`) > 0) throw damaged(file, 'it is missing, its -wal file is there');
}

/**
 * Looks at a file without the means to change it: opening and closing it the ordinary way already moves what its -wal
 * file holds. Answers with its version, or undefined when that can't be told this way: it is in use, or its last owner
 * died while it made or left it.
 */
function look(kind: DriverKind, file: string): number | undefined {
  let driver: Driver | undefined;
  try {
    driver = kind.open(file, { readOnly: true });
    return inspect(driver, file);
  } catch (error) {
    if (error instanceof StoreRefused) throw error;
    return undefined;
  } finally {
    if (driver) closeQuietly(driver);
  }
}

export function closeQuietly(driver: Driver): void {
  try {
    driver.close();
  } catch {
    // What went wrong before is what matters.
  }
}
