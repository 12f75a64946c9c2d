import http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

/** A request as it came over the wire. */
export interface SeenRequest {
  method: string;
  /** Path and query, exactly as in the request line. */
  url: string;
  headers: http.IncomingHttpHeaders;
  body: string;
  /** Which connection it came by, counted from 1. */
  connection: number;
}

/** What a server of the tests answers: an object is sent as JSON with status 200. */
export type WireAnswer =
  | { status?: number; message?: string; headers?: http.OutgoingHttpHeaders; text: string }
  | { json: unknown; status?: number };

/** Answers a request; undefined leaves it to `response`, which then has to be used (or not, for a gateway that hangs). */
export type Behaviour = (
  request: SeenRequest,
  response: http.ServerResponse,
) => WireAnswer | undefined | Promise<WireAnswer | undefined>;

/** A small HTTP server whose every answer the test writes down. It knows nothing of gateways. */
export interface WireServer {
  url: string;
  seen: SeenRequest[];
  close(): Promise<void>;
}

export interface WireServerOptions {
  tls?: https.ServerOptions;
  /** Milliseconds after which an idle connection is dropped; default: never. */
  keepAliveTimeout?: number;
}

/** Starts a server on a free port of 127.0.0.1. */
export async function startWireServer(behave: Behaviour, options: WireServerOptions = {}): Promise<WireServer> {
  const seen: SeenRequest[] = [];
  const sockets = new Map<Socket, number>();
  const answer = async (request: http.IncomingMessage, response: http.ServerResponse): Promise<void> => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { method = '', url = '', headers } = request;
    const body = Buffer.concat(parts).toString();
    const record = { method, url, headers, body, connection: sockets.get(request.socket) ?? 0 };
    seen.push(record);
    const wanted = await behave(record, response);
    if (wanted !== undefined) send(response, wanted);
  };
  const listener: http.RequestListener = (request, response) => {
    answer(request, response).catch(() => request.socket.destroy());
  };
  const server = options.tls === undefined ? http.createServer(listener) : https.createServer(options.tls, listener);
  server.keepAliveTimeout = options.keepAliveTimeout ?? 0;
  server.on(options.tls === undefined ? 'connection' : 'secureConnection', (socket: Socket) => {
    sockets.set(socket, sockets.size + 1);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${options.tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: http.ServerResponse, wanted: WireAnswer): void {
  if ('json' in wanted) {
    response.writeHead(wanted.status ?? 200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(wanted.json));
    return;
  }
  response.writeHead(wanted.status ?? 200, wanted.message, wanted.headers);
  response.end(wanted.text);
}
