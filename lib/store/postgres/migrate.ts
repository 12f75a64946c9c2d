import type { Random } from '../../clock';
import { randomUserId } from '../userIds';
import { type Connection, identifier } from './Connection';
import { noSchema, tooNew } from './failures';
import { LATEST_VERSION, MIGRATIONS } from './schema';

/** One lock for all who want to bring databases to a version; its number is ours alone ("GSMs"). */
const LOCK = `SELECT pg_advisory_xact_lock(${0x47534d73}, hashtext($1))`;

/**
 * Brings the schema to the version of this code, by one machine at a time, whole or not at all; makes it where there is none.
 * @throws StoreUnavailable where it is of a later version, or isn't there and may not be made
 */
export async function migrate(
  connection: Connection,
  { schema, random }: { schema: string; random: Random },
): Promise<void> {
  if ((await versionOf(connection, schema)) === LATEST_VERSION) return;
  await connection.query('BEGIN');
  try {
    await connection.query(LOCK, [schema]);
    const version = await versionOf(connection, schema);
    if (version > LATEST_VERSION) throw tooNew(version, LATEST_VERSION);
    if (version < LATEST_VERSION) await bring(connection, { schema, random, version });
    await connection.query('COMMIT');
  } catch (error) {
    await connection.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

async function bring(
  connection: Connection,
  { schema, random, version }: { schema: string; random: Random; version: number },
): Promise<void> {
  if (version === 0) await begin(connection, schema);
  for (const step of MIGRATIONS.slice(version)) await connection.query(step);
  if (version === 0) await connection.query("INSERT INTO %.counters VALUES ('user_id', $1)", [randomUserId(random)]);
  await connection.query('UPDATE %.version SET version = $1', [LATEST_VERSION]);
}

async function begin(connection: Connection, schema: string): Promise<void> {
  const { rows } = await connection.query(
    `SELECT to_regnamespace($1) IS NULL AS missing, has_database_privilege(current_database(), 'CREATE') AS may`,
    [identifier(schema)],
  );
  if (rows[0]?.missing) {
    if (!rows[0].may) throw noSchema(schema);
    await connection.query(`CREATE SCHEMA ${identifier(schema)}`);
  }
  await connection.query('CREATE TABLE %.version (version integer NOT NULL); INSERT INTO %.version VALUES (0)');
}

/** 0 where nothing is there yet. */
async function versionOf(connection: Connection, schema: string): Promise<number> {
  // By the tables themselves: a name that was looked up before another machine made it is remembered as missing.
  const { rows } = await connection.query(
    `SELECT count(*) > 0 AS made FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
      WHERE nspname = $1 AND relname = 'version'`,
    [schema],
  );
  if (!rows[0]?.made) return 0;
  const found = await connection.query('SELECT version FROM %.version');
  return Number(found.rows[0]?.version);
}
