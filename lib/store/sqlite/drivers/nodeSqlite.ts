import type { Driver, DriverKind } from './driver';
import { loadQuietly } from './loadQuietly';

// The part of node:sqlite that is used here; the types of the oldest supported Node don't know it.
interface NodeSqlite {
  DatabaseSync: new (file: string, options: { readOnly: boolean }) => Driver;
}

/** Node's own SQLite; undefined where the running Node has none. */
export function nodeSqlite(load: (name: string) => unknown = require): DriverKind | undefined {
  const library = loadQuietly('node:sqlite', load) as NodeSqlite | undefined;
  return (
    library && {
      name: 'node:sqlite',
      open: (file, { readOnly = false } = {}) => new library.DatabaseSync(file, { readOnly }),
    }
  );
}
