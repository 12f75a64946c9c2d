import { createServer, type Server } from 'node:http';
import type { HttpApp, HttpHandler, Red } from '../red';
import type { PushAnswer } from './answer';
import type { PushRequest } from './body';

/** Answers a request; `token` is what the URL has after the receiver's path. */
export type Answerer = (request: PushRequest, token: string | undefined) => Promise<PushAnswer>;

/** Where pushes come in; `close` resolves when none do any more. */
export interface PushEndpoint {
  close(): Promise<void>;
}

const paths = new Set<string>();

/** On a port of its own; a gateway needs one or two. */
const MAX_CONNECTIONS = 256;

/**
 * On Node-RED's own HTTP server, under its HTTP node root. Undefined when another receiver has that path; throws what Express
 * does for a path that it can't read.
 */
export function openRoute(red: Red, path: string, answer: Answerer): PushEndpoint | undefined {
  if (paths.has(path)) return undefined;
  const handler: HttpHandler = (request, response, next) => {
    const { token } = request.params;
    answer(request, token).then(({ status, text, hangsUp }) => {
      if (hangsUp) response.set('Connection', 'close');
      response.status(status).end(text);
    }, next);
  };
  try {
    red.httpNode.post(path, handler);
    red.httpNode.post(`${path === '/' ? '' : path}/:token`, handler);
  } catch (error) {
    removeRoutes(red.httpNode, handler);
    throw error;
  }
  paths.add(path);
  return {
    close: async () => {
      paths.delete(path);
      removeRoutes(red.httpNode, handler);
    },
  };
}

// Express has no way to take a route back: it is found by its handler. Its router is `router` since Express 5.
function removeRoutes(app: HttpApp, handler: HttpHandler): void {
  const router = app._router ?? app.router;
  if (!router) return;
  const isOurs = (layer: (typeof router.stack)[number]): boolean =>
    layer.route?.stack.some(({ handle }) => handle === handler) ?? false;
  router.stack = router.stack.filter((layer) => !isOurs(layer));
}

/** On a TCP port of its own. Rejects with the system's error when it can't be opened. */
export async function openPort(
  port: number,
  host: string | undefined,
  path: string,
  answer: Answerer,
): Promise<PushEndpoint> {
  const server = createServer((request, response) => {
    const end = ({ status, text, hangsUp }: PushAnswer): void => {
      const headers = { 'Content-Type': 'text/plain; charset=utf-8', ...(hangsUp && { Connection: 'close' }) };
      response.writeHead(status, headers).end(text);
    };
    const place = tokenIn(request.url ?? '', path);
    if (request.method !== 'POST' || place === undefined) {
      request.resume();
      return end({ status: 404, text: 'Not found.' });
    }
    void answer(request, place.token).then(end);
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.headersTimeout = 10_000;
  server.requestTimeout = 20_000;
  await listening(server, port, host);
  return { close: () => closed(server) };
}

/** The rest of a URL after a receiver's path; undefined when it isn't below it. */
function tokenIn(url: string, path: string): { token: string | undefined } | undefined {
  const [pathname = ''] = url.split('?');
  if (pathname === path || pathname === `${path}/`) return { token: undefined };
  const base = path === '/' ? '/' : `${path}/`;
  if (!pathname.startsWith(base)) return undefined;
  try {
    return { token: decodeURIComponent(pathname.slice(base.length)) };
  } catch {
    return undefined;
  }
}

function listening(server: Server, port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host }, () => {
      server.removeListener('error', reject);
      server.on('error', () => undefined);
      resolve();
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
