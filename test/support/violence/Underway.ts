import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

/** The two ends of a connection within this process, as far as both are known. */
interface Ends {
  client?: Socket;
  server?: Socket;
}

/** Bytes that are lost for good, because an end was reset, hold nobody up for longer than this, in ms of the real clock. */
const LONGEST_MS = 20_000;

/** Of each server's port its connections, by the client's port. */
const connections = new Map<number, Map<number, Ends>>();

function note(serverPort: number | undefined, clientPort: number | undefined, ends: Ends): void {
  if (serverPort === undefined || clientPort === undefined) return;
  const ofServer = connections.get(serverPort) ?? new Map<number, Ends>();
  connections.set(serverPort, ofServer);
  const known = ofServer.get(clientPort);
  // A port of a client is used again when its connection is over.
  const isOver = known !== undefined && [known.client, known.server].every((end) => end === undefined || end.destroyed);
  ofServer.set(clientPort, { ...(isOver ? {} : known), ...ends });
}

subscribe('net.client.socket', (message) => {
  const { socket: client } = message as { socket: Socket };
  client.once('connect', () => note(client.remotePort, client.localPort, { client }));
});
subscribe('net.server.socket', (message) => {
  const { socket: server } = message as { socket: Socket };
  note(server.localPort, server.remotePort, { server });
});

/** What is on its way between the two ends of connections of this process: it takes no turns of the event loop, but time of the system. */
export class Underway {
  private since: number | undefined;

  constructor(private readonly ports: readonly number[]) {}

  /** Whether a byte, or the end of a connection, has left one end and hasn't come to the other. */
  get isAny(): boolean {
    const is = this.ports.some((port) => hasAny(connections.get(port)));
    if (!is) this.since = undefined;
    else this.since ??= performance.now();
    return this.since !== undefined && performance.now() - this.since < LONGEST_MS;
  }

  /** Forgets the connections. */
  end(): void {
    for (const port of this.ports) connections.delete(port);
  }
}

function hasAny(ofServer: Map<number, Ends> | undefined): boolean {
  for (const [port, ends] of ofServer ?? []) {
    const { client, server } = ends;
    if (!client || !server) return true;
    if (client.destroyed && server.destroyed) ofServer?.delete(port);
    else if (isBetween(client, server) || isBetween(server, client)) return true;
  }
  return false;
}

function isBetween(from: Socket, to: Socket): boolean {
  if (to.destroyed) return false;
  if (from.destroyed || from.writableFinished) return !to.readableEnded;
  return from.bytesWritten !== to.bytesRead;
}
