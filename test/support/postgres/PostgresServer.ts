import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, chownSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from '../freePort';
import { hasEnded } from '../hasEnded';
import { temporaryFolder } from '../temporaryFolder';
import { madeOnce } from './madeOnce';
import { findPrograms } from './programs';

/** PostgreSQL's own tests call it so, too. */
const OWNER = 'postgres';
/** A server doesn't run as root: then it runs as the user whom nothing belongs to. */
export const NOBODY = 65_534;

export interface PostgresOptions {
  /** Whether what is written is synced to the disk: otherwise tests are quicker, and a power cut isn't theirs to try. */
  fsync?: boolean;
  /** More settings, as in postgresql.conf. */
  settings?: Readonly<Record<string, string>>;
  /** Files beside its data that only it may read, such as keys, by their names. */
  files?: Readonly<Record<string, string>>;
  /** Who may connect, instead of everybody on this machine, as in pg_hba.conf. */
  access?: readonly string[];
}

/** A real PostgreSQL on a free port of 127.0.0.1, in a folder that goes with the process. */
export class PostgresServer {
  private child: ChildProcess | undefined;
  private databases = 0;

  private constructor(
    private readonly programs: string,
    private readonly folder: string,
    readonly port: number,
  ) {}

  static async start(options: PostgresOptions = {}): Promise<PostgresServer> {
    const { fsync = false, settings = {}, files = {}, access } = options;
    const server = await PostgresServer.inNewFolder();
    const { data } = server;
    const args = ['-D', data, '-U', OWNER, '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
    await madeOnce(data, () => server.execute('initdb', args));
    const all = {
      listen_addresses: "'127.0.0.1'",
      unix_socket_directories: "''",
      fsync: fsync ? 'on' : 'off',
      full_page_writes: fsync ? 'on' : 'off',
      shared_buffers: '64MB',
      max_connections: '50',
      ...settings,
    };
    const lines = Object.entries(all).map(([name, value]) => `${name} = ${value}\n`);
    appendFileSync(path.join(data, 'postgresql.conf'), lines.join(''));
    for (const [name, content] of Object.entries(files)) own(path.join(data, name), content);
    if (access) writeFileSync(path.join(data, 'pg_hba.conf'), `${access.join('\n')}\n`);
    await server.run();
    return server;
  }

  /** Whether this PostgreSQL brings what {@link startStandby} needs. */
  get hasStandbys(): boolean {
    return existsSync(path.join(this.programs, 'pg_basebackup'));
  }

  /** Another server, which has all that this one has and follows it until it is promoted. */
  async startStandby(): Promise<PostgresServer> {
    const standby = await PostgresServer.inNewFolder();
    const from = ['-h', '127.0.0.1', '-p', `${this.port}`, '-U', OWNER];
    await this.execute('pg_basebackup', [...from, '-D', standby.data, '-R', '--checkpoint=fast', '--no-sync']);
    await standby.run();
    return standby;
  }

  /** Takes over from the server that it followed. */
  async promote(): Promise<void> {
    await this.query('postgres', 'SELECT pg_promote()');
  }

  private static async inNewFolder(): Promise<PostgresServer> {
    const folder = temporaryFolder('postgres', isRoot() ? openToAll() : os.tmpdir());
    if (isRoot()) chownSync(folder, NOBODY, NOBODY);
    return new PostgresServer(findPrograms(folder), folder, await freePort());
  }

  private get data(): string {
    return path.join(this.folder, 'data');
  }

  private async execute(program: string, args: readonly string[]): Promise<void> {
    await promisify(execFile)(path.join(this.programs, program), args, asNobody());
  }

  /** The URL of a database; by default of one that is new and empty. */
  async url(name?: string): Promise<string> {
    const database = name ?? `test${++this.databases}`;
    if (name === undefined) await this.query('postgres', `CREATE DATABASE ${database}`);
    return `postgres://${OWNER}@127.0.0.1:${this.port}/${database}`;
  }

  /** Asks a database from beside. */
  query(database: string, sql: string): Promise<Record<string, unknown>[]> {
    return queryAt(this.port, database, sql);
  }

  /** Starts it, again where it was stopped; resolves when it answers. */
  async run(): Promise<void> {
    const { programs, data, port } = this;
    const child = spawn(path.join(programs, 'postgres'), ['-D', data, '-p', `${port}`], {
      ...asNobody(),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.child = child;
    // Before its folder goes. Tests that have all been run don't wait for it.
    const end = (): void => void child.kill('SIGQUIT');
    process.prependOnceListener('exit', end);
    child.once('exit', () => process.off('exit', end));
    child.unref();
    if (child.stderr instanceof Socket) child.stderr.unref();
    let log = '';
    child.stderr?.on('data', (data) => {
      log = `${log}${data}`.slice(-10_000);
    });
    while (!(await this.answers())) {
      if (hasEnded(child)) throw new Error(`PostgreSQL ended with ${child.exitCode ?? child.signalCode}: ${log}`);
      await setTimeout(20);
    }
  }

  /** Ends it: `fast` as an administrator does, `immediate` as if it had crashed. */
  async stop(how: 'fast' | 'immediate' = 'immediate'): Promise<void> {
    const { child } = this;
    if (!child || hasEnded(child)) return;
    const ended = once(child, 'exit');
    // Whoever waits for its end waits for nothing else perhaps.
    child.ref();
    child.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT');
    await ended;
  }

  /** The process of the server, to be stopped and continued by a signal. */
  get pid(): number {
    const [pid] = readFileSync(path.join(this.data, 'postmaster.pid'), 'utf8').split('\n');
    return Number(pid);
  }

  /** Whether it is this one that answers, and not somebody else's that was quicker to take the port. */
  private answers(): Promise<boolean> {
    return this.query('postgres', `SELECT current_setting('data_directory') AS data`).then(
      ([row]) => row?.data === this.data,
      () => false,
    );
  }
}

/** Asks a database at a port of this machine. */
export async function queryAt(port: number, database: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: OWNER, database });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Writes a file that only the server may read. */
function own(file: string, content: string): void {
  writeFileSync(file, content, { mode: 0o600 });
  if (isRoot()) chownSync(file, NOBODY, NOBODY);
}

/** A folder for what is temporary that everybody may enter. */
export const openToAll = (): string => [os.tmpdir(), '/var/tmp'].find((folder) => statSync(folder).mode & 1) ?? '/';
export const isRoot = (): boolean => process.getuid?.() === 0;
export const asNobody = (): { uid?: number; gid?: number; cwd: string } => ({
  cwd: '/',
  ...(isRoot() && { uid: NOBODY, gid: NOBODY }),
});
