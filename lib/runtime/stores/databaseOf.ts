import { GatewayError, invalidInput } from '../../gateway-api';
import { loadPg, parseConnection } from '../../store';
import { tlsOptions } from '../gateways/tlsOptions';
import type { Red } from '../red';
import type { DatabaseSettings } from './SharedDatabase';

/** What a `dinstar-store` node says of its database. */
interface Asked {
  schema: string;
  /** A `tls-config` node's id; empty = as the URL says. */
  tls: string;
  connection: unknown;
}

/** Names that PostgreSQL takes without quotes. */
const SCHEMA = /^[a-z_][a-z0-9_]{0,62}$/;

/** The database that a store node names, or what is wrong with that. */
export function databaseOf(red: Red, { schema, tls, connection }: Asked): DatabaseSettings | GatewayError {
  const isUrl = typeof connection === 'string' && parseConnection(connection) !== undefined;
  if (!isUrl)
    return invalidInput('connection', 'must be a PostgreSQL URL, postgres://user:password@host:5432/database');
  if (!SCHEMA.test(schema)) {
    return invalidInput('schema', 'must be lower-case letters, digits and underscores, not beginning with a digit');
  }
  try {
    loadPg();
  } catch (error) {
    return new GatewayError('STORE_UNAVAILABLE', error instanceof Error ? error.message : String(error), 'no');
  }
  return { connection: connection.trim(), schema, tls: tlsOptions(red, tls) };
}
