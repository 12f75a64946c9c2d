import type { Connection } from './Connection';

/** Free pages that stay: they are soon used again. 4 MB of them. */
const SPARE_PAGES = 1000;
/** Pages given back in one transaction: as many as a queue waits for without harm. */
const PAGES_PER_STEP = 200;
const INCREMENTAL = 2;

const value = (db: Connection, pragma: string): number =>
  Number(Object.values(db.get(`PRAGMA ${pragma}`) ?? {})[0] ?? 0);

/** Whether much is free in the file. One that was made before the files could shrink stays as it is. */
export function canShrink(db: Connection): boolean {
  const free = value(db, 'freelist_count');
  return free > SPARE_PAGES && free * 2 >= value(db, 'page_count') && value(db, 'auto_vacuum') === INCREMENTAL;
}

/** Gives the file system back some of what is free in the file; answers with whether there is more. */
export function shrinkStep(db: Connection): boolean {
  const free = value(db, 'freelist_count');
  db.all(`PRAGMA incremental_vacuum(${PAGES_PER_STEP})`);
  return value(db, 'freelist_count') < free && canShrink(db);
}
