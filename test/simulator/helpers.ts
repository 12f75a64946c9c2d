import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator';

type Json = Record<string, unknown>;

const open: { close(): Promise<void> }[] = [];

/** Starts a quick gateway that closeAll() ends; without later keys, so that answers read as in the manual. */
export async function gateway(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator({ speed: 'fast', snInReplies: false, timezone: 'UTC', ...options });
  open.push(simulator);
  return simulator;
}

/** Closes what a test has opened: an afterEach. */
export async function closeAll(): Promise<void> {
  await Promise.all(open.splice(0).map((one) => one.close()));
}

export async function get(simulator: Simulator, path: string): Promise<Json> {
  return (await (await fetch(simulator.url + path)).json()) as Json;
}

export async function post(simulator: Simulator, path: string, body: unknown): Promise<Json> {
  const answer = await fetch(simulator.url + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return (await answer.json()) as Json;
}

/** Sends one SMS; answers the gateway's reply. */
export const sendSms = (simulator: Simulator, number: string, more: Json = {}, user_id?: number): Promise<Json> =>
  post(simulator, '/api/send_sms', {
    text: 'Hello',
    ...more,
    param: [{ number, ...(user_id === undefined ? {} : { user_id }) }],
  });

/** A web server that keeps every JSON body POSTed to it. */
export async function receiver(): Promise<{ url: string; bodies: string[]; events: () => Json[] }> {
  const bodies: string[] = [];
  const server = http.createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      bodies.push(body);
      response.end('OK');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/push`, bodies, events: () => bodies.map((body) => JSON.parse(body) as Json) };
}
