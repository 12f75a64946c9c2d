import type { GatewayClient, GatewayClientOptions } from '../../lib/gateway-api';
import { gatewayThat } from '../lib/gateway-api/helpers';

/** A request, its query or its body parsed. */
export interface Asked {
  method: string;
  path: string;
  query: Record<string, string>;
  /** The JSON of a POST, and what type its header says it has. */
  body?: unknown;
  type?: string;
}

/**
 * What `call` puts on the wire to a gateway that answers `answer`, the manual's text, and what it reads of that. The gateway's
 * clock runs in UTC.
 */
export async function example<T>(
  answer: string,
  call: (client: GatewayClient) => Promise<T>,
  options: Partial<GatewayClientOptions> = {},
): Promise<{ asked: Asked; reply: T }> {
  const { client, server } = await gatewayThat(() => ({ text: answer }), options);
  const reply = await call(client);
  const [seen, ...more] = server.seen;
  if (seen === undefined || more.length > 0) throw new Error(`the call made ${server.seen.length} requests`);
  const asked = { ...target(seen.method, seen.url), ...content(seen.body, seen.headers['content-type']) };
  return { asked, reply };
}

/** The request that one of the manual's cURL lines makes, its wraps joined, or an address alone: that is a GET. */
export function documented(printed: string): Asked {
  const address = /http:\/\/gateway_ip(\S+)$/.exec(printed)?.[1];
  if (address === undefined) throw new Error(`there is no address in ${printed}`);
  const body = /-d '([^']*)'/.exec(printed)?.[1];
  const type = /-H "Content-Type: ([^"]*)"/.exec(printed)?.[1];
  return { ...target(body === undefined ? 'GET' : 'POST', address), ...content(body, type) };
}

function target(method: string, address: string): Pick<Asked, 'method' | 'path' | 'query'> {
  const { pathname, searchParams } = new URL(address, 'http://gateway_ip');
  return { method, path: pathname, query: Object.fromEntries(searchParams) };
}

function content(body: string | undefined, type: string | undefined): Pick<Asked, 'body' | 'type'> {
  return body === undefined || body === '' ? {} : { body: JSON.parse(body), type };
}
