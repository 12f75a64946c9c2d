import type { Driver } from './drivers';
import { MIGRATIONS } from './schema';

/** Says in the file's header that it is ours ("GSMs"). */
export const APPLICATION_ID = 0x47534d73;

/** The version that this code reads and writes; 0 is an empty file. */
export const LATEST_VERSION = MIGRATIONS.length;

/** Brings a file to the latest version, whole or not at all. */
export function migrate(driver: Driver, version: number): void {
  if (version === LATEST_VERSION) return;
  const steps = MIGRATIONS.slice(version).join('\n');
  driver.exec('BEGIN IMMEDIATE');
  try {
    driver.exec(`${steps}; PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${LATEST_VERSION}`);
    driver.exec('COMMIT');
  } catch (error) {
    undo(driver);
    throw error;
  }
}

/** Where the disk is full or failing, SQLite may have given up the transaction: what went wrong is what counts. */
function undo(driver: Driver): void {
  try {
    driver.exec('ROLLBACK');
  } catch {
    // It is over already.
  }
}
