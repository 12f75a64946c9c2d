import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { type Connections, isOpen } from './Connections';
import { KeptAnswer } from './KeptAnswer';
import type { WireAnswer } from './wire';

/** What axios takes as its `transport`. */
export interface Transport {
  request(options: http.RequestOptions, onAnswer: (answer: http.IncomingMessage) => void): http.ClientRequest;
}

// Some servers write more than the 16 KB that Node takes by itself.
const LONGEST_HEADERS = 64 * 1024;

/** One request on its connection: Node's own transport, and what was seen of it. */
export class ObservedTransport implements Transport {
  /**
   * Whether a byte of the request may have left: once the connection stands, for HTTPS once the handshake is done. What fails
   * before that was never seen by the gateway, so it may be sent again.
   */
  sent = false;
  /** The connection, where it had served another request before. */
  used: Socket | undefined;
  /** Whether a byte came back. */
  heard = false;
  #answer: KeptAnswer | undefined;
  #over: Promise<void> = Promise.resolve();

  constructor(
    private readonly connections: Connections,
    private readonly secure: boolean,
    private readonly isAllowed: () => boolean,
  ) {}

  request(options: http.RequestOptions, onAnswer: (answer: http.IncomingMessage) => void): http.ClientRequest {
    const request = (this.secure ? https : http).request({ ...options, maxHeaderSize: LONGEST_HEADERS }, (answer) => {
      this.#answer = new KeptAnswer(answer);
      onAnswer(answer);
      answer.once('end', () => {
        // A connection on which the request is still being written can't be used for another.
        if (!request.writableFinished) request.destroy();
      });
    });
    request.once('socket', (socket) => this.#goesOver(socket, request));
    this.#over = new Promise((resolve) => {
      request.once('close', resolve);
    });
    return request;
  }

  /** Resolves when the connection has been given back or ended. */
  over(): Promise<void> {
    return this.#over;
  }

  /** The answer as far as it came, where that is a whole one. */
  wholeAnswer(): WireAnswer | undefined {
    return this.#answer?.whole();
  }

  /** The answer's beginning, where it was longer than what is read of one. */
  beginning(): WireAnswer | undefined {
    return this.#answer?.beginning();
  }

  #goesOver(socket: Socket, request: http.ClientRequest): void {
    this.connections.takes(socket);
    this.used = request.reusedSocket ? socket : undefined;
    if (this.used && !isOpen(socket)) {
      // Its end has come, and nothing is written yet.
      request.destroy();
      return;
    }
    const hear = (): void => {
      this.heard = true;
    };
    socket.once('data', hear);
    request.once('close', () => socket.off('data', hear));
    if (this.used || isReady(socket)) this.#leaves(request);
    else socket.once(this.secure ? 'secureConnect' : 'connect', () => this.#leaves(request));
  }

  // Node writes the request after this.
  #leaves(request: http.ClientRequest): void {
    if (this.isAllowed()) this.sent = true;
    else request.destroy();
  }
}

function isReady(socket: Socket): boolean {
  if (socket.connecting) return false;
  return socket instanceof TLSSocket ? socket.getProtocol() !== null : true;
}
