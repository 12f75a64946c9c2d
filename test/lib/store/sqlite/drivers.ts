import path from 'node:path';
import { type DriverKind, libsql, nodeSqlite } from '../../../../lib/store';
import { SqliteStore } from '../../../../lib/store/sqlite';
import { temporaryFolder } from '../../../support/temporaryFolder';

/**
 * Every SQLite that the running Node has; libsql is in this clone, so that there is always one. On the second platform its
 * own alone: libsql has had its turn on the first.
 */
export const drivers: readonly DriverKind[] = [nodeSqlite(), process.env.NODE_RED_LIB ? undefined : libsql()].flatMap(
  (driver) => driver ?? [],
);

/** The name of a store's file in a folder of its own. */
export const newFile = (): string => path.join(temporaryFolder('store'), 'messages.sqlite');

/** A store in a file, open. */
export async function opened(driver: DriverKind, file = newFile()): Promise<SqliteStore> {
  const store = new SqliteStore({ file, driver, random: () => 0.5 });
  await store.open();
  return store;
}
