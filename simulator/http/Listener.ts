import * as http from 'node:http';
import * as https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

/** The gateway's HTTP(S) server on 127.0.0.1: it can stop listening, end every connection, and listen again. */
export class Listener {
  private readonly server: http.Server;
  private readonly sockets = new Set<Socket>();
  private readonly scheme: 'http' | 'https';
  private tcpPort: number;
  private wanted = true;

  constructor(
    options: { port: number; tls?: { key: string; cert: string } },
    handle: (request: http.IncomingMessage, response: http.ServerResponse) => void,
  ) {
    this.scheme = options.tls ? 'https' : 'http';
    this.server = options.tls ? https.createServer(options.tls, handle) : http.createServer(handle);
    this.tcpPort = options.port;
    // A connection cut by the client or by a fault is no news.
    this.server.on('clientError', (_, socket) => socket.destroy());
    this.server.on('tlsClientError', (_, socket) => socket.destroy());
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.sockets.delete(socket));
    });
    this.server.on('error', () => {});
    this.server.keepAliveTimeout = 60_000;
  }

  get url(): string {
    return `${this.scheme}://127.0.0.1:${this.tcpPort}`;
  }

  /** Starts to listen. @throws the system's error, e.g. EADDRINUSE */
  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(this.tcpPort, '127.0.0.1', () => {
        this.server.off('error', reject);
        this.tcpPort = (this.server.address() as AddressInfo).port;
        resolve();
      });
    });
  }

  /** Refuses connections from now on and ends those there are. */
  stop(): void {
    this.wanted = false;
    if (this.server.listening) this.server.close();
    this.dropAll();
  }

  /** Listens again on the same TCP port. */
  start(): void {
    this.wanted = true;
    void this.listenAgain();
  }

  async close(): Promise<void> {
    this.wanted = false;
    const closed = new Promise<void>((resolve) => {
      if (this.server.listening) this.server.close(() => resolve());
      else resolve();
    });
    this.dropAll();
    await closed;
  }

  private dropAll(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  private async listenAgain(): Promise<void> {
    while (this.wanted && !this.server.listening) {
      try {
        await this.listen();
      } catch {
        // Somebody else has the TCP port for a moment.
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
    if (!this.wanted && this.server.listening) this.server.close();
  }
}
