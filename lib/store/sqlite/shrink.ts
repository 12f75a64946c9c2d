import type { Connection } from './Connection';

/** Free pages that stay: they are soon used again. 4 MB of them. */
const SPARE = 1000;
/** Pages given back in one transaction: as many as a line waits for without harm. */
const STEP = 200;

/**
 * Gives the file system back some of what is free in the file, of which at least half is needed; answers with whether
 * there is more. A file that was made before the files could shrink stays as it is.
 */
export function shrinkStep(db: Connection): boolean {
  const value = (pragma: string): number => Number(Object.values(db.get(`PRAGMA ${pragma}`) ?? {})[0] ?? 0);
  const free = value('freelist_count');
  if (value('auto_vacuum') !== INCREMENTAL || free <= SPARE || free * 2 < value('page_count')) return false;
  db.all(`PRAGMA incremental_vacuum(${STEP})`);
  return value('freelist_count') < free;
}

const INCREMENTAL = 2;
