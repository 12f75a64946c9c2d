import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type KnownPackage, known } from './known';

/** What node-red-dev asks, answered on this machine. */
export interface StandIn {
  /** `http://127.0.0.1:<port>`: a registry, and a proxy for what is asked elsewhere. */
  url: string;
  /** The hosts that were asked and couldn't be reached, so that the answer was made here. Without `forward`: all. */
  unreached: Set<string>;
  close(): Promise<void>;
}

const CATALOGUE = 'catalogue.nodered.org';
const PATIENCE_MS = 15_000;

/**
 * Answers in place of Node-RED's catalogue (where it knows no module) and of the npm registry (where it knows the
 * packages of our locks). With `forward` it asks those themselves first.
 */
export async function startStandIn(forward: boolean): Promise<StandIn> {
  const unreached = new Set<string>();
  const server = createServer((request, response) => void answer(request, response, forward, unreached));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, unreached, close: () => close(server) };
}

async function answer(request: IncomingMessage, response: ServerResponse, forward: boolean, unreached: Set<string>) {
  // As a proxy it is asked with the whole address, as a registry with the path alone.
  const url = new URL(request.url ?? '/', process.env.npm_config_registry ?? 'https://registry.npmjs.org');
  if (url.protocol === 'http:' && url.host !== request.headers.host) url.protocol = 'https:';
  let body = forward ? await ask(url) : undefined;
  if (body === undefined) {
    unreached.add(url.host);
    body = made(url);
  }
  response.writeHead(body === undefined ? 404 : 200, { 'Content-Type': 'application/json' });
  response.end(body ?? '{}');
}

async function ask(url: URL): Promise<string | undefined> {
  try {
    const answered = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return answered.ok ? await answered.text() : undefined;
  } catch {
    return undefined;
  }
}

function made(url: URL): string | undefined {
  if (url.host === CATALOGUE) return JSON.stringify({ modules: [] });
  const name = decodeURIComponent(url.pathname.slice(1));
  const versions: Record<string, KnownPackage> = known(name);
  const newest = Object.keys(versions).at(-1);
  return newest && JSON.stringify({ name, 'dist-tags': tagsOf(Object.keys(versions)), versions, time: {} });
}

/** The newest version, and the older ones as those that are still looked after. */
const tagsOf = (versions: string[]): Record<string, string> =>
  Object.fromEntries(
    versions.map((version, place) => [place === versions.length - 1 ? 'latest' : `v${place}-maintenance`, version]),
  );

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
