import { statSync } from 'node:fs';
import { noteKeys } from '../noteKeys';
import { quoted } from '../rows';
import type { Driver } from './drivers';
import { beingMoved, damaged, foreign, isDamage, isPlainError, tooNew } from './failures';
import { APPLICATION_ID, LATEST_VERSION } from './migrate';

/** A whole check reads every page: up to this many bytes it is done in a fraction of a second. */
const CHECKED_WHOLE = 64 * 2 ** 20;

const SIZE = '(SELECT page_count * page_size FROM pragma_page_count, pragma_page_size)';
const VERSION = '(SELECT user_version FROM pragma_user_version)';
const STAYS = `NOT EXISTS (SELECT 1 FROM notes WHERE key = '${quoted(noteKeys.moving)}')`;

/**
 * Sees to it that a file is ours, whole and known. Of a large file only the frame is looked at, so that a start stays
 * quick; damage inside shows when it is read.
 * @throws StoreRefused otherwise
 */
export function inspect(driver: Driver, file: string, { mayBeMoving = false } = {}): void {
  try {
    const isOurs = `(SELECT application_id FROM pragma_application_id) = ${APPLICATION_ID} AND ${VERSION} > 0`;
    if (!holds(driver, isOurs)) throw foreign(file);
    if (!holds(driver, `${VERSION} <= ${LATEST_VERSION}`)) throw tooNew(file);
    // With a -wal file the last pages may still be there alone.
    const wal = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
    if (wal === 0 && !holds(driver, `${SIZE} <= ${statSync(file).size}`)) throw damaged(file, 'its end is missing');
    const isSound = `${SIZE} > ${CHECKED_WHOLE} OR (SELECT quick_check = 'ok' FROM pragma_quick_check LIMIT 1)`;
    if (!holds(driver, isSound)) throw damaged(file, 'its parts do not fit together');
    if (!mayBeMoving && !holds(driver, STAYS)) throw beingMoved(file);
  } catch (error) {
    throw isDamage(error) ? damaged(file, error.message) : error;
  }
}

/**
 * Whether a condition holds, asked by a statement that fails where it doesn't: one that answers has to be prepared, and
 * a prepared one of libsql keeps its connection from closing, and the file from being opened again.
 */
function holds(driver: Driver, condition: string): boolean {
  try {
    driver.exec(`SELECT json('no') WHERE NOT (${condition})`);
    return true;
  } catch (error) {
    if (isPlainError(error)) return false;
    throw error;
  }
}
