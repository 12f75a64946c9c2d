import { existsSync, rmSync } from 'node:fs';
import type { Random } from '../../clock';
import { createFile } from './createFile';
import type { Driver, DriverKind } from './drivers';
import { StoreRefused } from './failures';
import { inspect } from './inspect';
import { migrate } from './migrate';
import { keepPrivate } from './privacy';
import { refuseRemains } from './refuseRemains';

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

/** Whether a file may be opened that says that it is being moved elsewhere. */
interface Opening {
  mayBeMoving?: boolean;
}

/**
 * Opens the store's file for this process alone; a missing one is made.
 * @throws StoreRefused for a file that isn't to be touched; anything else may be tried again
 */
export function openFile(kind: DriverKind, file: string, random: Random, opening: Opening = {}): Driver {
  keepPrivate(file);
  refuseRemains(file);
  if (!existsSync(file)) createFile(kind, file, random);
  const isSeen = look(kind, file, opening);
  const driver = kind.open(file);
  try {
    if (!isSeen) inspect(driver, file, opening);
    driver.exec(OWN);
    // Shared memory is for several connections; the look at the file may have left some.
    rmSync(`${file}-shm`, { force: true });
    migrate(driver, Number(driver.prepare('PRAGMA user_version').get()?.user_version));
    return driver;
  } catch (error) {
    closeQuietly(driver);
    throw error;
  }
}

/**
 * Looks at a file without the means to change it: opening and closing it the ordinary way already moves what its -wal
 * file holds. Answers with whether it could be seen: it can't where it is in use, or where its last owner died while
 * making it ready or leaving it.
 * @throws StoreRefused for a file that isn't to be touched
 */
function look(kind: DriverKind, file: string, opening: Opening): boolean {
  let driver: Driver | undefined;
  try {
    driver = kind.open(file, { readOnly: true });
    inspect(driver, file, opening);
    return true;
  } catch (error) {
    if (error instanceof StoreRefused) throw error;
    return false;
  } finally {
    if (driver) closeQuietly(driver);
  }
}

function closeQuietly(driver: Driver): void {
  try {
    driver.close();
  } catch {
    // What went wrong before is what matters.
  }
}
