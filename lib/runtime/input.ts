import { type Ending, Ongoing } from '../concurrency';
import { GatewayError } from '../gateway-api';
import { StoreUnavailable } from '../store';
import { type CurrentNodes, currentNodes } from './CurrentNodes';
import { withFieldNamed } from './namedField';
import type { Done, Message, RedNode, Send } from './red';
import { statusOf } from './status';

/**
 * What a node does with a message. `send` goes through whichever object has the node's id by then; the `signal` aborts
 * when the node is removed or the flows stop.
 */
export type Work<Known = undefined> = (
  message: Message,
  send: Send,
  ending: Ending,
  known: Known | undefined,
) => Promise<void>;

/** When a node begins with a message. */
export interface Turns<Known> {
  /**
   * Calls `start` once, perhaps later, with what it has found out; neither throws. What waits until then is the message, and no
   * work yet: of a burst thousands do.
   */
  begin(message: Message, start: (known?: Known) => void): void;
}

export interface InputOptions<Known> {
  nodes?: CurrentNodes;
  /** By default it begins at once. */
  turns?: Turns<Known>;
}

const AT_ONCE: Turns<never> = { begin: (_message, start) => start() };

/**
 * Listens for a node's inputs. Each ends in exactly one `done()` or `done(error)`, whatever `work` does: a listener that
 * rejects would end the whole Node-RED. After a deploy the results of what was under way leave through the new object.
 */
export function onInput<Known = undefined>(
  node: RedNode,
  work: Work<Known>,
  { nodes = currentNodes, turns = AT_ONCE }: InputOptions<Known> = {},
): void {
  const ongoing = new Ongoing();
  nodes.add(node);
  const start = (message: Message, send: Send, done: Done, known?: Known): void => {
    const end = (error?: Error): void => {
      const current = nodes.get(node.id);
      try {
        if (error) current?.status(statusOf(error));
      } finally {
        if (error && nodes.isStopping()) tellInLog(error);
        else if (!current || current === node) done(error);
        else if (error) current.error(error, message);
      }
    };
    // Node-RED leaves an error to the Catch nodes, also when they are closed: nobody would hear of it.
    const tellInLog = (error: Error): void => {
      node.error(error);
      done();
    };
    const sendByCurrent: Send = (messages) => {
      const current = nodes.get(node.id);
      if (current === node) send(messages);
      else current?.send(messages);
    };
    ongoing
      .run(async (ending) => work(message, sendByCurrent, ending, known))
      .then(
        () => end(),
        (reason: unknown) => end(withFieldNamed(asError(reason), node)),
      )
      // What comes after the end, a status or Node-RED's own hooks, may throw as well.
      .catch((error: unknown) => node.warn(asError(error).message));
  };
  node.on('input', (message, send, done) => turns.begin(message, (known) => start(message, send, done, known)));
  node.on('close', (removed, closed) => {
    if (removed || nodes.isStopping()) {
      ongoing.abort();
      nodes.remove(node);
    }
    closed();
  });
}

/** For a node that has no input: what is wired to it by hand changes nothing. What it emits leaves through its current object. */
export const ignoreInputs = (node: RedNode): void => onInput(node, () => Promise.resolve());

/**
 * Anything thrown, as an error that a Catch node can read: with `code` and `cause` (contract). Of an error that isn't ours
 * only its text goes on, because what else it carries (a request's headers, say) is nobody's business.
 */
export function asError(reason: unknown): GatewayError {
  if (reason instanceof GatewayError) return reason;
  const code = reason instanceof StoreUnavailable ? 'STORE_UNAVAILABLE' : 'GATEWAY_ERROR';
  const error = new GatewayError(code, textOf(reason), 'unknown');
  if (reason instanceof Error && reason.stack !== undefined) error.stack = reason.stack;
  return error;
}

function textOf(reason: unknown): string {
  if (typeof reason === 'object' && reason !== null) {
    const { message } = reason as { message?: unknown };
    return typeof message === 'string' && message !== '' ? message : 'Something went wrong';
  }
  return String(reason);
}
