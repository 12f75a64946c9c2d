import type { IncomingMessage, ServerResponse } from 'node:http';

/** Names by which a browser on this machine reaches it; a name of somebody's domain may be turned to 127.0.0.1 at any time. */
const OWN_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]']);

interface Refusal {
  status: 403 | 415;
  error: string;
}

/**
 * Why the simulator doesn't listen to a request; undefined when it does. A web page of anywhere can send requests to
 * this machine: only what names this machine as `Host`, and as `Origin` where there is one, is taken, and by
 * the control API only JSON, which no page may send elsewhere without asking first.
 */
export function refusalOf(request: IncomingMessage, isControl: boolean): Refusal | undefined {
  const { host = '', origin, 'content-type': type = '' } = request.headers;
  if (!OWN_HOSTS.has(hostOf(`http://${host}`)))
    return { status: 403, error: 'Host must be this machine: 127.0.0.1 or localhost' };
  if (origin !== undefined && !isOwnOrigin(origin, host)) {
    return { status: 403, error: 'Origin must be the page of this simulated gateway' };
  }
  if (isControl && request.method === 'POST' && type.split(';')[0]?.trim().toLowerCase() !== 'application/json') {
    return { status: 415, error: 'Content-Type must be application/json' };
  }
  return undefined;
}

export function refuse(response: ServerResponse, { status, error }: Refusal): void {
  response
    .writeHead(status, { 'Content-Type': 'application/json', Connection: 'close' })
    .end(JSON.stringify({ error }));
}

// The same server by the same name: another program's page on this machine is another origin.
const isOwnOrigin = (origin: string, host: string): boolean =>
  URL.canParse(origin) && new URL(origin).host === new URL(`http://${host}`).host;

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).hostname : '');

/** Whether an address is on this machine: the only place where the page and the control API may send pushes to. */
export function isOnThisMachine(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return /^https?:$/.test(protocol) && (OWN_HOSTS.has(hostname) || /^127\.\d+\.\d+\.\d+$/.test(hostname));
}
