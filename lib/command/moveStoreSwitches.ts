import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

/** What `move-store --help` prints. */
export const moveStoreUsage = `Usage: node-red-dinstar move-store --to postgres|file [switches]

Moves all messages between the embedded store (a file in Node-RED's user directory) and PostgreSQL, while no
Node-RED uses either: all of them or none. Where it is interrupted, start it again as before, and it ends.

  --to <where>               postgres, or file
  --user-dir <folder>        Node-RED's user directory (default ~/.node-red)
  --schema <name>            of the database (default dinstar)
  --connection-file <file>   holds the connection, a PostgreSQL URL as in the store node
  --former-target-is-gone    a move to another place was interrupted, and that place is gone for good
  --help

Without --connection-file the URL is read from the environment variable DINSTAR_DATABASE. It is no switch, because
everybody on the machine may read those.
`;

const switches = {
  to: { type: 'string' },
  'user-dir': { type: 'string' },
  schema: { type: 'string' },
  'connection-file': { type: 'string' },
  'former-target-is-gone': { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** What the command line asks for. */
export interface MoveStoreSwitches {
  to: 'postgres' | 'file';
  userDir: string;
  schema: string;
  /** The database's URL: a secret. */
  connection: string;
  isFormerTargetGone: boolean;
}

/** Names that PostgreSQL takes without quotes. */
const SCHEMA = /^[a-z_][a-z0-9_]{0,62}$/;

/** Reads what follows the command's name; no mistake repeats anything of the connection. */
export function readMoveStoreSwitches(
  args: readonly string[],
  from: { env: Readonly<Record<string, string | undefined>>; readFile: (path: string) => string },
): { help: true } | { mistake: string } | { asked: MoveStoreSwitches } {
  try {
    const { values } = parseArgs({ args: [...args], options: switches });
    if (values.help || args.length === 0) return { help: true };
    const { to, schema = 'dinstar' } = values;
    if (to !== 'postgres' && to !== 'file') throw new TypeError('--to must be postgres or file.');
    if (!SCHEMA.test(schema)) {
      throw new TypeError('--schema must be lower-case letters, digits and underscores, not beginning with a digit.');
    }
    const connection = connectionIn(values['connection-file'], from)?.trim();
    if (!connection) throw new TypeError('The connection is missing: set DINSTAR_DATABASE, or give --connection-file.');
    const userDir = path.resolve(values['user-dir'] ?? path.join(os.homedir(), '.node-red'));
    return {
      asked: { to, userDir, schema, connection, isFormerTargetGone: values['former-target-is-gone'] ?? false },
    };
  } catch (error) {
    // Node adds advice about positional arguments that doesn't apply here.
    return { mistake: (error instanceof Error ? error.message : String(error)).replace(/\. To specify .*$/s, '.') };
  }
}

function connectionIn(
  file: string | undefined,
  { env, readFile }: Parameters<typeof readMoveStoreSwitches>[1],
): string | undefined {
  if (file === undefined) return env.DINSTAR_DATABASE;
  try {
    return readFile(file);
  } catch (error) {
    throw new TypeError(`--connection-file: ${error instanceof Error ? error.message : String(error)}`);
  }
}
