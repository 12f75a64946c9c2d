import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { whenAborted } from '../concurrency';
import { type Connections, isOpen } from './Connections';
import { KeptAnswer } from './KeptAnswer';
import type { WireAnswer } from './wire';

/** A request as it leaves. */
export interface LeavingRequest {
  url: string;
  method: string;
  headers: http.OutgoingHttpHeaders;
  body: string | undefined;
  /** Whether to read an answer that breaks the rules of HTTP. */
  lenientHttp: boolean;
  /** Whether it changes something: given up, no copy of it may arrive any more. */
  changes: boolean;
  signal: AbortSignal;
}

// Some servers write more than the 16 KB that Node takes by itself.
const LONGEST_HEADERS = 64 * 1024;

/** One request on its connection, and what was seen of it. */
export class ObservedTransport {
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

  /** Sends the request and reads its answer. Rejects with Node's errors, or where the signal ends it. */
  exchange(leaving: LeavingRequest): Promise<WireAnswer> {
    const { url, method, headers, body, lenientHttp: insecureHTTPParser, changes, signal } = leaving;
    const { agent } = this.connections;
    return new Promise((resolve, reject) => {
      const options = { method, headers, agent, insecureHTTPParser, maxHeaderSize: LONGEST_HEADERS };
      const request = (this.secure ? https : http).request(url, options, (answer) => {
        this.#answer = new KeptAnswer(answer);
        // What the request fails by after this, in the middle of the answer, says more than how the answer ends.
        this.#answer.read().then(resolve, (error: Error) => {
          // What is too long needs its connection no more.
          request.destroy();
          reject(error);
        });
        answer.once('end', () => {
          // A connection on which the request is still being written can't be used for another.
          if (!request.writableFinished) request.destroy();
        });
      });
      request.once('socket', (socket) => this.#goesOver(socket, request));
      const takeBack = (): void => {
        if (changes && this.sent && request.socket) this.connections.reset(request.socket);
      };
      request.on('error', (error) => {
        // The other side may have ended its half alone, and take what is under way all the same.
        takeBack();
        reject(error);
      });
      request.end(body);
      const release = whenAborted(signal, () => {
        takeBack();
        request.destroy();
        reject(signal.reason);
      });
      this.#over = new Promise((over) => {
        request.once('close', () => {
          release();
          if (this.#answer === undefined) reject(new Error('ended without an answer'));
          over();
        });
      });
    });
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
