import https from 'node:https';
import net, { type NetConnectOpts, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** An https agent that makes the TCP connections below its TLS ones itself: Node resets none that it makes for TLS. */
export class ResettableAgent extends https.Agent {
  readonly #below = new WeakMap<Duplex, Socket>();

  override createConnection(...[options, callback]: Parameters<https.Agent['createConnection']>) {
    const socket = net.connect(options as NetConnectOpts);
    const connection = super.createConnection({ ...options, socket } as https.RequestOptions, callback);
    if (connection) this.#below.set(connection, socket);
    return connection;
  }

  /** The TCP connection below a TLS one of this agent. */
  below(connection: Duplex): Socket | undefined {
    return this.#below.get(connection);
  }
}
