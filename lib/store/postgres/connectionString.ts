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

/** Reads a connection URL, which may name several servers, as libpq's do; undefined where it is none. */
export function parseConnection(text: string): ConnectionSettings | undefined {
  try {
    return settingsOf(text.trim());
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

/** @throws URIError where it is none; its text holds nothing of the URL */
function settingsOf(text: string): ConnectionSettings {
  const [, login, hosts, database, query] = URL_PARTS.exec(text) ?? [];
  if (hosts === undefined) throw new URIError();
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
  if (bare === '' && port === undefined && text !== '') throw new URIError();
  const number = port === undefined ? DEFAULT_PORT : Number(port);
  if (number < 1 || number > 65_535) throw new URIError();
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

const decoded = (text: string): string => decodeURIComponent(text);
