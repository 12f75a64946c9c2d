import { GatewayError } from '../gateway-api';
import type { Message, RedNode, Send } from './red';
import { statusOf } from './status';

export type Work = (message: Message, send: Send) => Promise<void>;

/**
 * Listens for a node's inputs. Each ends in exactly one `done()` or `done(error)`, whatever `work` does: a listener that
 * rejects would end the whole Node-RED.
 */
export function onInput(node: RedNode, work: Work): void {
  node.on('input', (message, send, done) => {
    let ended = false;
    const end = (error?: Error): void => {
      if (ended) return;
      ended = true;
      done(error);
    };
    const failed = (reason: unknown): void => {
      const error = asError(reason);
      node.status(statusOf(error));
      end(error);
    };
    try {
      work(message, send).then(() => end(), failed);
    } catch (error) {
      failed(error);
    }
  });
}

/** Anything thrown, as an error that a Catch node can read: with `code` and `cause` (contract). */
export function asError(reason: unknown): Error {
  if (reason instanceof GatewayError) return reason;
  const error = reason instanceof Error ? reason : new Error(String(reason));
  return Object.assign(error, { code: 'GATEWAY_ERROR', cause: { retryable: true } });
}
