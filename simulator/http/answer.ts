import type { Gateway } from '../device/Gateway';
import { untidyJson } from '../device/untidy';
import { readParams } from '../endpoints/Params';
import { Refusal } from '../endpoints/Refusal';
import type { Reply } from '../endpoints/route';
import { routes } from '../endpoints/routes';
import { errorPage } from './html';

/** An HTTP answer, ready to be written. */
export interface Answer {
  readonly status: number;
  readonly message: string;
  readonly type: string;
  readonly body: string;
}

/** A request to the API, read from the wire. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

/** Does what a request asks for. An unknown path is a page with status 404, a wrong method one with 405. */
export function answerRequest(gateway: Gateway, request: ApiRequest): Answer {
  const route = routes.get(request.path);
  if (!route) return page(404, 'Not Found', `Cannot open URL ${request.path.replace(/[<>&]/g, '')}`);
  if (!route.methods.some((method) => method === request.method)) {
    return page(405, 'Method Not Allowed', 'The method is not supported');
  }
  try {
    return replied(gateway, route.answer(gateway, readParams(request.query, request.body)));
  } catch (error) {
    if (error instanceof Refusal) return refused(gateway, error.error_code);
    throw error;
  }
}

/** An answer with nothing but an error_code. */
export function refused(gateway: Gateway, error_code: number): Answer {
  return replied(gateway, { error_code });
}

export function page(status: number, message: string, text: string): Answer {
  return { status, message, type: 'text/html', body: errorPage(message, text) };
}

/**
 * The HTTP status is no outcome: it is 200 whatever the error_code (field notes). An untidy gateway mirrors the
 * error_code in the HTTP status and calls its JSON text/html.
 */
function replied(gateway: Gateway, reply: Reply): Answer {
  const { snInReplies, sn, untidy } = gateway.world.settings;
  const full = snInReplies ? { ...reply, sn } : reply;
  const code = typeof reply.error_code === 'number' ? reply.error_code : 200;
  return {
    status: untidy ? code : 200,
    message: 'Data follows',
    type: untidy ? 'text/html' : 'application/json',
    body: untidy ? untidyJson(full) : JSON.stringify(full),
  };
}
