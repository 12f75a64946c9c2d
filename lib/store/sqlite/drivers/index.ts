import type { DriverKind } from './driver';
import { libsql } from './libsql';
import { nodeSqlite } from './nodeSqlite';

export type { Driver, DriverKind } from './driver';
export { libsql, nodeSqlite };

/** The SQLite that this Node can use: its own, else libsql; undefined = none. */
export const findDriver = (): DriverKind | undefined => nodeSqlite() ?? libsql();

/** One of them by its name, loaded anew where this is another thread. */
export const driverNamed = (name: string): DriverKind | undefined => (name === 'libsql' ? libsql() : nodeSqlite());
