import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** What axios takes as its `transport`. */
export interface Transport {
  request(options: http.RequestOptions, onAnswer: (answer: http.IncomingMessage) => void): http.ClientRequest;
}

/**
 * Node's own transport, which calls `onSent` as soon as a byte of the request may have left: once the connection stands, for
 * HTTPS once the handshake is done. What fails before that was never seen by the gateway, so it may be sent again.
 */
export function watchedTransport(secure: boolean, onSent: () => void): Transport {
  return {
    request(options, onAnswer) {
      const request = (secure ? https : http).request(options, onAnswer);
      request.once('socket', (socket) => {
        if (request.reusedSocket || isReady(socket)) onSent();
        else socket.once(secure ? 'secureConnect' : 'connect', onSent);
      });
      return request;
    },
  };
}

function isReady(socket: Socket): boolean {
  if (socket.connecting) return false;
  return socket instanceof TLSSocket ? socket.getProtocol() !== null : true;
}
