import { type DriverKind, libsql, nodeSqlite } from '../../../../lib/store';

/** Every SQLite that the running Node has. libsql is in this clone, so that there is always one. */
export const drivers: readonly DriverKind[] = [nodeSqlite(), libsql()].flatMap((driver) => driver ?? []);
