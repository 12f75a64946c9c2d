import { Socket } from 'node:net';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import { StoreUnavailable } from '../store';
import { withBinaryArrays } from './binaryArrays';
import { type ConnectionSettings, parseConnection, type Server } from './connectionString';
import { KnownSms } from './KnownSms';
import { type Pg, type PgClient, type QueryResult, typesOf } from './pg';
import { Statements } from './Statements';

/** Which database, and how it is reached. */
export interface DatabaseOptions {
  /** A URL; it may name several servers: the first one counts that takes changes. */
  connection: string;
  schema: string;
  /** TLS, as Node's `tls.connect` takes it; absent = as the URL's `sslmode` says, by default none. */
  tls?: { servername?: unknown } | undefined;
}

const LOOK = `SELECT pg_is_in_recovery() OR current_setting($1) = $2 AS no, pg_backend_pid() AS pid`;
/** How long a server may take to be reached, and to answer a statement, in ms. */
const CONNECT_TIMEOUT_MS = 5000;
const QUERY_TIMEOUT_MS = 20_000;

/** One connection to a server that takes changes. It knows no state between transactions. */
export class Connection {
  isLost = false;
  /** What is known goes with the connection: the next one may lead to a server that lacks the last moments. */
  readonly known = new KnownSms();
  /** Whether the session is ours alone, so that what has a name there stays. */
  private keepsNames = false;
  private readonly client: PgClient;
  private readonly statements: Statements;
  private isGathering = false;

  private constructor(
    client: PgClient,
    private readonly socket: Socket,
    schema: string,
  ) {
    this.client = client;
    this.statements = new Statements(`${identifier(schema)}.`);
    client.on('error', () => {
      this.isLost = true;
    });
    client.on('end', () => {
      this.isLost = true;
    });
  }

  /** Connects to the first server that takes changes, in the order of the URL. */
  static async open(pg: Pg, options: DatabaseOptions): Promise<Connection> {
    const settings = parseConnection(options.connection);
    if (!settings) throw new StoreUnavailable('The connection is no PostgreSQL URL');
    let failure: unknown;
    for (const server of settings.servers) {
      try {
        return await Connection.to(pg, { ...settings, ...server }, options);
      } catch (error) {
        // What a server that answers says tells more than that another one is away.
        if (failure === undefined || error instanceof StoreUnavailable) failure = error;
      }
    }
    throw failure;
  }

  private static async to(pg: Pg, to: Server & ConnectionSettings, options: DatabaseOptions): Promise<Connection> {
    const { host, port, user, password, database, options: more } = to;
    const socket = new Socket();
    const client = new pg.Client({
      stream: () => socket,
      host,
      port,
      user,
      password: password ?? '',
      database,
      ssl: named(options.tls) ?? sslOf(more.get('sslmode')),
      application_name: more.get('application_name') ?? 'node-red-dinstar',
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: QUERY_TIMEOUT_MS,
      keepAlive: true,
      // Statements are written without waiting for the answers of those before.
      pipeline: true,
      types: typesOf(pg),
    });
    const connection = new Connection(client, socket, options.schema);
    try {
      await client.connect();
      const { rows } = await connection.query(LOOK, ['default_transaction_read_only', 'on']);
      if (rows[0]?.no !== false) throw new StoreUnavailable('This server of PostgreSQL takes no changes');
      // A pooler shows a process of its own invention.
      connection.keepsNames = rows[0]?.pid === client.processID;
      return connection;
    } catch (error) {
      connection.close();
      // A server that was never agreed with may not hear the farewell.
      socket.destroy();
      throw error;
    }
  }

  /**
   * Runs a statement, in which `%.` stands for the schema.
   * @param isNamed whether the session may know it by a name from now on
   */
  query(sql: string, values: unknown[] = [], isNamed = false): Promise<QueryResult> {
    this.gather();
    const { text, name } = this.statements.of(sql);
    const written = withBinaryArrays(sql, values);
    return this.client.query({ text, values: written, name: isNamed && this.keepsNames ? name : undefined });
  }

  /** Names nothing any more: another session answers than the one that was told. */
  forgetNames(): void {
    this.keepsNames = false;
  }

  /** What is asked in one turn of the event loop leaves together: a call of the system, and a look of the server's, for all of it. */
  private gather(): void {
    if (this.isGathering) return;
    this.isGathering = true;
    this.socket.cork();
    process.nextTick(() => {
      this.isGathering = false;
      this.socket.uncork();
    });
  }

  close(): void {
    this.isLost = true;
    this.client.end().catch(() => undefined);
  }
}

/** A name in a statement. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** `pg` asks whether the server is the host of the URL, whatever name it is told: here that name counts. */
function named(tls: DatabaseOptions['tls']): object | undefined {
  const { servername } = tls ?? {};
  if (typeof servername !== 'string' || servername === '') return tls;
  return { ...tls, checkServerIdentity: (_: string, cert: PeerCertificate) => checkServerIdentity(servername, cert) };
}

/** As libpq understands them, but that `prefer` and `allow` are what they come to: nothing that can be relied on. */
function sslOf(mode: string | undefined): object | undefined {
  if (mode === undefined || ['disable', 'allow', 'prefer'].includes(mode)) return undefined;
  return { rejectUnauthorized: mode !== 'require' };
}
