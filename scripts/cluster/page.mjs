// The demo's page: who holds which gateway, and buttons that kill, pause and start machines. On this machine only.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { inRoot } from '../common/paths.mjs';

const PAGE = inRoot('scripts', 'cluster', 'page.html');
const ACTIONS = { kill: 'kill', pause: 'pause', goOn: 'goOn', start: 'start' };

/**
 * Opens it; `getState()` resolves with what it shows, `machines` are the ones that its buttons do something to.
 * Resolves with `{ close() }`.
 */
export async function openPage({ port, machines, getState }) {
  const server = createServer((request, response) => {
    answer(request, { machines, getState }).then(
      ({ type = 'application/json', body }) => response.writeHead(200, { 'Content-Type': type }).end(body),
      (error) =>
        response
          .writeHead(error.status ?? 503, { 'Content-Type': 'application/json' })
          .end(JSON.stringify({ error: error.message })),
    );
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(request, { machines, getState }) {
  // Whoever comes by another name was led here by another site's page.
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? '')) throw refused(403, 'not by this name');
  const { pathname } = new URL(request.url, 'http://127.0.0.1');
  if (request.method === 'GET' && pathname === '/')
    return { type: 'text/html; charset=utf-8', body: readFileSync(PAGE) };
  if (request.method === 'GET' && pathname === '/state') return { body: JSON.stringify(await getState()) };
  const [, name, action] = /^\/machines\/([^/]+)\/(\w+)$/.exec(pathname) ?? [];
  const machine = machines.find((one) => one.name === decodeURIComponent(name ?? ''));
  if (request.method !== 'POST' || !machine || !Object.hasOwn(ACTIONS, action))
    throw refused(404, 'there is no such thing');
  // A form of another site can't say this.
  if (request.headers['content-type'] !== 'application/json') throw refused(415, 'only application/json');
  if (action === 'start') machine.start().catch((error) => console.error(error.message));
  else machine[ACTIONS[action]]();
  return { body: '{}' };
}

const refused = (status, text) => Object.assign(new Error(text), { status });
