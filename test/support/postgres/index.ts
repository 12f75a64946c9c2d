import { describePgBouncer, PgBouncer } from './PgBouncer';
import { PostgresServer } from './PostgresServer';
import { hasPostgres } from './programs';

export { describePgBouncer, hasPostgres, PgBouncer, PostgresServer };

let shared: Promise<PostgresServer> | undefined;

/** The server that all tests of this process share; each takes a database, or a schema, of its own. It ends with the process. */
export function sharedPostgres(): Promise<PostgresServer> {
  shared ??= PostgresServer.start();
  return shared;
}

/** Tests on PostgreSQL; where there is none, one that says so in their place. */
export function describePostgres(tests: () => void): void {
  if (hasPostgres()) {
    tests();
    return;
  }
  it('PostgreSQL is not on this machine, and npm has none for it: what needs it is not tried', () =>
    console.log('not tried: PostgreSQL is not on this machine, and npm has none for it'));
}
