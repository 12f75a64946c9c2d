import { pathToFileURL } from 'node:url';
import type { Driver, DriverKind, Row, SqlValue, Statement } from './driver';

// The part of libsql that is used here. It takes values as an array: a lone null would be taken for named ones.
interface LibsqlStatement {
  run(values: SqlValue[]): { changes: number };
  get(values: SqlValue[]): Row | undefined;
  all(values: SqlValue[]): Row[];
}
interface LibsqlDatabase {
  exec(sql: string): void;
  prepare(sql: string): LibsqlStatement;
  close(): void;
}
type Libsql = new (file: string) => LibsqlDatabase;

// Statements that live on keep libsql's connection, and so its lock, until they are collected. Leaving WAL mode is what
// lets an exclusive lock go in time.
const LET_GO = 'PRAGMA journal_mode=DELETE; PRAGMA locking_mode=NORMAL; SELECT count(*) FROM sqlite_schema;';

class LibsqlDriver implements Driver {
  readonly #database: LibsqlDatabase;
  readonly #readOnly: boolean;

  constructor(database: LibsqlDatabase, readOnly: boolean) {
    this.#database = database;
    this.#readOnly = readOnly;
  }

  exec(sql: string): void {
    this.#database.exec(sql);
  }

  prepare(sql: string): Statement {
    const statement = this.#database.prepare(sql);
    return {
      run: (...values) => statement.run(values),
      get: (...values) => statement.get(values),
      all: (...values) => statement.all(values),
    };
  }

  close(): void {
    try {
      if (!this.#readOnly) this.exec(LET_GO);
    } finally {
      this.#database.close();
    }
  }
}

/** The package libsql; undefined where it isn't installed beside this one, or has no program for this machine. */
export function libsql(load: (name: string) => unknown = require): DriverKind | undefined {
  let Database: Libsql;
  try {
    Database = load('libsql') as Libsql;
  } catch {
    return undefined;
  }
  return {
    name: 'libsql',
    open: (file, { readOnly = false } = {}) =>
      new LibsqlDriver(new Database(readOnly ? `${pathToFileURL(file).href}?mode=ro` : file), readOnly),
  };
}
