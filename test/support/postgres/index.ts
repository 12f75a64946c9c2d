import { PostgresServer } from './PostgresServer';
import { findPrograms } from './programs';

export { findPrograms, PostgresServer };

let shared: Promise<PostgresServer> | undefined;

/**
 * The server that all tests of this process share; each takes a database, or a schema, of its own. It ends with the process.
 */
export function sharedPostgres(): Promise<PostgresServer> {
  shared ??= start();
  return shared;
}

async function start(): Promise<PostgresServer> {
  const programs = findPrograms();
  if (programs === undefined) throw new Error('there is no PostgreSQL on this machine');
  return PostgresServer.start({ programs });
}
