import diagnostics from 'node:diagnostics_channel';
import type http from 'node:http';
import { setTimeout as after } from 'node:timers/promises';
import { GatewayClient } from '../../../lib/gateway-api';
import type { Simulator } from '../../../simulator';

/** How calls come: so many clients, each with calls one after the other, each after a pause. */
export interface Load {
  clients: number;
  calls: number;
  /** Milliseconds before the next call. */
  pause: () => number;
}

/** What came of it. */
export interface LoadFound {
  calls: number;
  /** Requests that were put on the wire. */
  requests: number;
  /** Connections that they went over. */
  connections: number;
  /** How many calls ended in which error. */
  errors: Record<string, number>;
  sms: number;
  /** SMS that the gateway has more than once, or not at all though it answered. */
  twice: number;
  missing: number;
}

/** Ms: a machine that is busy with other things answers late, what is lost never comes. */
const PATIENCE = 60_000;

let next = 0;

/** Has clients of `url`, behind which `simulator` is, send SMS and read in turn. */
export async function loadOn(url: string, simulator: Simulator, load: Load): Promise<LoadFound> {
  const { port, hostname } = new URL(url);
  const sockets = new Set<unknown>();
  let requests = 0;
  const count = (message: unknown): void => {
    const { request } = message as { request: http.ClientRequest };
    if (request.getHeader('host') !== `${hostname}:${port}`) return;
    requests++;
    request.once('response', () => sockets.add(request.socket));
  };
  diagnostics.subscribe('http.client.request.start', count);
  const errors: Record<string, number> = {};
  const accepted: string[] = [];
  const asked: string[] = [];
  const one = async (): Promise<void> => {
    const client = new GatewayClient({ url, timezone: 'UTC', timeout: PATIENCE });
    for (let call = 0; call < load.calls; call++) {
      await after(load.pause());
      const number = String(49_000_000_000 + next++);
      const isSms = Math.random() < 0.5;
      if (isSms) asked.push(number);
      const end = isSms
        ? client.sendSms({ text: 'load', param: [{ number }] }).then(() => accepted.push(number))
        : client.getPortInfo({ info_type: ['reg'] });
      await end.catch((error) => {
        errors[error.code] = (errors[error.code] ?? 0) + 1;
      });
    }
    client.close();
  };
  await Promise.all(Array.from({ length: load.clients }, one));
  diagnostics.unsubscribe('http.client.request.start', count);
  const times = new Map<string, number>();
  for (const { number } of simulator.submitted) times.set(number, (times.get(number) ?? 0) + 1);
  return {
    calls: load.clients * load.calls,
    requests,
    connections: sockets.size,
    errors,
    sms: asked.length,
    twice: asked.filter((number) => (times.get(number) ?? 0) > 1).length,
    missing: accepted.filter((number) => !times.has(number)).length,
  };
}
