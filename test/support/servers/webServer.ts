import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import net from 'node:net';
import { join } from 'node:path';
import { freePort } from '../freePort';
import { hasEnded } from '../hasEnded';
import { temporaryFolder } from '../temporaryFolder';

/** A real web server in front of something else, on 127.0.0.1, run from a folder of its own. */
export interface WebServer {
  url: string;
  close(): Promise<void>;
}

/** How a web server is set up: its program, what its configuration says, and how it is started. */
export interface WebServerKind {
  program: string;
  config(options: { folder: string; port: number; to: URL; idle: number }): string;
  args(configFile: string): string[];
}

/** lighttpd that passes everything on; idle connections are dropped after `idle` seconds. */
export const lighttpd: WebServerKind = {
  program: '/usr/sbin/lighttpd',
  config: ({ folder, port, to, idle }) => `
server.modules = ("mod_proxy")
server.document-root = "${folder}"
server.bind = "127.0.0.1"
server.port = ${port}
server.errorlog = "${folder}/error.log"
server.max-keep-alive-idle = ${idle}
proxy.server = ("" => (("host" => "${to.hostname}", "port" => ${to.port})))
`,
  args: (file) => ['-D', '-f', file],
};

/** Apache that passes everything on; idle connections are dropped after `idle` seconds. */
export const apache: WebServerKind = {
  program: '/usr/sbin/apache2',
  config: ({ folder, port, to, idle }) => `
ServerRoot "${folder}"
User www-data
Group www-data
ServerName 127.0.0.1
Listen 127.0.0.1:${port}
PidFile "${folder}/apache.pid"
ErrorLog "${folder}/error.log"
DefaultRuntimeDir "${folder}"
${['mpm_event', 'authz_core', 'env', 'proxy', 'proxy_http'].map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
KeepAlive On
KeepAliveTimeout ${idle}
SetEnv proxy-nokeepalive 1
ProxyPass / ${to.origin}/
`,
  args: (file) => ['-DFOREGROUND', '-f', file],
};

/** Whether its program is on this machine. */
export const isInstalled = ({ program }: WebServerKind): boolean => existsSync(program);

/** Starts a web server in front of `to`; resolves when it listens. */
export async function startWebServer(kind: WebServerKind, to: string, idle: number): Promise<WebServer> {
  const folder = temporaryFolder('server');
  const port = await freePort();
  const file = join(folder, 'server.conf');
  await writeFile(file, kind.config({ folder, port, to: new URL(to), idle }));
  const child = spawn(kind.program, kind.args(file), { stdio: 'ignore' });
  await listening(child, port);
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => ended(child),
  };
}

async function listening(child: ChildProcess, port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (hasEnded(child)) throw new Error(`the web server ended with ${child.exitCode ?? child.signalCode}`);
    if (await answers(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await ended(child);
  throw new Error('the web server does not listen');
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => resolve(true));
    socket.on('connect', () => socket.destroy());
    socket.on('error', () => resolve(false));
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const end = new Promise((resolve) => child.once('exit', resolve));
  // Apache's own children end with it only when it is asked to.
  child.kill('SIGTERM');
  await end;
}
