import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Gateway } from '../device/Gateway';
import { readBody } from '../http/readBody';
import { commands } from './commands';
import type { Simulator } from './simulator';
import { stateOf } from './state';

/**
 * The control API under /simulator/…, without a login: GET state, record, requests, judgements; POST incoming, port, fault,
 * faults/clear, push, pushFaults, answers, reboot, ussd, call, operator. Bodies and answers are JSON; a mistake is answered 400 `{error}`.
 */
export async function handleControl(
  simulator: Simulator,
  gateway: Gateway,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const name = url.pathname.slice('/simulator/'.length);
  if (request.method === 'GET') {
    const views: Record<string, () => unknown> = {
      state: () => stateOf(simulator, gateway),
      record: () => simulator.submitted.map(acceptedSmsOf),
      requests: () => simulator.requests,
      judgements: () => simulator.operator.log,
    };
    const view = Object.hasOwn(views, name) ? views[name] : undefined;
    return view ? send(response, 200, view()) : send(response, 404, { error: `there is no ${url.pathname} to get` });
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command || request.method !== 'POST') return send(response, 404, { error: `there is no ${url.pathname}` });
  const body = await readBody(request);
  try {
    const given: unknown = JSON.parse(body || '{}');
    if (typeof given !== 'object' || given === null) throw new TypeError('the body is no JSON object');
    const result = command(simulator, given as Record<string, unknown>);
    send(response, 200, result ?? { ok: true });
  } catch (error) {
    send(response, 400, { error: error instanceof Error ? error.message : 'not understood' });
  }
}

/** An accepted SMS without what only the gateway needs. */
function acceptedSmsOf(sms: Simulator['submitted'][number]): Simulator['submitted'][number] {
  const { number, text, user_id, port, encoding, request_status_report, task_id, at, request } = sms;
  const { state, count, sentPort, ref_id } = sms;
  return {
    number,
    text,
    user_id,
    port,
    encoding,
    request_status_report,
    task_id,
    at,
    request,
    state,
    count,
    sentPort,
    ref_id,
  };
}

function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(value));
}
