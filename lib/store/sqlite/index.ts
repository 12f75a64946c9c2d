import type { Random } from '../../clock';
import { type DriverKind, findDriver } from './drivers';
import { storeFileIn } from './place';
import { SqliteStore } from './SqliteStore';

export { type DriverKind, driverNamed, findDriver, libsql, nodeSqlite } from './drivers';
export { SqliteStore };

/** The embedded store in a folder, not open yet; undefined where this Node has no SQLite. */
export function sqliteStore(options: { folder: string; random: Random; driver?: DriverKind }): SqliteStore | undefined {
  const { folder, random, driver = findDriver() } = options;
  return driver && new SqliteStore({ file: storeFileIn(folder), driver, random });
}
