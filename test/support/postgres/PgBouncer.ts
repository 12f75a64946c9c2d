import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, chownSync, constants, writeFileSync } from 'node:fs';
import { Socket } from 'node:net';
import path from 'node:path';
import { freePort } from '../freePort';
import { hasEnded } from '../hasEnded';
import { temporaryFolder } from '../temporaryFolder';
import { until } from '../until';
import { asNobody, isRoot, NOBODY, openToAll, type PostgresServer, queryAt } from './PostgresServer';

/** Where Debian and others have it. */
const PLACES = ['/usr/sbin', '/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'];

/** A PgBouncer in transaction mode between tests and a server: each transaction may go over another connection. */
export class PgBouncer {
  private child: ChildProcess | undefined;

  private constructor(
    private readonly program: string,
    private readonly settings: string,
    readonly port: number,
  ) {}

  /** @param connections how many to the server */
  static async start(server: PostgresServer, connections = 2): Promise<PgBouncer> {
    const program = findPgBouncer();
    if (program === undefined) throw new Error('there is no PgBouncer on this machine');
    const port = await freePort();
    const file = path.join(temporaryFolder('pgbouncer', openToAll()), 'pgbouncer.ini');
    writeFileSync(
      file,
      `[databases]
* = host=127.0.0.1 port=${server.port} user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = ${connections}
server_round_robin = 1
server_login_retry = 1
`,
    );
    if (isRoot()) for (const one of [path.dirname(file), file]) chownSync(one, NOBODY, NOBODY);
    const bouncer = new PgBouncer(program, file, port);
    await bouncer.run();
    return bouncer;
  }

  /** Starts it, again where it was stopped; resolves when it answers. */
  async run(): Promise<void> {
    const child = spawn(this.program, [this.settings], { ...asNobody(), stdio: ['ignore', 'ignore', 'pipe'] });
    this.child = child;
    process.once('exit', () => child.kill('SIGKILL'));
    child.unref();
    if (child.stderr instanceof Socket) child.stderr.unref();
    child.stderr?.resume();
    await until(() => queryAt(this.port, 'postgres', 'SELECT 1'), 'PgBouncer');
  }

  /** Ends it as if it had crashed. */
  async stop(): Promise<void> {
    const { child } = this;
    if (!child || hasEnded(child)) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
}

/** Tests through PgBouncer; where there is none, one that says so in their place. */
export function describePgBouncer(tests: () => void): void {
  if (findPgBouncer() !== undefined) {
    tests();
    return;
  }
  it('PgBouncer is not on this machine (Debian: apt-get install pgbouncer): what needs it is not tried', () =>
    console.log('not tried: PgBouncer is not on this machine'));
}

function findPgBouncer(): string | undefined {
  return PLACES.map((folder) => path.join(folder, 'pgbouncer')).find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
