import { existsSync, statSync } from 'node:fs';
import type { Driver } from './drivers';
import { damaged, foreign, isDamage, tooNew } from './failures';
import { APPLICATION_ID, LATEST_VERSION } from './schema';

/** A whole check reads every page: up to this many bytes it is done in a fraction of a second. */
const CHECKED_WHOLE = 64 * 2 ** 20;

/**
 * Answers with the version of a file that is ours, whole and known. Of a large file only the frame is looked at, so that
 * a start stays quick; damage inside shows when it is read.
 * @throws StoreRefused otherwise
 */
export function inspect(driver: Driver, file: string): number {
  try {
    return versionOf(driver, file);
  } catch (error) {
    throw isDamage(error) ? damaged(file, error.message) : error;
  }
}

function versionOf(driver: Driver, file: string): number {
  const version = numberOf(driver, 'user_version');
  if (numberOf(driver, 'application_id') !== APPLICATION_ID || version < 1) throw foreign(file);
  if (version > LATEST_VERSION) throw tooNew(file, version, LATEST_VERSION);
  const size = numberOf(driver, 'page_count') * numberOf(driver, 'page_size');
  // With a -wal file the last pages may still be there alone.
  if (!existsSync(`${file}-wal`) && statSync(file).size < size) throw damaged(file, 'its end is missing');
  if (size <= CHECKED_WHOLE) {
    const found = driver.prepare('PRAGMA quick_check(1)').get()?.quick_check;
    if (found !== 'ok') throw damaged(file, String(found));
  }
  return version;
}

const numberOf = (driver: Driver, pragma: string): number => Number(driver.prepare(`PRAGMA ${pragma}`).get()?.[pragma]);
