import { StoreUnavailable } from '../store';

/** What a statement answers. */
export interface QueryResult {
  rows: Record<string, unknown>[];
  rowCount: number | null;
  command: string;
}

/** One connection, as far as it is used here. */
export interface PgClient {
  connect(): Promise<unknown>;
  /** With a `name` the server reads and plans its text only once for the session. */
  query(statement: { text: string; values?: unknown[]; name?: string | undefined }): Promise<QueryResult>;
  /** The server's process, as it said when it was connected to. */
  readonly processID?: number;
  end(): Promise<void>;
  on(event: 'error' | 'end', listener: (error?: Error) => void): unknown;
}

/** The package `pg`. */
export interface Pg {
  Client: new (options: Record<string, unknown>) => PgClient;
  types: { getTypeParser(oid: number, format?: string): (value: string) => unknown };
}

/** For people: what is missing, and how it comes. */
const NO_PG =
  'The package pg, which talks to PostgreSQL, is not installed: run "npm install pg" in the user directory of Node-RED, ' +
  'then restart Node-RED';

/**
 * The package `pg`, which whoever wants PostgreSQL installs beside this one.
 * @throws StoreUnavailable where it isn't there, naming the command
 */
export function loadPg(getPackage: (name: string) => unknown = require): Pg {
  try {
    return getPackage('pg') as Pg;
  } catch (error) {
    throw new StoreUnavailable(NO_PG, { cause: error });
  }
}

const INT8 = 20;

/** How values are read: whole numbers of 64 bits are ours, and below 2^53. */
export const typesOf = ({ types }: Pg) => ({
  getTypeParser: (oid: number, format?: string) => (oid === INT8 ? Number : types.getTypeParser(oid, format)),
});
