import { pathToFileURL } from 'node:url';
import { isNoRoom } from '../failures';
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
// lets an exclusive lock go in time. That moves what the -wal file holds, for which a full disk has no room.
const LET_GO = 'PRAGMA journal_mode=DELETE; PRAGMA locking_mode=NORMAL; SELECT count(*) FROM sqlite_schema;';

/** Connections of this process that could not let go, by their files: the next one to open a file sees to that first. */
const stuck = new Map<string, LibsqlDatabase>();

function letGo(file: string, database: LibsqlDatabase): void {
  let isStuck = false;
  try {
    database.exec(LET_GO);
  } catch (error) {
    isStuck = isNoRoom(error);
    throw error;
  } finally {
    if (isStuck) stuck.set(file, database);
    else {
      stuck.delete(file);
      database.close();
    }
  }
}

/** @throws what SQLite says while there is still no room */
function freeStuck(file: string): void {
  const database = stuck.get(file);
  if (!database) return;
  try {
    letGo(file, database);
  } catch (error) {
    if (stuck.has(file)) throw error;
  }
}

class LibsqlDriver implements Driver {
  private readonly database: LibsqlDatabase;
  private readonly file: string;
  private readonly readOnly: boolean;

  constructor(database: LibsqlDatabase, file: string, readOnly: boolean) {
    this.database = database;
    this.file = file;
    this.readOnly = readOnly;
  }

  exec(sql: string): void {
    this.database.exec(sql);
  }

  prepare(sql: string): Statement {
    const statement = this.database.prepare(sql);
    return {
      run: (...values) => statement.run(values),
      get: (...values) => statement.get(values),
      all: (...values) => statement.all(values),
    };
  }

  close(): void {
    if (this.readOnly) this.database.close();
    else letGo(this.file, this.database);
  }
}

/** What can't be opened is told without SQLite's result code but in the message. */
function connect(Database: Libsql, name: string): LibsqlDatabase {
  try {
    return new Database(name);
  } catch (error) {
    const [, code] = (error instanceof Error && /: (\d+)"\)$/.exec(error.message)) || [];
    throw code === undefined
      ? error
      : Object.assign(new Error('unable to open database file'), { rawCode: Number(code) });
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
    open: (file, { readOnly = false } = {}) => {
      freeStuck(file);
      return new LibsqlDriver(
        connect(Database, readOnly ? `${pathToFileURL(file).href}?mode=ro` : file),
        file,
        readOnly,
      );
    },
  };
}
