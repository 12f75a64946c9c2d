import { GatewayError, invalidInput } from '../../gateway-api';
import type { GatewayNode } from '../gateways/GatewayNode';
import type { HttpApp, HttpHandler, HttpRequest, Red } from '../red';
import type { SharedRuntime } from '../SharedRuntime';
import { variableIn } from '../saved/variables';
import { answerFailure, answerJson } from './answerJson';

/** Below the editor's own address: two levels, so that no path of a push receiver and its token gets in the way. */
const PREFIX = '/dinstar/admin/';

/** Whoever may look; and whoever may do what sends, costs or changes something. */
export type Permission = 'dinstar.read' | 'dinstar.write';

export interface AdminRoute {
  method: 'get' | 'post';
  /** Without a leading slash, such as `gateways/:id/ports/:port`. */
  path: string;
  needs: Permission;
}

/** An admin request whose sender may make it. */
export interface AdminCall {
  params: Record<string, string>;
  /** The JSON object of a POST; empty for a GET. */
  body: Record<string, unknown>;
  request: HttpRequest;
  /** Aborts when the browser no longer waits for the answer. */
  signal: AbortSignal;
}

/** Resolves with what is answered as JSON, nothing as `{}`; rejects with what the answer tells (`AdminFailure`). */
export type AdminWork = (call: AdminCall) => Promise<unknown> | unknown;

const known = new WeakMap<HttpApp, Set<string>>();

/**
 * Opens a route of the editor's own API, once however often a node set is loaded. Who lacks the permission gets 401; a POST
 * must be JSON, which no page of another origin can make a browser send unasked.
 */
export function adminRoute(red: Red, { method, path, needs }: AdminRoute, work: AdminWork): void {
  const there = known.get(red.httpAdmin) ?? new Set<string>();
  known.set(red.httpAdmin, there);
  if (there.has(`${method} ${path}`)) return;
  there.add(`${method} ${path}`);
  red.httpAdmin[method](PREFIX + path, red.auth.needsPermission(needs), handlerOf(method, work));
}

/** The running gateway node that a route's `:id` names. Throws `NOT_CONFIGURED`, or `INVALID_INPUT` for a variable. */
export function gatewayOf(runtime: SharedRuntime, { params }: Pick<AdminCall, 'params'>): GatewayNode {
  const id = params.id ?? '';
  const node = runtime.gatewayNodes.meant(id);
  if (node) return node;
  const variable = variableIn(id);
  if (variable) throw invalidInput('gateway', `which one it is depends on the variable ${variable.name}`);
  throw new GatewayError('NOT_CONFIGURED', 'this gateway is not deployed or disabled', 'no', { field: 'id' });
}

const handlerOf =
  (method: AdminRoute['method'], work: AdminWork): HttpHandler =>
  (request, response) => {
    const { params } = request;
    const body = method === 'post' ? request.body : {};
    if (method === 'post' && !(isJson(request) && isObject(body))) {
      answerJson(response, 415, { code: 'NOT_JSON', message: 'the body must be a JSON object' });
      return;
    }
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const run = async (): Promise<unknown> =>
      work({ params, body: body as AdminCall['body'], request, signal: gone.signal });
    run().then(
      (answer) => answerJson(response, 200, answer ?? {}),
      (reason) => answerFailure(response, reason),
    );
  };

const isJson = ({ headers }: HttpRequest): boolean => /^application\/json\b/i.test(String(headers['content-type']));

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
