export type SqlValue = string | number | null;
export type Row = Readonly<Record<string, SqlValue>>;

/** A prepared statement. */
export interface Statement {
  run(...values: SqlValue[]): { changes: number };
  get(...values: SqlValue[]): Row | undefined;
  all(...values: SqlValue[]): Row[];
}

/** One connection to one SQLite file: the little that the store needs of a library, named as node:sqlite does. */
export interface Driver {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  /** Lets go of the file and its lock. */
  close(): void;
}

/** How a library opens a file. Read-only, nothing of the file is changed, not even by closing it. */
export interface DriverKind {
  /** The library's name. */
  name: string;
  open(file: string, options?: { readOnly?: boolean }): Driver;
}
