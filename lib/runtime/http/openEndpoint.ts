import { createServer, type Server } from 'node:http';
import type { HttpApp, HttpHandler, HttpRequest, HttpRouter, Red } from '../red';
import { PlaceTaken } from './PlaceTaken';

/** How a request is answered. */
export interface HttpAnswer {
  status: number;
  text: string;
  /** By default plain text. */
  type?: string;
  /** The connection ends with the answer. */
  hangsUp?: boolean;
}

/** Answers a request; `rest` is what the URL has after the node's path: a token, say. */
export type Answerer = (request: Omit<HttpRequest, 'params'>, rest: string | undefined) => Promise<HttpAnswer>;

/** What a node takes. */
export interface Taken {
  method: 'GET' | 'POST';
  /** How many parts the URL may have after the node's path. */
  depth: 1 | 2;
}

const PUSHES: Taken = { method: 'POST', depth: 1 };

/** Where requests come in; `close` resolves when none do any more. */
export interface Endpoint {
  close(): Promise<void>;
}

const paths = new Set<string>();

/** On a port of its own; a gateway needs one or two. */
const MAX_CONNECTIONS = 256;

/** Express doesn't tell capitals from small letters in a path. */
const placeOf = (method: string, path: string): string => `${method} ${path}`.toLowerCase();

/** Whether what is asked for is, or is below, the path of another one that is below `base`: then it is no wrong token. */
const isOfAnother = (asked: string, base: string): boolean =>
  [...paths].some((other) => other.startsWith(`${base}/`) && `${asked}/`.startsWith(`${other}/`));

/** On Node-RED's own HTTP server, under its HTTP node root. Undefined when another receiver has that path. */
export function openRoute(
  red: Red,
  path: string,
  answer: Answerer,
  { method, depth }: Taken = PUSHES,
): Endpoint | undefined {
  const base = path === '/' ? '' : path;
  const place = placeOf(method, path);
  if (paths.has(place)) return undefined;
  const handler: HttpHandler = (request, response, next) => {
    const { first, second } = request.params;
    const rest = second === undefined ? first : `${first}/${second}`;
    const isOthers = (asked: string): boolean =>
      isOfAnother(asked, placeOf(method, base)) || isRouteOfOthers(red.httpNode, asked, handler);
    if (rest !== undefined && isOthers(placeOf(method, `${base}/${rest}`))) return next();
    answer(request, rest).then(({ status, text, type, hangsUp }) => {
      if (hangsUp) response.set('Connection', 'close');
      if (type) response.set('Content-Type', type);
      response.status(status).end(text);
    }, next);
  };
  const open = (below: string): void => {
    if (method === 'GET') red.httpNode.get(below, handler);
    else red.httpNode.post(below, handler);
  };
  open(path);
  open(`${base}/:first`);
  if (depth > 1) open(`${base}/:first/:second`);
  paths.add(place);
  return {
    close: async () => {
      paths.delete(place);
      removeRoutes(red.httpNode, handler);
    },
  };
}

/** Its router is `router` since Express 5. */
const routerOf = (app: HttpApp): HttpRouter | undefined => app._router ?? app.router;

type Layer = HttpRouter['stack'][number];

const isHandledBy = (handler: HttpHandler, { route }: Layer): boolean =>
  route?.stack.some(({ handle }) => handle === handler) ?? false;

/** Whether a flow has a route of its own that is written out as what is asked for: an `http in` below a receiver's path. */
const isRouteOfOthers = (app: HttpApp, asked: string, handler: HttpHandler): boolean =>
  routerOf(app)?.stack.some((layer) => {
    const { path, methods } = layer.route ?? {};
    if (typeof path !== 'string' || isHandledBy(handler, layer)) return false;
    return Object.keys(methods ?? {}).some((method) => placeOf(method, path.replace(/\/$/, '')) === asked);
  }) ?? false;

// Express has no way to take a route back: it is found by its handler.
function removeRoutes(app: HttpApp, handler: HttpHandler): void {
  const router = routerOf(app);
  if (router) router.stack = router.stack.filter((layer) => !isHandledBy(handler, layer));
}

/** On a TCP port of its own. Rejects with `PlaceTaken` when it can't be opened now: another program has it, say. */
export async function openPort(
  port: number,
  host: string | undefined,
  path: string,
  answer: Answerer,
  { method }: Taken = PUSHES,
): Promise<Endpoint> {
  const server = createServer((request, response) => {
    const end = ({ status, text, type = 'text/plain; charset=utf-8', hangsUp }: HttpAnswer): void => {
      const headers = { 'Content-Type': type, ...(hangsUp && { Connection: 'close' }) };
      response.writeHead(status, headers).end(text);
    };
    const place = tokenIn(request.url ?? '', path);
    if (request.method !== method || place === undefined) {
      request.resume();
      return end({ status: 404, text: 'Not found.' });
    }
    void answer(request, place.token).then(end);
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.headersTimeout = 10_000;
  server.requestTimeout = 20_000;
  await listening(server, port, host).catch(({ code = 'unknown' }: NodeJS.ErrnoException) => {
    throw new PlaceTaken('listen', `port ${port} can't be opened: ${code}`);
  });
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
