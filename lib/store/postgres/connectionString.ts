import { StoreUnavailable } from '../store';

/** One server of a connection, as `pg` takes it. */
export interface Server {
  host: string;
  port: number;
}

/** What a connection URL says. */
export interface ConnectionSettings {
  servers: Server[];
  user?: string;
  password?: string;
  database?: string;
  /** What stands behind the question mark. */
  options: ReadonlyMap<string, string>;
}

const DEFAULT_PORT = 5432;
const URL_PARTS = /^postgres(?:ql)?:\/\/(?:([^/?#]*)@)?([^/?#@]*)(?:\/([^?#]*))?(?:\?([^#]*))?$/i;

/** Says nothing of what was given: it may be a password at the wrong place. */
const malformed = (): StoreUnavailable =>
  new StoreUnavailable(
    'The connection is no PostgreSQL URL: give it as postgres://user:password@host:5432/database; several servers stand ' +
      'with commas between them, host1:5432,host2:5432',
  );

/**
 * Reads a connection URL, which may name several servers, as libpq's do.
 * @throws StoreUnavailable where it is none; its text holds nothing of the URL
 */
export function parseConnection(text: string): ConnectionSettings {
  const [, login, hosts, database, query] = URL_PARTS.exec(text.trim()) ?? [];
  if (hosts === undefined) throw malformed();
  const [user, password] = partsOf(login ?? '', ':');
  return {
    servers: hosts.split(',').map(serverOf),
    ...(user !== '' && { user: decoded(user) }),
    ...(password !== undefined && { password: decoded(password) }),
    ...(database && { database: decoded(database) }),
    options: new Map((query ?? '').split('&').filter(Boolean).map(optionOf)),
  };
}

function serverOf(text: string): Server {
  const [, bare = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(text) ?? [];
  if (bare === '' && port === undefined && text !== '') throw malformed();
  const number = port === undefined ? DEFAULT_PORT : Number(port);
  if (number < 1 || number > 65_535) throw malformed();
  const host = decoded(bare.replace(/^\[|\]$/g, ''));
  return { host: host === '' ? 'localhost' : host, port: number };
}

function optionOf(text: string): [string, string] {
  const [name, value = ''] = partsOf(text, '=');
  return [decoded(name), decoded(value)];
}

function partsOf(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw malformed();
  }
}
